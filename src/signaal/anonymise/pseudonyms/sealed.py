"""A copy of the project's keys for a second holder, closed with a passphrase.

The passphrase becomes a key by scrypt (RFC 7914, with what OWASP's Password Storage Cheat Sheet advises),
and that closes the project's keys with AES-256-GCM (NIST SP 800-38D), which also tells if a bit changed.
"""

import os
import unicodedata
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import ValidationError

from signaal.anonymise.pseudonyms.chain import Chain, keys_of, read_chain, write_chain
from signaal.schemas.column import Frozen
from signaal.schemas.errors import ConfigurationError

SHORTEST_PASSPHRASE = 12
LARGEST_COPY = 1_000_000
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32
_COST, _BLOCK, _LANES = 2**17, 8, 1  # 128 MB of memory a guess


class SealedCopy(Frozen):
    """What is in the file: all but ``sealed`` may be read by anybody, and none of it may be changed."""

    signaal_key: Literal[1]
    key_id: str
    salt: str
    nonce: str
    sealed: str


def check_passphrase(passphrase: str) -> None:
    """Refuses a passphrase that can be guessed.

    Raises:
        ConfigurationError: it has fewer than twelve characters, or hardly any different ones.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE or len(set(passphrase)) < SHORTEST_PASSPHRASE // 3:
        raise ConfigurationError(
            f"the passphrase is too easy to guess: take {SHORTEST_PASSPHRASE} characters or more, such as "
            "five words"
        )


def seal(chain: Chain, passphrase: str) -> str:
    """The text of a copy that only the passphrase opens.

    Raises:
        ConfigurationError: the passphrase can be guessed.
    """
    check_passphrase(passphrase)
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    key_id = keys_of(chain).key_id
    closed = _cipher(passphrase, salt).encrypt(nonce, write_chain(chain).encode(), _beside(key_id))
    copy = SealedCopy(signaal_key=1, key_id=key_id, salt=salt.hex(), nonce=nonce.hex(), sealed=closed.hex())
    return copy.model_dump_json(indent=2) + "\n"


def unseal(path: Path, passphrase: str) -> Chain:
    """The keys in a copy.

    Raises:
        ConfigurationError: the file is no copy or cannot be read, the passphrase is wrong, or the file
            was changed.
    """
    copy = _copy_in(path)
    chain = None
    if copy is not None:
        try:
            salt, nonce, closed = (bytes.fromhex(part) for part in (copy.salt, copy.nonce, copy.sealed))
            text = _cipher(passphrase, salt).decrypt(nonce, closed, _beside(copy.key_id))
            chain = read_chain(text.decode("ascii"), "the copy")
        except (InvalidTag, ValueError):
            chain = None
    if copy is None:
        raise ConfigurationError("the file is no copy of a key: give one that `signaal key export` made")
    if chain is None:
        raise ConfigurationError(
            "the passphrase is wrong, or the copy was changed: try again, or take another copy"
        )
    return chain


def _copy_in(path: Path) -> SealedCopy | None:
    try:
        with path.open("rb") as file:
            return SealedCopy.model_validate_json(file.read(LARGEST_COPY))
    except (OSError, ValidationError):
        return None


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    derive = Scrypt(salt=salt, length=_KEY_BYTES, n=_COST, r=_BLOCK, p=_LANES)
    return AESGCM(derive.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")))


def _beside(key_id: str) -> bytes:
    """What stands readable in the file and is guarded with the rest."""
    return f"signaal key 1 {key_id}".encode()
