"""Where personal data was found in a text, and how overlapping finds become one answer."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass

from signaal.anonymise.text.people.names import is_joining
from signaal.anonymise.text.people.word_lists import TITLES
from signaal.schemas.entities import Entity

_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)(?:\.\s*|\s+)(?=\w)")
_LAST_IS_INITIAL = re.compile(r"(?<!\w)[^\W\d_]$")


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
    for span in sorted((whole_words(span, text) for span in spans), key=_rank):
        for piece in _outside(span, taken):
            insort(taken, piece, key=_start)
    return tuple(span for span in taken if _says_something(span, text))


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
    return _part(span, start, end)


def join_neighbours(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Spans of one kind that only a blank parts, as one: a name that was found in two halves.

    Of people also those with a hyphen or particles between them ("van der", "el"). A title at the
    beginning of a person stays outside: it gives nobody away.
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.entity is span.entity and _belongs(last, span, text):
            person = last.person if last.person == span.person else None
            score = max(last.score, span.score)
            joined[-1] = Span(last.start, span.end, last.entity, score, last.recognizer, person)
        else:
            joined.append(span)
    return tuple(_without_titles(span, text) if span.entity is Entity.PERSON else span for span in joined)


def _belongs(one: Span, other: Span, text: str) -> bool:
    between = text[one.end : other.start]
    if one.entity is not Entity.PERSON:
        return between in {" ", ""}
    if between in {".", ". "}:
        return _LAST_IS_INITIAL.search(text, one.start, one.end) is not None
    return is_joining(between)


def _without_titles(span: Span, text: str) -> Span:
    first = _FIRST_WORD.match(text, span.start, span.end)
    while first and first[1].casefold() in TITLES:
        span = _part(span, first.end(), span.end)
        first = _FIRST_WORD.match(text, span.start, span.end)
    return span


def _rank(span: Span) -> tuple[float, int, int, str]:
    return -span.score, span.start - span.end, span.start, span.entity


def _start(span: Span) -> int:
    return span.start


def _outside(span: Span, taken: list[Span]) -> list[Span]:
    """What a span covers beyond those that are taken, which are in order and do not overlap."""
    at = max(bisect_right(taken, span.start, key=_start) - 1, 0)
    pieces: list[Span] = []
    start = span.start
    while at < len(taken) and taken[at].start < span.end:
        other = taken[at]
        at += 1
        if other.start > start:
            pieces.append(_part(span, start, other.start))
        start = max(start, other.end)
    if start < span.end:
        pieces.append(_part(span, start, span.end))
    return pieces


def _part(span: Span, start: int, end: int) -> Span:
    if (start, end) == (span.start, span.end):
        return span
    return Span(start, end, span.entity, span.score, span.recognizer, span.person)


def _says_something(span: Span, text: str) -> bool:
    return any(letter.isalnum() for letter in text[span.start : span.end])
