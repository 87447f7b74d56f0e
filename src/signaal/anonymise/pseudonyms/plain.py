"""Letters without case and marks, the first step to one spelling of a value."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Annotated

import regex
import yaml
from pydantic import BeforeValidator

from signaal.schemas.column import Frozen


def _split(words: object) -> object:
    return words.split() if isinstance(words, str) else words


Words = Annotated[frozenset[str], BeforeValidator(_split)]

# Marks of Latin, Greek and Cyrillic letters, Hebrew points and Arabic signs, which are left out in
# writing as often as not. In other scripts a mark is a vowel, and part of the name.
_MARKS = regex.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_WORD = regex.compile(r"(?:[^\W_]|\p{M})+")


class NameWords(Frozen):
    """All of ``names.yaml``, which says what each list is for."""

    titles: Words
    never_a_name: Words
    before_title: Words
    dutch_particles: Words
    other_particles: Words
    whole: Words
    generations: dict[str, str]
    vowels: str
    letters: dict[str, str]
    apostrophes: str


@cache
def name_words() -> NameWords:
    """The words that ship with the program."""
    text = (Path(__file__).parent / "names.yaml").read_text(encoding="utf-8")
    return NameWords.model_validate(yaml.safe_load(text))


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(name_words().letters | {each.upper(): to for each, to in _capitals()})


def _capitals() -> list[tuple[str, str]]:
    """Capitals of those letters, as capitals of what they become."""
    return [(letter, to.upper()) for letter, to in name_words().letters.items() if len(letter.upper()) == 1]


def without_marks(text: str) -> str:
    """A text in Latin letters without marks, as far as it is in those, in the case that it has."""
    composed = unicodedata.normalize("NFC", text).translate(_letters())
    return _MARKS.sub("", unicodedata.normalize("NFKD", composed)).translate(_letters())


def folded(text: str) -> str:
    """The same in small letters."""
    if text.isascii():
        return text.lower()
    # Twice, since small letters may come apart once more.
    return without_marks(without_marks(text).casefold()).casefold()


def words_of(text: str) -> list[str]:
    """The runs of letters and digits of a text."""
    return _WORD.findall(text)
