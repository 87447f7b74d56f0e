"""Where something with digits may begin, so that patterns for it are tried nowhere else."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from time import monotonic

import regex

SECONDS_A_PATTERN = 10
LETTERS_START = r"(?<![A-Za-z])[A-Za-z]"
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=16)
def starts(text: str, reach: int, start: str = LETTERS_START) -> tuple[int, ...]:
    """Where digits start, and where ``start`` matches at most ``reach`` characters before them; in order."""
    found: set[int] = set()
    for digits in _DIGITS.finditer(text):
        first = digits.start()
        found.add(first)
        if reach:
            found.update(
                match.start() for match in _compiled(start).finditer(text, max(0, first - reach), first)
            )
    return tuple(sorted(found))


def matches_at(
    compiled: "regex.Pattern[str]", text: str, places: Iterable[int], *, overlapped: bool = False
) -> "Iterator[regex.Match[str]]":
    """The matches that start at these places, which are in order; as ``finditer`` would give them.

    Raises:
        TimeoutError: they took longer than ``SECONDS_A_PATTERN``.
    """
    # One try is short; a time limit on each would cost more than the try itself.
    latest = monotonic() + SECONDS_A_PATTERN
    free = 0
    for place in places:
        if place >= free:
            match = compiled.match(text, place)
            if match:
                yield match
                free = 0 if overlapped else match.end()
            if monotonic() > latest:
                raise TimeoutError("a pattern took too long")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
