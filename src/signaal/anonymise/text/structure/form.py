"""Names behind the headings of forms: "Naam:", "Begeleider:", "Aanwezig: a, b en c"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.words import words_of
from signaal.anonymise.text.structure.rules import rules
from signaal.anonymise.text.structure.shape import Place, name_in

LONGEST_VALUE = 200
_HEADING = re.compile(
    r"(?P<heading>[^\W\d_][^:=\n\t;,.|]{0,60}?)[ \t*_]{0,40}(?:[:=][*_]*(?=\s|\w)|\t)[ \t]{0,40}\n?"
)
_LETTER = re.compile(r"[^\W\d_]")
_NO_HEADING = re.compile(r"[:=\n\t;,.|]")
_SIGNS = ":=\t"
_LONGEST_HEADING, _LONGEST_GAP = 61, 40
_VALUE_END = re.compile(r"[\n\t|]| {3,}")
_ONE, _SEVERAL = re.compile(r"[/&+]| en | and "), re.compile(r"[,;/&+]| en | and ")
NAMED, PERHAPS = Place(small=True), Place()


@dataclass(frozen=True)
class _Heading:
    """Where a heading begins, where its value may begin, and what names stand there."""

    start: int
    end: int
    place: Place | None
    several: bool


def in_forms(text: str, is_word: IsWord) -> Iterator[tuple[int, int]]:
    """Where the names behind headings stand."""
    every = ((match, _heading(match)) for match in _matches(text))
    headings = [heading for match, heading in every if heading.place or "\t" not in match[0]]
    for heading, following in zip_longest(headings, headings[1:]):
        if heading.place:
            last = min(following.start if following else len(text), heading.end + LONGEST_VALUE)
            stop = _VALUE_END.search(text, heading.end, last)
            end = stop.start() if stop else last
            cuts = (_SEVERAL if heading.several else _ONE).finditer(text, heading.end, end)
            edges = [heading.end, *(edge for cut in cuts for edge in cut.span()), end]
            yield from _names(text, edges, is_word, heading.place)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What ``_HEADING`` finds in a text, looked for before the signs that end a heading only."""
    free = 0
    for sign in _NO_HEADING.finditer(text):
        at = sign.start()
        if sign[0] in _SIGNS and at > free:
            match = _before(text, max(free, at - _LONGEST_HEADING - _LONGEST_GAP), at)
            free = match.end() if match else free
            if match:
                yield match
        free = max(free, sign.end())


def _before(text: str, start: int, sign: int) -> re.Match[str] | None:
    """The first heading from ``start`` on that ends at this sign."""
    for letter in _LETTER.finditer(text, start, sign):
        match = _HEADING.match(text, letter.start())
        if match or sign - letter.start() <= _LONGEST_HEADING:
            return match
    return None


def _heading(match: re.Match[str]) -> _Heading:
    words = words_of(match["heading"])
    lists = rules()
    size = 1
    while (
        size < len(words)
        and words[-size - 1].written.lower() in lists.heading_words
        and words[-size].gap != "  "
    ):
        size += 1
    told = [word.written.lower() for word in words[-size:]]
    start = match.start() + words[-size].start
    several = " ".join(told[-2:]) in lists.list_headings or told[-1] in lists.list_headings
    return _Heading(start, match.end(), _place(told), several)


def _place(words: list[str]) -> Place | None:
    """What a heading admits; None where it is none of names."""
    lists = rules()
    if words[-1] in lists.name_headings or _is_named(words):
        return NAMED
    if not lists.other_headings.isdisjoint(words):
        return None
    if len(words) > 1 and words[-1] in lists.organisations:
        words = words[:-1]
    return PERHAPS if any(" ".join(words[-size:]) in lists.person_headings for size in (1, 2)) else None


def _is_named(words: list[str]) -> bool:
    """Whether it is the name of somebody: "naam moeder", "naam van het kind"; not "naam school"."""
    lists = rules()
    at = next((at for at, word in enumerate(words) if word in lists.name_headings), None)
    if at is None:
        return False
    return all(word in lists.heading_words for word in words[at:])


def _names(text: str, edges: list[int], is_word: IsWord, place: Place) -> Iterator[tuple[int, int]]:
    """The names between pairs of edges, up to where there is none."""
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        name = name_in(text, start, end, is_word, place)
        if name is None:
            return
        yield name
