"""What stands beside a find and goes with it: a second age, a nickname in quotation marks, an initial."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from signaal.anonymise.text.people.word_lists import NO_ANSWERS, STOP_WORDS
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

SCORE = 0.6
INITIAL = "PERSON:an initial before an age"
PAIRED, NICKNAMED = "AGE:beside another age", "PERSON:between quotation marks behind a name"
_LONGEST_PAIR, _LONGEST_NICKNAME = 12, 40
_AGE_BEFORE = re.compile(r"(?<![\w€.,:/-])(?<!€ )(?P<age>1[01]\d|[1-9]\d?) ?(?:en|of|&|/|,) ?\Z")
_AGE_BEHIND = re.compile(
    r" ?(?:en|of|&|/) ?(?P<age>1[01]\d|[1-9]\d?)(?![\w%€°]|[.,:/-]\d| ?(?:euro|x|keer|uur|min)\b)"
)
_INITIAL = re.compile(r"(?<![\w.'’-])[A-Z]\.?(?:, | \()\Z")
_NICKNAME = re.compile(
    r"(?:,? (?:alias|bijgenaamd|oftewel|ook wel)(?: de)?)? ?\(?(?P<open>[\"“”„'‘’])"
    r"(?P<name>[A-ZÀ-Ž][\w.-]*(?: [A-ZÀ-Ž][\w.-]*)?)[\"”“'’]"
)


def beside(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Ages beside ages, nicknames behind people, and initials before ages."""
    for span in spans:
        if span.entity is Entity.AGE:
            yield from _ages(span, text)
            initial = _INITIAL.search(text[max(0, span.start - _LONGEST_PAIR) : span.start])
            if initial:
                start = max(0, span.start - _LONGEST_PAIR) + initial.start()
                yield replace(_span(span, start, start + 1, INITIAL), entity=Entity.PERSON)
        elif span.entity is Entity.PERSON:
            nickname = _NICKNAME.match(text, span.end, span.end + _LONGEST_NICKNAME)
            if nickname and nickname["name"].casefold() not in STOP_WORDS | NO_ANSWERS:
                yield _span(span, *nickname.span("name"), NICKNAMED)


def _ages(span: Span, text: str) -> Iterator[Span]:
    offset = max(0, span.start - _LONGEST_PAIR)
    before = _AGE_BEFORE.search(text[offset : span.start])
    if before:
        yield _span(span, offset + before.start("age"), offset + before.end("age"), PAIRED)
    behind = _AGE_BEHIND.match(text, span.end, span.end + _LONGEST_PAIR)
    if behind:
        yield _span(span, *behind.span("age"), PAIRED)


def _span(of: Span, start: int, end: int, rule: str) -> Span:
    return replace(of, start=start, end=end, score=SCORE, recognizer=rule, person=None)
