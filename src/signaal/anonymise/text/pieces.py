"""Cuts long texts into pieces that the pipeline reads in bounded memory."""

from dataclasses import dataclass

LONGEST_PIECE = 6_000
SHORTEST_PIECE = 3_000


@dataclass(frozen=True, repr=False)
class Piece:
    """A part of a text and the character at which it starts there."""

    start: int
    text: str


def pieces(text: str) -> list[Piece]:
    """The text in pieces of at most ``LONGEST_PIECE`` characters, none of them lost or twice.

    A cut falls at an empty line where there is one, else at the end of a line, of a sentence, or at
    a blank, so that a name is cut in two only where a text has no blank in thousands of characters.
    """
    found: list[Piece] = []
    start = 0
    while len(text) - start > LONGEST_PIECE:
        end = _cut(text, start + SHORTEST_PIECE, start + LONGEST_PIECE)
        found.append(Piece(start, text[start:end]))
        start = end
    found.append(Piece(start, text[start:]))
    return found


def _cut(text: str, earliest: int, latest: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, earliest, latest)
        if place >= 0:
            return place + len(mark)
    return latest
