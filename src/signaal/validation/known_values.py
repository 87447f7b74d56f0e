"""Looks for the direct identifiers of a batch in its own output."""

import re
from collections.abc import Iterable
from itertools import accumulate

from signaal.validation.shapes import Shapes, shapes
from signaal.validation.spelling import bare, plain

# A bracket is a word of its own, so that nothing is read across a placeholder's end.
_WORD = re.compile(r"[^\W_]+|[\[\]]")
SHORT = 4
"""Values with fewer letters and digits than this are often common words or abbreviations."""
SHORTEST_WORD = 2
SHORTEST_NUMBER = 3


class KnownValues:
    """The raw direct identifiers of a batch, searched for in one pass over the words of a text.

    A value counts as found however it is written: capitals, diacritics, blanks, hyphens and dots
    make no difference, so that ``06-12345678`` is found as ``06 12 34 56 78``; it must start and
    end with a word. One of fewer than four letters and digits counts only in its own capitals or
    with one capital in front, one that is a common word as well ("Hoop") only with a capital. Not
    searched for: what people fill in for "no answer", a single letter, a number of one or two digits.
    """

    def __init__(self, values: Iterable[str]) -> None:
        rules = shapes()
        anyhow: set[str] = set()
        exactly: set[str] = set()
        for value in values:
            written = "".join(_WORD.findall(bare(plain(value)))).replace("[", "").replace("]", "")
            folded = written.casefold()
            if _says_nobody(folded, rules):
                continue
            if folded in rules.common_words:
                exactly |= {written.capitalize(), written.upper()}
            elif len(folded) < SHORT:
                exactly |= {written, written.capitalize()}
            else:
                anyhow.add(folded)
        self._anyhow = _Index(anyhow, SHORT)
        self._exactly = _Index(exactly, 2)

    def are_in(self, text: str) -> bool:
        """Whether one of the values stands in a text that is ``plain``."""
        words = _WORD.findall(bare(shapes().own_placeholder.sub("[]", text)))
        return self._exactly.is_in(words) or self._anyhow.is_in([word.casefold() for word in words])


class _Index:
    """Values without anything but letters and digits, found by their first characters."""

    def __init__(self, values: set[str], prefix: int) -> None:
        self._values = values
        self._prefix = prefix
        self._lengths: dict[str, set[int]] = {}
        for value in values:
            self._lengths.setdefault(value[:prefix], set()).add(len(value))

    def is_in(self, words: list[str]) -> bool:
        """Whether a value stands in the words, from the start of one to the end of one."""
        if not self._values:
            return False
        joined = "".join(words)
        ends = list(accumulate(map(len, words)))
        boundaries = frozenset(ends)
        return any(
            start + length in boundaries and joined[start : start + length] in self._values
            for start in (0, *ends)
            for length in self._lengths.get(joined[start : start + self._prefix], ())
        )


def _says_nobody(value: str, rules: Shapes) -> bool:
    shortest = SHORTEST_NUMBER if value.isdecimal() else SHORTEST_WORD
    return len(value) < shortest or value in rules.no_answers
