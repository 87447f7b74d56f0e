"""A document as a whole: what was found in it, found again wherever it stands, and who is who."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from signaal.anonymise.text.neighbours import join_neighbours
from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.identity import Find, People
from signaal.anonymise.text.people.known import Known
from signaal.anonymise.text.people.search import Search
from signaal.anonymise.text.people.things import REPEATED, Things
from signaal.anonymise.text.people.values import COLUMN, find_values
from signaal.anonymise.text.people.words import words_of
from signaal.anonymise.text.spans import Span, settle
from signaal.anonymise.text.structure.beside import beside
from signaal.anonymise.text.structure.kinds import with_kinds
from signaal.schemas.entities import Entity

OF_DOCUMENT = 0.95
_UNSURE = frozenset({Entity.UNKNOWN_TERM, Entity.LOCATION, Entity.ORGANIZATION})
"""What the pipeline may have taken a surname for that stands alone."""


def whole_document(
    text: str, found: Sequence[Span], known: Sequence[Known], batch: Mapping[Span, Known], is_word: IsWord
) -> tuple[tuple[Span, ...], list[Known]]:
    """All that belongs to the people and things found in a text, and the people that spans point at.

    Args:
        text: the text.
        found: what was found in it so far.
        known: what the record's columns say; these keep their index.
        batch: names of others in the batch that stand in it, and whose they are.
        is_word: whether something in small letters is an ordinary Dutch word.
    """
    spans = settle([*found, *batch, *find_values(text, known)], text)
    spans = join_neighbours(spans, text)
    spans = join_neighbours(settle([*with_kinds(spans, text), *beside(spans, text)], text), text)
    people = People(known, is_word)
    people.add(_finds(text, spans, batch))
    words = words_of(text)
    again = [
        *_people_again(text, Search(words, people.forms), people, len(known)),
        *Things(text, spans, is_word).find(words),
    ]
    spans = join_neighbours(settle([*spans, *_elsewhere(again, spans)], text), text)
    return tuple(_owned(span, text, people) for span in spans), people.known


def _finds(text: str, spans: Sequence[Span], batch: Mapping[Span, Known]) -> list[Find]:
    own = [
        Find(text[span.start : span.end], span.score, span.start)
        for span in spans
        if span.entity is Entity.PERSON
    ]
    full = [
        Find(term.value, span.score, span.start, listed=True)
        for span, term in batch.items()
        if term.entity is Entity.PERSON
    ]
    return [*full, *own]


def _people_again(text: str, search: Search, people: People, given: int) -> list[Span]:
    spans = []
    for start, end in search.places():
        person = people.whose(text[start:end])
        column = person is not None and person < given
        score, source = (1.0, COLUMN) if column else (OF_DOCUMENT, REPEATED)
        spans.append(Span(start, end, Entity.PERSON, score, source, person))
    return spans


def _elsewhere(again: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Repeats that do not lie within a find, which masks them as it is and says who found it first."""
    kept = []
    others = iter(spans)
    other = next(others, None)
    for span in sorted(again, key=lambda span: span.start):
        while other and other.end <= span.start:
            other = next(others, None)
        within = other is not None and other.start <= span.start and span.end <= other.end
        if not within or (other is not None and _says_more(span, other)):
            kept.append(span)
    return kept


def _says_more(repeat: Span, find: Span) -> bool:
    """Whether a repeat of a person's name says more than the find in which it lies."""
    if repeat.recognizer == COLUMN and find.entity is repeat.entity:
        return True
    whole = (find.start, find.end) == (repeat.start, repeat.end)
    return whole and find.entity in _UNSURE and repeat.entity is Entity.PERSON and find.score < repeat.score


def _owned(span: Span, text: str, people: People) -> Span:
    if span.entity is not Entity.PERSON:
        return span
    return replace(span, person=people.whose(text[span.start : span.end]))
