"""One way of writing for what looks the same: decomposed, full-width, invisible and look-alike letters.

Detection reads the text as it comes out of here; its finds are given back in places of the original.
"""

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Beyond these a text needs no second look: ASCII, composed Latin letters, usual punctuation, symbols, emoji.
_UNUSUAL = re.compile(
    r"[^\x20-\x7e\n\r\t\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2013-\u2027\u2030-\u205e\u20a0-\u20bf"
    r"\u2190-\u23ff\u2500-\u2bff\U0001f000-\U0001faff]|(?<=\w)[\u2012-\u2015](?=\w)"
)
_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
_INVISIBLE = {"Cf", "Mn", "Me"}
_COMPATIBLE = ((0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0xFB00, 0xFB06), (0x2460, 0x24FF), (0x2070, 0x209F))
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")


def _look_alikes() -> dict[str, str]:
    path = Path(__file__).parent / "look_alikes.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["letter"]: row["latin"] for row in csv.DictReader(rows)}


LOOK_ALIKES = _look_alikes()
"""Letters of other scripts that look like a Latin one (Unicode Technical Standard 39, confusables)."""


@dataclass(frozen=True, repr=False)
class Plain:
    """A text in its plain writing; ``origin`` has the place in the raw text of each of its characters.

    ``origin`` is None where nothing changed, and else one longer than the text: its last is the raw
    text's length.
    """

    text: str
    origin: tuple[int, ...] | None = None

    def raw_place(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` up to ``end`` stand in the raw text, marks on letters included."""
        if self.origin is None:
            return start, end
        last = self.origin[end - 1] if end > start else self.origin[start]
        after = bisect_left(self.origin, last + 1)
        return self.origin[start], self.origin[after]


def plain(text: str) -> Plain:
    """The text composed (NFC), in ASCII digits, without what can't be seen, look-alikes made Latin.

    Sources: Unicode Standard Annex 15 (normal forms), Technical Standard 39 (look-alikes). A look-alike
    is changed only within a word that has a Latin letter: Greek or Cyrillic words stay what they are.
    """
    if not _UNUSUAL.search(text):
        return Plain(text)
    letters: list[str] = []
    origin: list[int] = []
    for start, group in _groups(text):
        for letter in _plain_letters(group, text, start):
            letters.append(letter)
            origin.append(start)
    origin.append(len(text))
    return Plain(_without_look_alikes("".join(letters)), tuple(origin))


def _groups(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with the marks and invisible characters that follow it, and where it starts."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or unicodedata.category(text[at]) not in _INVISIBLE:
            yield start, text[start:at]
            start = at


def _plain_letters(group: str, text: str, start: int) -> str:
    seen = "".join(letter for letter in group if unicodedata.category(letter) != "Cf")
    composed = unicodedata.normalize("NFC", seen)
    letters = composed[:1]
    if not letters:
        return ""
    if any(low <= ord(letters) <= high for low, high in _COMPATIBLE):
        letters = unicodedata.normalize("NFKC", letters)
    if letters.isdecimal():
        return str(unicodedata.decimal(letters)) if len(letters) == 1 else letters
    if unicodedata.category(letters[0]) == "Zs":
        return " "
    if letters in _HYPHENS and _between_words(text, start, start + len(group)):
        return "-"
    return letters


def _between_words(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()


def _without_look_alikes(text: str) -> str:
    def latin(match: re.Match[str]) -> str:
        word = match[0]
        if not _LATIN.search(word):
            return word
        return "".join(LOOK_ALIKES.get(letter, letter) for letter in word)

    return _WORD.sub(latin, text)
