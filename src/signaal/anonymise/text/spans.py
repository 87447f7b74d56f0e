"""Where personal data was found in a text, and how overlapping finds become one answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from signaal.schemas.entities import Entity


@dataclass(frozen=True)
class Span:
    """Characters ``start`` up to ``end`` of a text, what they are, how sure, and who says so.

    ``person`` is the index of the person meant, within the names known of the record or document,
    where that is known (``people``); the text itself is never held here.
    """

    start: int
    end: int
    entity: Entity
    score: float
    recognizer: str
    person: int | None = None


def settle(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans that do not overlap, in their order, and that cover all that the given ones covered.

    A span grows to whole words first: half a name or number that stays behind is a leak. Where spans
    overlap the surer one wins, then the longer one; what is left of the other stays masked too.
    """
    taken: list[Span] = []
    ranked = sorted((whole_words(span, text) for span in spans), key=_rank)
    for span in ranked:
        taken.extend(_outside(span, taken))
    return tuple(sorted(filter(lambda span: _says_something(span, text), taken), key=lambda s: s.start))


def whole_words(span: Span, text: str) -> Span:
    """The span without blanks at its ends, grown to the ends of the words that it touches."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end, span.entity, span.score, span.recognizer, span.person)


def join_neighbours(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Spans of one kind that only a blank parts, as one: a name that was found in two halves."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.entity is span.entity and text[last.end : span.start] in {" ", ""}:
            person = last.person if last.person == span.person else None
            score = max(last.score, span.score)
            joined[-1] = Span(last.start, span.end, last.entity, score, last.recognizer, person)
        else:
            joined.append(span)
    return tuple(joined)


def _rank(span: Span) -> tuple[float, int, int, str]:
    return -span.score, span.start - span.end, span.start, span.entity


def _outside(span: Span, taken: list[Span]) -> list[Span]:
    """What a span covers beyond those that are taken."""
    pieces = [(span.start, span.end)]
    for other in taken:
        pieces = [
            piece
            for start, end in pieces
            for piece in ((start, min(end, other.start)), (max(start, other.end), end))
            if piece[0] < piece[1]
        ]
    return [Span(start, end, span.entity, span.score, span.recognizer, span.person) for start, end in pieces]


def _says_something(span: Span, text: str) -> bool:
    return any(letter.isalnum() for letter in text[span.start : span.end])
