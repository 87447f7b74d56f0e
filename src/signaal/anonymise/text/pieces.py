"""Cuts long texts into pieces that the pipeline reads in bounded memory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LONGEST_PIECE = 6_000
SHORTEST_PIECE = 3_000
LONGEST_STRETCH = 1_000
"""Characters without a blank that are read together; the tokeniser takes the square of them."""
_STRETCH = re.compile(r"\S+")


@dataclass(frozen=True, repr=False)
class Piece:
    """A part of a text and the character at which it starts there."""

    start: int
    text: str


def pieces(text: str) -> list[Piece]:
    """The text in pieces of at most ``LONGEST_PIECE`` characters, none of them lost or twice.

    A cut falls at an empty line where there is one, else at the end of a line, of a sentence, or at
    a blank, so that a name is cut in two only where a text has no blank in ``LONGEST_STRETCH`` characters.
    """
    edges = [0, *_within_stretches(text), len(text)]
    return [piece for start, end in pairwise(edges) for piece in _pieces(text, start, end)]


def _within_stretches(text: str) -> Iterator[int]:
    """Where a stretch without a blank is cut because it is too long."""
    for stretch in _STRETCH.finditer(text):
        yield from range(stretch.start() + LONGEST_STRETCH, stretch.end(), LONGEST_STRETCH)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    while end - start > LONGEST_PIECE:
        cut = _cut(text, start + SHORTEST_PIECE, start + LONGEST_PIECE)
        yield Piece(start, text[start:cut])
        start = cut
    yield Piece(start, text[start:end])


def _cut(text: str, earliest: int, latest: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, earliest, latest)
        if place >= 0:
            return place + len(mark)
    return latest
