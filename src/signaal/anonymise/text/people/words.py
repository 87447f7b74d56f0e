"""The words of a text as the search for names needs them, cut once."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from signaal.anonymise.text.people.word_lists import TITLES

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])+(?:['’`´](?:[^\W\d_]|[{_MARKS}])+)*")
_POSSESSIVE = re.compile(r"['’`´]s$", re.IGNORECASE)
_BREAK = re.compile(r"[.!?:…\n\r•*|\"“”„«»]| ['‘]")
_APOSTROPHES = str.maketrans("", "", "'’`´")
# Letters that Unicode does not take apart into a plain one and its mark.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


@dataclass(slots=True)
class Word:
    """A run of letters; its place leaves out a possessive 's, and ``gap`` is what precedes it."""

    start: int
    end: int
    written: str
    folded: str
    """The word without case, diacritics and apostrophes."""
    gap: str
    opens: bool
    """Whether a sentence may begin with it, so that a capital says nothing."""
    shouted: bool = False
    """Whether it stands among other words all in capitals, which say nothing either."""

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital that makes it a name."""
        return self.written[0].isupper() and not self.opens and not self.shouted

    @property
    def initial(self) -> bool:
        """Whether it is one capital letter."""
        return len(self.written) == 1 and self.written.isupper()


def fold(word: str) -> str:
    """One spelling for the ways in which a word is written: no case, diacritics and apostrophes."""
    if word.isascii() and word.isalpha():
        return word.lower()
    if word.isascii():
        return word.lower().translate(_APOSTROPHES)
    plain = unicodedata.normalize("NFKD", word).casefold().translate(_PLAIN).translate(_APOSTROPHES)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str) -> list[Word]:
    """Every word of a text, in order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        written, (start, last) = match[0], match.span()
        if not written.isalpha():
            written = _POSSESSIVE.sub("", written)
        gap = text[end:start]
        opens = _opens(gap, words) if gap != " " or not words else False
        words.append(Word(start, start + len(written), written, fold(written), gap, opens))
        end = last
    _mark_shouted(words)
    return words


def _opens(gap: str, before: list[Word]) -> bool:
    if not before:
        return True
    if gap in {".", ". "}:
        return not (len(before[-1].written) == 1 or before[-1].folded in TITLES)
    return _BREAK.search(gap) is not None


def _mark_shouted(words: list[Word]) -> None:
    loud = [at for at, word in enumerate(words) if word.written.isupper() and len(word.written) > 1]
    for at, following in pairwise(loud):
        if following == at + 1:
            words[at].shouted = words[following].shouted = True
