"""Finds that lie side by side and are one: the halves of a name, and what ties them together."""

import re

from signaal.anonymise.text.people.names import is_joining
from signaal.anonymise.text.people.word_lists import TITLES
from signaal.anonymise.text.spans import Span, part
from signaal.anonymise.text.structure.rules import rules
from signaal.schemas.entities import Entity

_LINKED = frozenset({Entity.ORGANIZATION, Entity.LOCATION})
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)(?:\.\s*|\s+)(?=\w)")
_LAST_IS_INITIAL = re.compile(r"(?<!\w)[^\W\d_]$")


def join_neighbours(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Spans of one kind that only a blank parts, as one: a name that was found in two halves.

    Of people also those with a hyphen or particles between them ("van der", "el"), and a person with
    the place that is the surname ("Judith van Ommen"); of organisations and places those with articles
    and the like between them. A title at the beginning of a person stays outside: it gives nobody away.
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and _belongs(last, span, text):
            person = last.person if last.person == span.person else None
            score = max(last.score, span.score)
            joined[-1] = Span(last.start, span.end, last.entity, score, last.recognizer, person)
        else:
            joined.append(span)
    return tuple(_without_titles(span, text) if span.entity is Entity.PERSON else span for span in joined)


def _belongs(one: Span, other: Span, text: str) -> bool:
    between = text[one.end : other.start]
    if one.entity is Entity.PERSON and other.entity is Entity.LOCATION:
        return between.strip().casefold() in rules().surname_links
    if one.entity is not other.entity:
        return False
    if one.entity in _LINKED:
        return "\n" not in between and set(between.casefold().split()) <= rules().organisation_links
    if one.entity is not Entity.PERSON:
        return between in {" ", ""}
    if between in {".", ". "}:
        return _LAST_IS_INITIAL.search(text, one.start, one.end) is not None
    return is_joining(between)


def _without_titles(span: Span, text: str) -> Span:
    first = _FIRST_WORD.match(text, span.start, span.end)
    while first and first[1].casefold() in TITLES:
        span = part(span, first.end(), span.end)
        first = _FIRST_WORD.match(text, span.start, span.end)
    return span
