"""Numbers, addresses and other values that are known of a record, searched for in its texts.

People are searched for by their names (``search``); everything else in another spelling of blanks and
case, numbers also in other groups and with or without a country code.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from signaal.anonymise.text.people.known import Known
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

COLUMN = "known from column"
SHORTEST_VALUE = 4


def find_values(text: str, known: Sequence[Known]) -> list[Span]:
    """Every place where one of these values stands, people left out; ``person`` is its index."""
    folded = text.casefold()
    return [
        Span(*match.span(), term.entity, 1.0, COLUMN, index)
        for index, term in enumerate(known)
        if term.entity is not Entity.PERSON
        for clue, pattern in _patterns(term.entity, term.value)
        if clue in folded or clue.isdigit()
        for match in pattern.finditer(text)
    ]


@lru_cache(maxsize=4096)
def _patterns(entity: Entity, value: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns with a word that a text must hold, in lower case, before it is worth searching."""
    digits = re.sub(r"\D", "", value)
    if len(digits) >= len(re.sub(r"\W", "", value)) - 2 and len(digits) >= SHORTEST_VALUE + 2:
        return (_digit_pattern(digits),)
    if entity is Entity.EMAIL_ADDRESS and "@" in value:
        mailbox = value.partition("@")[0]
        return tuple(_word_pattern(word) for word in (value, mailbox) if len(word) >= SHORTEST_VALUE)
    return (_word_pattern(value),) if len(value) >= SHORTEST_VALUE else ()


def _word_pattern(words: str) -> tuple[str, re.Pattern[str]]:
    parts = words.split()
    body = r"[\s.-]{1,3}".join(re.escape(part) for part in parts)
    return parts[0].casefold(), re.compile(rf"(?<!\w){body}(?=s?(?!\w)|['’])", re.IGNORECASE)


def _digit_pattern(digits: str) -> tuple[str, re.Pattern[str]]:
    national = re.sub(r"^(?:0031|31(?=\d{9}$)|0)", "", digits)
    before = r"(?<!\d)(?:(?:\+|00)?31[ (0)./-]{0,4}|0)?"
    return national[0], re.compile(before + r"[ ()./-]{0,2}".join(national) + r"(?!\d)")
