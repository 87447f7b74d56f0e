"""Where personal data was found in a text, and how overlapping finds become one answer."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from signaal.anonymise.text.people.word_lists import JOINING, STOP_WORDS
from signaal.schemas.entities import Entity

_NAMES = frozenset({Entity.PERSON, Entity.ORGANIZATION, Entity.LOCATION, Entity.NL_STREET_ADDRESS})
_SMALL = (STOP_WORDS | JOINING) - {"een"}


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
    whole = set(whole_words(spans, text))
    for span in sorted(whole, key=_rank):
        for piece in _outside(span, taken):
            insort(taken, piece, key=_start)
    return tuple(
        span for span in taken if _says_something(span, text) and not _is_left_over(span, whole, text)
    )


def whole_words(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """The spans by their start, without blanks at their ends and grown to whole words."""
    word = (0, 0)
    for span in sorted(spans, key=_start):
        start, end = span.start, span.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            # Many spans may lie in one word of a text without blanks: it is measured once.
            word = word if word[0] <= start < word[1] else _word_at(text, start)
            start = min(start, word[0])
            if end > word[1]:
                word = _word_at(text, end - 1)
            end = max(end, word[1])
        yield part(span, start, end)


def _word_at(text: str, at: int) -> tuple[int, int]:
    """Where the run of letters and digits around a character begins and ends; the character if it is none."""
    end = at + 1
    if not text[at].isalnum():
        return at, end
    start = at
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


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
            pieces.append(part(span, start, other.start))
        start = max(start, other.end)
    if start < span.end:
        pieces.append(part(span, start, span.end))
    return pieces


def part(span: Span, start: int, end: int) -> Span:
    """The span with other edges."""
    if (start, end) == (span.start, span.end):
        return span
    return Span(start, end, span.entity, span.score, span.recognizer, span.person)


def _is_left_over(span: Span, whole: set[Span], text: str) -> bool:
    """Whether it is a piece of a name whose rest has another answer, and no more than small words.

    A particle may be half of a surname, "een" a digit of a number in words: these stay.
    """
    if span in whole or span.entity not in _NAMES:
        return False
    words = text[span.start : span.end].split()
    return words[0] not in JOINING and set(words) <= _SMALL


def _says_something(span: Span, text: str) -> bool:
    return any(letter.isalnum() for letter in text[span.start : span.end])
