"""The project's key, and the stand-ins that are made with it.

A pseudonym is HMAC-SHA-256 (RFC 2104, FIPS 198-1) of a normalised value under the project's key: the
same person gets the same one in every text and table of a project, another one in another project,
and without the key there is no way back.
"""

import hashlib
import hmac
import os
import re
import secrets
import stat
import unicodedata
from pathlib import Path

from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

KEY_BYTES = 32
# No digits, so that no pseudonym looks like a postcode or a number; no vowels, so that none is a word.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
PSEUDONYM_LETTERS = 12  # 51 bits: among a million people two collide with a chance of one in 8,000
_HEX_KEY = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")


class Keys:
    """Everything that is made with the project's key; the key itself does not leave this object."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ConfigurationError(f"the project key is not {KEY_BYTES} bytes: restore project.key")
        self._secret = secret

    def keyed(self, purpose: str, data: bytes) -> str:
        """64 hex digits of data under this key; another purpose gives unlinkable digits."""
        return hmac.new(self._secret, purpose.encode() + b"\0" + data, hashlib.sha256).hexdigest()

    @property
    def key_id(self) -> str:
        """Eight hex digits that name this key without giving it away."""
        return self.keyed("key-id", b"")[:8]

    def pseudonym(self, entity: Entity, value: str) -> str:
        """Twelve consonants that stand for a value, however it is written (``normalise``)."""
        number = int(self.keyed(f"pseudonym:{entity}", normalise(entity, value).encode()), 16)
        places = [number // len(ALPHABET) ** place for place in range(PSEUDONYM_LETTERS)]
        return "".join(ALPHABET[place % len(ALPHABET)] for place in places)


def normalise(entity: Entity, value: str) -> str:
    """One spelling for the ways in which one value is written.

    Names lose case, diacritics, stops and extra blanks, and "Vries, Jan de" becomes "jan de vries";
    every other value loses case and whatever is no letter or digit.
    """
    plain = unicodedata.normalize("NFKD", value).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if entity is not Entity.PERSON:
        return re.sub(r"[\W_]+", "", plain)
    last, comma, first = plain.partition(",")
    name = f"{first} {last}" if comma and first.strip() else last
    return re.sub(r"[\W_]+", " ", name).strip()


def create_key(path: Path) -> None:
    """Writes a new random key, readable by its owner alone.

    Raises:
        ConfigurationError: there is a key already; one that is lost can never be made again.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigurationError(f"{path.name} exists already and is not overwritten") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_keys(settings: Settings) -> Keys:
    """The project's keys, from the environment's ``SIGNAAL_KEY`` or the key file.

    Raises:
        ConfigurationError: no key, one that others on this machine can read, or one that is no key.
    """
    if settings.key is not None:
        return _keys(settings.key.get_secret_value(), "SIGNAAL_KEY")
    path = settings.path(settings.key_file)
    try:
        open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(
            f"no readable key in {path}: run `signaal init` for a new workspace, or restore the key"
        ) from None
    if open_to_others and os.name == "posix":
        raise ConfigurationError(f"{path} can be read by others: run `chmod 600 {path}`")
    return _keys(text, path.name)


def _keys(text: str, where: str) -> Keys:
    if not _HEX_KEY.fullmatch(text.strip()):
        raise ConfigurationError(f"{where} does not hold a key of {2 * KEY_BYTES} hex digits: restore it")
    return Keys(bytes.fromhex(text.strip()))
