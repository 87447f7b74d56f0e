"""Everything that is made with a project's key, and what a rotation makes of it.

The store holds no raw values, so that a new key can only be laid over what the earlier ones made:
a stand-in under the keys one and two is HMAC(two, HMAC(one, value)), cut to its length after each
step. Whoever has key one and not key two cannot follow anybody from before the rotation to after it.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import NoReturn

from signaal.anonymise.pseudonyms.normalise import normalise
from signaal.schemas.batch import KeyedHash
from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError

KEY_BYTES = 32
# No digits, so that no pseudonym looks like a postcode or a number; no vowels, so that none is a word.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
PSEUDONYM_LETTERS = 12  # 51 bits: among a million people two collide with a chance of one in 8,000
KEY_ID_DIGITS = 8
REMEMBERED = 20_000


class Secret:
    """One key of 32 bytes, ready to hash with; the key cannot be read from it again.

    Raises:
        ConfigurationError: the key has another length.
    """

    __slots__ = ("_start",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ConfigurationError(f"the project key is not {KEY_BYTES} bytes: restore project.key")
        self._start = hmac.new(key, digestmod=hashlib.sha256)

    def hashed(self, purpose: str, data: bytes) -> str:
        """HMAC-SHA-256 (RFC 2104, FIPS 198-1) of the purpose and the data: 64 hex digits."""
        started = self._start.copy()
        started.update(purpose.encode() + b"\0" + data)
        return started.hexdigest()

    def __repr__(self) -> str:
        return "Secret()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key stays in its process")


class Rotation:
    """What a new key makes of stand-ins that are there already, without what they stand for.

    Args:
        key: the new key.
    """

    __slots__ = ("_secret",)

    def __init__(self, key: bytes) -> None:
        self._secret = Secret(key)

    def digits(self, stand_in: str) -> str:
        """As many hex digits, for an id."""
        return self._secret.hashed(f"rotate:digits:{len(stand_in)}", stand_in.encode())[: len(stand_in)]

    def letters(self, stand_in: str) -> str:
        """Twelve other consonants, for those of a pseudonym."""
        return consonants(self._secret.hashed("rotate:letters", stand_in.encode()))

    def __repr__(self) -> str:
        return "Rotation()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key stays in its process")


class Keys:
    """Makes stand-ins with the project's key; the key itself does not leave this object.

    Args:
        first: the project's first key.
        later: those of later rotations, oldest first.
    """

    def __init__(self, first: bytes, *later: bytes) -> None:
        self._secret = Secret(first)
        self._rotations = tuple(Rotation(key) for key in later)
        self._origins: dict[str, str] = {}
        self.key_id = _key_id((first, *later))
        self._remembered = lru_cache(REMEMBERED)(self._pseudonym)

    def keyed(self, purpose: str, data: bytes) -> str:
        """64 hex digits of data under the first key, whatever keys came later.

        For choices that are no stand-ins: invented names, shifts of dates. Another purpose gives
        unlinkable digits.
        """
        return self._secret.hashed(purpose, data)

    def short(self, purpose: str, data: bytes, digits: int) -> str:
        """An id of so many hex digits, at most 64. What it is made from may be no id itself: ``origin``."""
        first = self.keyed(purpose, data)[:digits]
        if not self._rotations:
            return first
        made = first
        for rotation in self._rotations:
            made = rotation.digits(made)
        self._origins[made] = first
        return made

    def hash_of(self, digits: int) -> KeyedHash:
        """``short`` with so many digits, for the stages that know keyed hashes and no keys."""
        return lambda purpose, data: self.short(purpose, data, digits)

    def origin(self, made: str, otherwise: str | None = None) -> str:
        """The id under the first key, for an id or a choice that is made from another id.

        A rotation changes every id for itself, and knows nothing of what it was made from. So an id
        of a text, say, is made from what the id of its record was under the first key.

        Args:
            made: the id.
            otherwise: what comes back where this object did not make it.

        Raises:
            KeyError: it did not, and ``otherwise`` is not given.
        """
        if not self._rotations:
            return made
        return self._origins[made] if otherwise is None else self._origins.get(made, otherwise)

    def pseudonym(self, entity: Entity, value: str) -> str:
        """Twelve consonants that stand for a value, however it is written (``normalise``)."""
        return self._remembered(entity, value)

    def _pseudonym(self, entity: Entity, value: str) -> str:
        plain = normalise(entity, value).encode("utf-8", "surrogatepass")
        made = consonants(self.keyed(f"pseudonym:{entity}", plain))
        for rotation in self._rotations:
            made = rotation.letters(made)
        return made

    def __repr__(self) -> str:
        return f"Keys({self.key_id})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys stay in their process")


def consonants(digest: str) -> str:
    """Twelve consonants for the hex digits of a hash."""
    number = int(digest, 16)
    places = [number // len(ALPHABET) ** place for place in range(PSEUDONYM_LETTERS)]
    return "".join(ALPHABET[place % len(ALPHABET)] for place in places)


def _key_id(chain: tuple[bytes, ...]) -> str:
    """Eight hex digits that name the keys, and their order, without giving them away."""
    made = ""
    for key in chain:
        made = Secret(key).hashed("key-id", made.encode())[:KEY_ID_DIGITS]
    return made
