"""The project's keys, and the stand-ins that are made with them.

A pseudonym is HMAC-SHA-256 (RFC 2104, FIPS 198-1) of a normalised value under the project's key: the
same person gets the same one in every text and table of a project, another one in another project,
and without the key there is no way back.
"""

from signaal.anonymise.pseudonyms.key_file import create_key, key_path, read_keys
from signaal.anonymise.pseudonyms.keys import ALPHABET, KEY_BYTES, PSEUDONYM_LETTERS, Keys, Rotation
from signaal.anonymise.pseudonyms.normalise import normalise

__all__ = [
    "ALPHABET",
    "KEY_BYTES",
    "PSEUDONYM_LETTERS",
    "Keys",
    "Rotation",
    "create_key",
    "key_path",
    "normalise",
    "read_keys",
]
