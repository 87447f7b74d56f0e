"""Numbers, addresses and names of accounts: an index of how they may be written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from signaal.anonymise.text.batch_names.tokens import Tokens, tokens_of
from signaal.anonymise.text.people.known import Known

HEAD = 6
SHORTEST = 4
"""Letters and digits of a value that is searched for."""
_LOOSE = re.compile(r"[ \t./\\\-–—_()\[\]@:+,]{0,4}")
_TIGHT = re.compile(r"[._-]?")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_SPOKEN = 40


class Between(Enum):
    """What may stand between the letters and digits of a value."""

    EXACT = "what the column has there"
    TIGHT = "one of . _ - or nothing"
    LOOSE = "a few of them, or blanks"
    SPOKEN = "signs in words"


@dataclass(frozen=True, slots=True, repr=False)
class Writing:
    """One way in which a value is written.

    ``written``: in small letters, where that must be exact; ``signed``: only behind an @; ``amount``:
    short digits, which are no value within a longer number ("1.234.567").
    """

    known: Known
    between: Between = Between.LOOSE
    written: str = ""
    signed: bool = False
    amount: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Match:
    """Tokens ``first`` up to ``end`` of a text, which are a value."""

    first: int
    end: int
    writing: Writing


class Writings:
    """Values by their letters and digits, looked up from every token of a text on.

    The first ``HEAD`` of these say how long the values are that begin so: a text costs a look-up or
    three a token, however many values there are.

    Args:
        spoken: words that may stand between the parts of a ``SPOKEN`` value.
    """

    def __init__(self, spoken: frozenset[str] = frozenset()) -> None:
        self._spoken = spoken
        self._values: dict[str, tuple[Writing, ...]] = {}
        self._sizes: dict[str, tuple[int, ...]] = {}
        self._beginnings: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._values)

    def add(self, key: str, writing: Writing) -> None:
        """Takes in a value under its letters and digits; of two that are written alike the first stays."""
        others = self._values.get(key, ())
        if len(key) < SHORTEST or any(_alike(writing, other) for other in others):
            return
        self._values[key] = (*others, writing)
        sizes = {*self._sizes.get(key[:HEAD], ()), len(key)}
        self._beginnings.add(key[:SHORTEST])
        self._sizes[key[:HEAD]] = tuple(sorted(sizes, reverse=True))

    def find(self, tokens: Tokens) -> Iterator[Match]:
        """Every place where a value stands, in order and without overlap; of several the longest."""
        at = 0
        while at < len(tokens.folded):
            match = self.at(tokens, at, tokens.starts[at])
            if match:
                yield match
            at = match.end if match else at + 1

    def at(self, tokens: Tokens, first: int, start: int) -> Match | None:
        """The longest value from a place in the joined tokens on, which lies in the token ``first``."""
        if tokens.joined[start : start + SHORTEST] not in self._beginnings:
            return None
        for head in range(HEAD, SHORTEST - 1, -1):
            for size in self._sizes.get(tokens.joined[start : start + head], ()):
                end = tokens.ending_at(start + size)
                writings = self._values.get(tokens.joined[start : start + size], ()) if end else ()
                for writing in writings:
                    if end and self._may_stand(tokens, first, end, writing):
                        return Match(first, end, writing)
        return None

    def _may_stand(self, tokens: Tokens, first: int, end: int, writing: Writing) -> bool:
        start, last = tokens.places[first][0], tokens.places[end - 1][1]
        if writing.signed and tokens.text[start - 1 : start] != "@":
            return False
        if writing.amount and _is_within_number(tokens.text, start, last):
            return False
        if writing.between is Between.EXACT:
            return tokens.written(first, end) == writing.written
        gaps = tokens.gaps(first, end)
        if writing.between is Between.SPOKEN:
            return all(self._is_spoken(gap) for gap in gaps)
        pattern = _TIGHT if writing.between is Between.TIGHT else _LOOSE
        return all(pattern.fullmatch(gap) for gap in gaps)

    def _is_spoken(self, gap: str) -> bool:
        if len(gap) > _LONGEST_SPOKEN or "\n" in gap:
            return False
        return self._spoken.issuperset(_LETTERS.findall(gap.casefold()))


def exact(known: Known, value: str, *, amount: bool = False) -> tuple[str, Writing]:
    """A value that counts only as it is written, case and diacritics apart; with its letters and digits."""
    tokens = tokens_of(value)
    written = tokens.written(0, len(tokens.folded))
    return tokens.joined, Writing(known, Between.EXACT, written, amount=amount)


def _alike(one: Writing, other: Writing) -> bool:
    return (one.between, one.written, one.signed) == (other.between, other.written, other.signed)


def _is_within_number(text: str, start: int, end: int) -> bool:
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    return bool(re.fullmatch(r"\d[.,]|.?\d", before) or re.match(r"[.,]?\d", behind))
