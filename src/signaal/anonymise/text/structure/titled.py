"""Names behind titles and behind words of naming: "tante Door", "meneer ten have", "noemt zich Storm"."""

import re
from collections.abc import Iterator
from functools import cache

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.word_lists import (
    ABBREVIATED_TITLES,
    NO_ANSWERS,
    PARTICLES,
    STOP_WORDS,
    TITLES,
)
from signaal.anonymise.text.people.words import Word, words_of
from signaal.anonymise.text.structure.rules import rules
from signaal.anonymise.text.structure.shape import names_no_one

LONGEST = 80
GAPS = frozenset({" ", "\u00a0"})
_TITLE = re.compile(
    rf"(?<![\w.@-])(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})\.?[ \u00a0]", re.IGNORECASE
)


def behind_titles(text: str, is_word: IsWord) -> Iterator[tuple[int, int]]:
    """Where a name stands right behind a title, by its capital or by particles that only surnames have."""
    for title in _TITLE.finditer(text):
        start = title.start()
        words = words_of(text[start : start + LONGEST])
        stopped = title[0].rstrip().endswith(".") and words[0].folded not in ABBREVIATED_TITLES
        if len(words) > 1 and not words[0].shouted and not stopped:
            name = _name(words, 1)
            capital = name and name[-1].written[0].isupper()
            if capital or (name and not any(names_no_one(part, is_word) for part in name)):
                yield start + name[0].start, start + name[-1].end


def behind_naming(text: str) -> Iterator[tuple[int, int]]:
    """Where a word with a capital stands behind a word of naming, in quotation marks or not."""
    for match in _naming().finditer(text):
        if match["name"].casefold() not in STOP_WORDS | NO_ANSWERS:
            yield match.span("name")


@cache
def _naming() -> re.Pattern[str]:
    words = "|".join(sorted(rules().naming, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?i:{words})(?:(?: |: )[a-z'’]{{1,14}}){{0,3}}:? [\"'“”‘’„(]?"
        r"(?P<name>[A-ZÀ-Ž][a-zà-ž]+(?:[ -][A-ZÀ-Ž][a-zà-ž]+)?)(?![\w@.-]*\w)"
    )


def _name(words: list[Word], at: int) -> list[Word]:
    """Particles, then one word; empty where that is no name."""
    first = at
    while at + 1 < len(words) and words[at].folded in PARTICLES and words[at + 1].gap in GAPS:
        at += 1
    if words[at].shouted:
        return []
    particles = [word.folded for word in words[first:at]]
    told = words[at].written[0].isupper()
    small = particles and particles[-1] in rules().surname_particles and words[at].folded not in STOP_WORDS
    return words[first : at + 1] if told or small else []
