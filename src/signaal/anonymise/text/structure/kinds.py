"""What kind of organisation it is, where that stands before its name and is part of it: "bistro Anna"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from signaal.anonymise.text.people.word_lists import FUNCTION_WORDS
from signaal.anonymise.text.spans import Span
from signaal.anonymise.text.structure.rules import rules
from signaal.schemas.entities import Entity

LONGEST, REMEMBERED = 60, 20_000
MOST_CAPITALS = 3
SHORTEST_END = 6
"""A word that ends in a shorter kind is seldom a compound of it."""
SURE = 0.86
"""Surer than the pipeline is of the name alone, less sure than a pattern that leaves no doubt."""
_BEFORE = re.compile(
    r"(?<![\w@.-])(?P<kind>[^\W\d_][\w-]*)[ \u00a0](?P<article>(?:de|het|den|'t|’t|d'|la|el|al)[ \u00a0])?\Z",
    re.IGNORECASE,
)
_CAPITAL_BEHIND = re.compile(r" (?:in de |in het |op |van de )?(?P<word>[A-ZÀ-Ž][a-zà-ž]{2,})(?!\w)")
"""The rest of the name, where the pipeline saw its beginning only."""
_NAMED = frozenset({Entity.ORGANIZATION, Entity.LOCATION, Entity.PERSON})


def with_kinds(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """The same spans, those of organisations grown to the kind that stands before the name.

    A person or place behind a kind that names go with is an organisation too.
    """
    for span in spans:
        start = _start(span, text) if span.entity in _NAMED else None
        end = _end(span, text) if span.entity is Entity.ORGANIZATION else span.end
        if start is None and end == span.end:
            yield span
        else:
            start = span.start if start is None else start
            score = max(span.score, SURE)
            yield replace(span, start=start, end=end, entity=Entity.ORGANIZATION, score=score, person=None)


def _end(span: Span, text: str) -> int:
    """Where the words with a capital end that go on with the name of an organisation."""
    end = span.end
    for _ in range(MOST_CAPITALS):
        word = _CAPITAL_BEHIND.match(text, end)
        if word is None or word["word"].casefold() in FUNCTION_WORDS:
            break
        end = word.end()
    return end


def _start(span: Span, text: str) -> int | None:
    """Where the kind before a name begins; None where there is none that belongs to it."""
    offset = max(0, span.start - LONGEST)
    before = _BEFORE.search(text[offset : span.start])
    if before is None:
        return None
    kind, article = before["kind"].casefold(), before["article"]
    if _is_kind(kind):
        return offset + before.start()
    loose = span.entity is Entity.ORGANIZATION or (article and span.entity is Entity.LOCATION)
    return offset + before.start() if loose and _is_loose_kind(kind) else None


@lru_cache(REMEMBERED)
def _is_kind(word: str) -> bool:
    return _ends(word, rules().organisation_kinds)


@lru_cache(REMEMBERED)
def _is_loose_kind(word: str) -> bool:
    return _ends(word, rules().loose_kinds)


def _ends(word: str, kinds: frozenset[str]) -> bool:
    """Whether a word is one of the kinds or a compound of one."""
    return word in kinds or any(len(kind) >= SHORTEST_END and word.endswith(kind) for kind in kinds)
