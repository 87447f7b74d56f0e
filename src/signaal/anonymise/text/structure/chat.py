"""Senders of chat lines: WhatsApp on Android and iOS, Signal, Teams, and plain "Naam: bericht"."""

import re
from collections import Counter
from collections.abc import Iterator

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.words import fold
from signaal.anonymise.text.structure.rules import rules
from signaal.anonymise.text.structure.shape import Place, name_in

_BLANKS, _BLANK, _GAP = r"[ \t]{0,9}", r"[ \t]{1,9}", r"[ T]{1,3}"
_MARK = "[\u200e\u200f\u202a-\u202e\ufeff~ \\t]{0,20}"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?uur)?"
_DATE = r"(?:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{1,2} [a-z]{3,9}\.?(?: \d{4})?)"
_WHEN = rf"(?:(?:[a-z]{{2,9}} )?{_DATE},?{_GAP})?{_TIME}|{_TIME},? {_DATE}"
_NAME = r"(?P<name>[^:\n\[\]<>]{1,40}?)"
STAMPED = tuple(
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        rf"^{_MARK}\[(?:{_WHEN})\]{_MARK}{_NAME}{_BLANKS}(?::(?!\S)|$)",
        rf"^{_MARK}(?:{_WHEN}),?(?: [-–])? {_MARK}{_NAME}:(?!\S)",
        rf"^{_MARK}{_NAME}{_BLANKS}[\[(](?:{_WHEN})[\])]{_BLANKS}(?::(?!\S)|$)",
    )
)
BEFORE_TIME = re.compile(
    rf"^{_MARK}(?P<name>[^:\n\[\]<>\d]{{2,40}}?),?{_BLANK}(?:{_WHEN}){_BLANKS}:?$",
    re.MULTILINE | re.IGNORECASE,
)
PLAIN = re.compile(r"^[ \t]{0,9}(?P<name>[^\W\d_][^:\n\d]{0,30}):[ \t]{1,9}\S", re.MULTILINE)
SENDER = Place(tail=True)
UNSURE_SENDER, REGULAR_SENDER = Place(capitals=False), Place(small=True)


def senders(text: str, is_word: IsWord) -> Iterator[tuple[int, int]]:
    """Where the names of senders stand."""
    for pattern in STAMPED:
        for match in pattern.finditer(text):
            name = name_in(text, *match.span("name"), is_word, SENDER)
            if name:
                yield name
    for pattern in (BEFORE_TIME, PLAIN):
        yield from _recurring(text, list(pattern.finditer(text)), is_word)


def _recurring(text: str, lines: list[re.Match[str]], is_word: IsWord) -> Iterator[tuple[int, int]]:
    """Senders of lines that might be headings, where one that is no ordinary word comes back."""
    named = [(line, fold(line["name"].strip())) for line in lines]
    often = Counter(name for _, name in named)
    sure = {
        line: name_in(text, *line.span("name"), is_word, UNSURE_SENDER)
        for line, name in named
        if name not in rules().not_senders
    }
    if not any(sure.get(line) and often[name] > 1 for line, name in named):
        return
    for line, name in named:
        place = sure.get(line)
        if line in sure and not place and often[name] > 1:
            place = name_in(text, *line.span("name"), is_word, REGULAR_SENDER)
        if place:
            yield place
