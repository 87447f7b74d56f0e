"""A text with labelled spans: what every step of making the corpus takes and gives back."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Label = Literal[
    "PERSON", "LOCATION", "ORGANIZATION", "NL_STREET_ADDRESS", "NL_POSTCODE", "DATE_TIME", "AGE",
    "PHONE_NUMBER", "EMAIL_ADDRESS", "URL", "SOCIAL_HANDLE", "IBAN_CODE", "NL_BSN", "NL_LICENSE_PLATE",
    "NL_ID_DOCUMENT", "NL_V_NUMBER", "CASE_NUMBER", "NL_KVK", "IP_ADDRESS", "?",
]  # fmt: skip
UNKNOWN: Label = "?"
"""The label of what the network is to learn nothing from."""
LABELS: tuple[Label, ...] = tuple(label for label in get_args(Label) if label != UNKNOWN)
NAMES: tuple[Label, ...] = ("PERSON", "LOCATION", "ORGANIZATION")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Span:
    """A labelled stretch of a text; `start` and `end` count characters, `end` is exclusive."""

    start: int
    end: int
    label: Label

    def shifted(self, by: int) -> "Span":
        """Give the same span `by` characters further on."""
        return Span(self.start + by, self.end + by, self.label)


@dataclass(frozen=True)
class Sample:
    """A text and its spans, in order and without overlap."""

    text: str
    spans: tuple[Span, ...] = ()

    def named(self) -> list[tuple[str, Label]]:
        """Give the text and label of every span."""
        return [(self.text[span.start : span.end], span.label) for span in self.spans]


@dataclass(frozen=True)
class Piece:
    """A part of a text under construction: plain words (`label` None) or a name."""

    text: str
    label: Label | None = None


def assemble(pieces: Iterable[Piece]) -> Sample:
    """Join pieces to one sample; the spans are those of the pieces that carry a label."""
    text = ""
    spans: list[Span] = []
    for piece in pieces:
        if piece.label and piece.text:
            spans.append(Span(len(text), len(text) + len(piece.text), piece.label))
        text += piece.text
    return Sample(text, tuple(spans))


def pieces_of(sample: Sample) -> list[Piece]:
    """Take a sample apart into the pieces between and inside its spans (the inverse of `assemble`)."""
    pieces: list[Piece] = []
    at = 0
    for span in sample.spans:
        if span.start > at:
            pieces.append(Piece(sample.text[at : span.start]))
        pieces.append(Piece(sample.text[span.start : span.end], span.label))
        at = span.end
    if at < len(sample.text):
        pieces.append(Piece(sample.text[at:]))
    return pieces


def joined(samples: Iterable[Sample], separator: str) -> Sample:
    """Put samples behind each other with a separator between them."""
    pieces: list[Piece] = []
    for sample in samples:
        if pieces:
            pieces.append(Piece(separator))
        pieces.extend(pieces_of(sample))
    return assemble(pieces)
