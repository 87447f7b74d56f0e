"""Names and numbers that are known of a record, searched for in its texts.

What a column says of a respondent, and a full name found once in a text, is looked for in the whole
text: in full, in part, in another spelling of blanks and case.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

SHORTEST_PART = 3
SHORTEST_VALUE = 4
COLUMN, REPEATED = "known from column", "repeated in text"


def _words(file: str) -> frozenset[str]:
    with (Path(__file__).parent / file).open(encoding="utf-8", newline="") as rows:
        return frozenset(row["word"] for row in csv.DictReader(rows))


STOP_WORDS = _words("stop_words.csv")
PARTICLES = _words("name_particles.csv")
NO_ANSWERS = _words("no_answers.csv")


@dataclass(frozen=True, repr=False)
class Known:
    """A value that belongs to somebody: what it is, and how it is written."""

    entity: Entity
    value: str


def find_known(text: str, known: Iterable[Known]) -> list[Span]:
    """Every place where one of these values stands in the text; ``person`` is its index."""
    return [
        Span(start, end, term.entity, 1.0, COLUMN, index)
        for index, term in enumerate(known)
        for start, end in _places(text, term)
    ]


def find_repeated(text: str, spans: Iterable[Span], people: list[Known]) -> list[Span]:
    """Places where a part of a full name found in this text stands again, written with its capital.

    A full name that is new is added to ``people``, and the spans point at it.
    """
    repeated: list[Span] = []
    for span in spans:
        name = text[span.start : span.end]
        if span.entity is not Entity.PERSON or span.person is not None or not name_parts(name):
            continue
        index = len(people)
        people.append(Known(Entity.PERSON, name))
        pattern = "|".join(re.escape(part) for part in (name, *name_parts(name)))
        repeated += [
            Span(*match.span(), Entity.PERSON, max(span.score, 0.95), REPEATED, index)
            for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)
        ]
    return repeated


def names_nobody(value: str) -> bool:
    """Whether a cell says that there is no answer, as "n.v.t." does: it must not be searched for."""
    return " ".join(re.findall(r"\w+", value.casefold())) in NO_ANSWERS | {""}


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name that give its bearer away by themselves: no particles, no initials."""
    parts = re.findall(r"[^\W\d_][\w'’-]+", name)
    telling = [part for part in parts if part.casefold() not in PARTICLES and len(part) >= SHORTEST_PART]
    return tuple(telling) if len(parts) > 1 else ()


def _places(text: str, term: Known) -> list[tuple[int, int]]:
    folded = text.casefold()
    return [
        match.span()
        for clue, pattern in _patterns(term.entity, term.value)
        if clue in folded or clue.isdigit()
        for match in pattern.finditer(text)
    ]


@lru_cache(maxsize=4096)
def _patterns(entity: Entity, value: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns with a word that a text must hold, in lower case, before it is worth searching."""
    digits = re.sub(r"\D", "", value)
    if entity is Entity.PERSON:
        return tuple(_word_pattern(word) for word in _name_forms(value))
    if len(digits) >= len(re.sub(r"\W", "", value)) - 2 and len(digits) >= SHORTEST_VALUE + 2:
        return (_digit_pattern(digits),)
    if entity is Entity.EMAIL_ADDRESS and "@" in value:
        mailbox = value.partition("@")[0]
        return tuple(_word_pattern(word) for word in (value, mailbox) if len(word) >= SHORTEST_VALUE)
    return (_word_pattern(value),) if len(value) >= SHORTEST_VALUE else ()


def _name_forms(name: str) -> tuple[str, ...]:
    last, comma, first = name.partition(",")
    full = f"{first.strip()} {last.strip()}" if comma and first.strip() else name.strip()
    return (full, *name_parts(full)) if len(full) >= SHORTEST_PART else ()


def _word_pattern(words: str) -> tuple[str, re.Pattern[str]]:
    parts = words.split()
    body = r"[\s.-]{1,3}".join(re.escape(part) for part in parts)
    # A name that is a word too counts with its capital only.
    flags = re.NOFLAG if words.casefold() in STOP_WORDS else re.IGNORECASE
    return parts[0].casefold(), re.compile(rf"(?<!\w){body}(?=s?(?!\w)|['’])", flags)


def _digit_pattern(digits: str) -> tuple[str, re.Pattern[str]]:
    national = re.sub(r"^(?:0031|31(?=\d{9}$)|0)", "", digits)
    before = r"(?<!\d)(?:(?:\+|00)?31[ (0)./-]{0,4}|0)?"
    return national[0], re.compile(before + r"[ ()./-]{0,2}".join(national) + r"(?!\d)")
