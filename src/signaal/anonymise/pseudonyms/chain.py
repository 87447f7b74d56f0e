"""The project's keys as text: a line of 64 hex digits for each, the oldest first."""

import re
import secrets
from collections.abc import Sequence

from signaal.anonymise.pseudonyms.keys import KEY_BYTES, Keys
from signaal.schemas.errors import ConfigurationError

Chain = tuple[bytes, ...]
"""The first key of a project and those of its rotations, oldest first."""

_HEX_KEY = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")
_BETWEEN = re.compile(r"[\s,]+")


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def read_chain(text: str, where: str) -> Chain:
    """The keys in a text, with line ends or commas between them.

    Raises:
        ConfigurationError: it holds none, or something else; ``where`` says in what it stood.
    """
    found = [part for part in _BETWEEN.split(text) if part]
    if not found or not all(map(_HEX_KEY.fullmatch, found)):
        raise ConfigurationError(f"{where} does not hold keys of {2 * KEY_BYTES} hex digits: restore it")
    return tuple(map(bytes.fromhex, found))


def write_chain(chain: Sequence[bytes]) -> str:
    """The text of these keys."""
    return "".join(f"{key.hex()}\n" for key in chain)


def keys_of(chain: Chain) -> Keys:
    """What makes stand-ins with these keys."""
    return Keys(*chain)
