"""Dutch numbers in words: what they stand for, and patterns that find them in running text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

NUMBER_WORDS: dict[str, int]

LAST_DAY = 31
LAST_WITH_EN = 12
_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = (
    *("tien", "elf", "twaalf", "dertien", "veertien"),
    *("vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_FROM_TWENTY = (f"{unit}en{ten}" if unit else ten for ten in _TENS for unit in ("", *_UNITS[1:]))
_SMALL = (*_UNITS, *_TEENS, *_FROM_TWENTY)
_IRREGULAR_ORDINALS = {1: "eerste", 3: "derde", 8: "achtste"}
_TH_FROM = 20

_DIGIT = "(?:een|één|eén|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_TEN = "(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)"
_TEEN = f"(?:{'|'.join(_TEENS)})"
# Each may have blanks inside, as dictated text does; none looks at letter case, that is the caller's.
UP_TO_99 = f"(?:(?:{_DIGIT} ?[eë]n ?)?{_TEN}|{_TEEN}|{_DIGIT})"
UP_TO_9999 = (
    f"(?:(?:(?:{UP_TO_99} ?)?duizend(?: ?(?:en ?)?))?(?:{UP_TO_99} ?)?honderd(?: ?(?:en ?)?{UP_TO_99})?"
    f"|(?:{UP_TO_99} ?)?duizend(?: ?(?:en ?)?{UP_TO_99})?|{UP_TO_99})"
)


def __getattr__(name: str) -> dict[str, int]:
    if name == "NUMBER_WORDS":
        return number_words()
    raise AttributeError(name)


@cache
def number_words() -> dict[str, int]:
    """The numbers 0 to 9999 by their spellings: small letters, no blanks, with and without marks.

    Source: Woordenlijst Nederlandse Taal (a trema after e, accents on "één"); "honderdentwaalf" and
    "elfhonderd" as they are said. Made on first use; also there as ``NUMBER_WORDS``.
    """
    found = dict(_plain())
    found.update([(_accented(word), number) for word, number in found.items() if "een" in word])
    found.update([(_with_trema(word), number) for word, number in found.items() if "een" in word])
    return found


def spoken_number(words: Sequence[str]) -> int | None:
    """The number from 0 to 9999 that the words make together, or None where they make none.

    "drie en twintig" is 23, "negentien honderd achtennegentig" 1998; "zes tien" is two numbers.
    """
    parts = [part for word in words for part in _folded(word).split("-")]
    if any(word == "tien" and last in _UNITS for last, word in pairwise(parts)):
        return None
    joined = "".join(parts)
    known = number_words()
    return known.get(joined, known.get(re.sub("(?<=honderd|duizend)en", "", joined)))


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _plain() -> Iterator[tuple[str, int]]:
    below_thousand = [(word, number) for number, word in enumerate(_SMALL) if number]
    hundreds = [("honderd", 100), *((f"{_SMALL[n]}honderd", n * 100) for n in range(1, 100) if n % 10)]
    above_hundred = list(_with_rests(hundreds))
    below_thousand += [(word, number) for word, number in above_hundred if number < 1000]  # noqa: PLR2004
    yield _SMALL[0], 0
    yield from below_thousand
    yield from above_hundred
    for head, thousand in [("duizend", 1000), *((f"{_SMALL[n]}duizend", n * 1000) for n in range(1, 10))]:
        yield head, thousand
        yield from ((head + word, thousand + number) for word, number in below_thousand)
        yield from ((f"{head}en{_SMALL[rest]}", thousand + rest) for rest in range(1, LAST_WITH_EN + 1))


def _with_rests(heads: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    for head, hundred in heads:
        yield head, hundred
        yield from ((head + _SMALL[rest], hundred + rest) for rest in range(1, 100))
        yield from ((f"{head}en{_SMALL[rest]}", hundred + rest) for rest in range(1, LAST_WITH_EN + 1))


def _accented(word: str) -> str:
    ended = f"{word[:-3]}één" if word.endswith("een") else word
    return ended.replace("eenen", "éénen")


def _with_trema(word: str) -> str:
    return word.replace("tweeen", "tweeën").replace("drieen", "drieën")


def _ordinals() -> Iterator[tuple[str, int]]:
    for number in range(1, LAST_DAY + 1):
        word = _SMALL[number]
        ordinal = _IRREGULAR_ORDINALS.get(number, word + ("ste" if number >= _TH_FROM else "de"))
        yield from ((spelling, number) for spelling in {ordinal, _accented(ordinal), _with_trema(ordinal)})


ORDINAL_WORDS: dict[str, int] = dict(_ordinals())
ORDINAL = f"(?:{'|'.join(sorted(ORDINAL_WORDS, key=len, reverse=True))})"
