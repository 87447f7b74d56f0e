"""A text as runs of letters and runs of digits, and the same without all that stands between them."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from signaal.anonymise.text.people.words import fold

_TOKEN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, repr=False)
class Tokens:
    """The runs of a text: where they stand, and how they are spelt without case and diacritics."""

    text: str
    places: tuple[tuple[int, int], ...]
    folded: tuple[str, ...]

    @cached_property
    def joined(self) -> str:
        """All of them as one."""
        return "".join(self.folded)

    @cached_property
    def starts(self) -> list[int]:
        """Where each begins in ``joined``, and at last its length."""
        return [0, *accumulate(map(len, self.folded))]

    @cached_property
    def numbers(self) -> list[int]:
        """Which of them are digits."""
        return [at for at, word in enumerate(self.folded) if word[:1].isdigit()]

    def ending_at(self, place: int) -> int | None:
        """How many tokens make the first ``place`` characters of ``joined``; None where one is cut."""
        at = bisect_left(self.starts, place)
        return at if at < len(self.starts) and self.starts[at] == place else None

    def gap(self, at: int) -> str:
        """What stands right before a token."""
        return self.text[self.places[at - 1][1] if at else 0 : self.places[at][0]]

    def gaps(self, first: int, end: int) -> list[str]:
        """What stands between the tokens ``first`` up to ``end``."""
        return [self.gap(at) for at in range(first + 1, end)]

    def written(self, first: int, end: int) -> str:
        """The tokens ``first`` up to ``end``, folded, with what stands between them."""
        between = zip(self.gaps(first, end), self.folded[first + 1 : end], strict=True)
        return "".join(
            [*self.folded[first : min(first + 1, end)], *(part for pair in between for part in pair)]
        )

    def without(self, words: frozenset[str]) -> "Tokens":
        """The same text without some of its words."""
        kept = [at for at, word in enumerate(self.folded) if word not in words]
        places, folded = (self.places[at] for at in kept), (self.folded[at] for at in kept)
        return Tokens(self.text, tuple(places), tuple(folded))


def tokens_of(text: str) -> Tokens:
    """The runs of letters and of digits in a text."""
    places = tuple(match.span() for match in _TOKEN.finditer(text))
    return Tokens(text, places, tuple(fold(text[start:end]) for start, end in places))
