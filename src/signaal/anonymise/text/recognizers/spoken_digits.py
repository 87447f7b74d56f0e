"""Numbers that are said digit by digit or group by group, as in dictated text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import normalize

import yaml

from signaal.anonymise.text.recognizers.number_words import number_words, spoken_number
from signaal.anonymise.text.recognizers.word_lists import word_lists

_WORDS = yaml.safe_load((Path(__file__).parent / "spelled_letters.yaml").read_text(encoding="utf-8"))
_BANKS = [code.lower() for code in word_lists("account_words")["banks"]]
_LETTERS: dict[str, str] = _WORDS["names"] | {code: code for code in _BANKS}
_MARKS = frozenset(_WORDS["marks"])
_BETWEEN = _MARKS.union(_WORDS["between"])
_REPEATS: dict[str, int] = _WORDS["repeats"]
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|\d+")
_GAP = re.compile(r"[^\w\n]{0,4}\n?[^\w\n]{0,4}")
_FEW_LETTERS = re.compile(r"[a-z]|[bcdfghjklmnpqrstvwxz]{2,3}")
_ROUND = ("honderd", "duizend")
_GOES_ON = frozenset({"en", "ën", *_ROUND})
_MOST_BETWEEN = 2
_MOST_WORDS = 4
_LONG = 4


@dataclass(frozen=True)
class Said:
    """Characters ``start`` up to ``end`` of a text and the digits or the letters said there."""

    start: int
    end: int
    what: str
    in_words: bool = False


Run = tuple[Said, ...]


def digit_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits of each run of numbers, at least one of them in words.

    One number by itself is a run from a thousand up, where it takes more words than one.
    "nul zes twaalf 34" is 061234, "dubbel vier" 44, "vier en dertig" 34.
    """
    for run in spoken_runs(text):
        yield run[0].start, run[-1].end, digits_of(run)


def spoken_runs(text: str) -> list[Run]:
    """The same runs with their parts, so that a caller can take the first few of them."""
    runs = (part for run in spelled_runs(text) for part in _without_letters(run))
    return [run for run in runs if _counts(run)]


@lru_cache(maxsize=1)
def spelled_runs(text: str) -> tuple[Run, ...]:
    """Runs of numbers and letters, at least one number of them in words: "x j twee nul vier t"."""
    keys = _WORD.findall(_key(text))
    stretches = list(_stretches(keys))
    words = list(_WORD.finditer(text)) if stretches else []
    runs = (run for first, last in stretches for run in _runs(text, words[first:last]))
    return tuple(run for run in runs if _counts(run))


def digits_of(run: Sequence[Said]) -> str:
    """What was said, in one piece."""
    return "".join(said.what for said in run)


@cache
def _telling() -> frozenset[str]:
    """Number words and marks that are said; not "een", which mostly is an article."""
    return _MARKS.union(number_words().keys() - {"een"})


def _stretches(keys: list[str]) -> Iterator[tuple[int, int]]:
    """Where words stand together that may all be part of a number, one of them surely."""
    end = 0
    for place in _sure(keys):
        if place >= end:
            start = place
            while start > end and _may_be_part(keys[start - 1]):
                start -= 1
            end = place + 1
            while end < len(keys) and _may_be_part(keys[end]):
                end += 1
            if end - start > 1:
                yield start, end


def _sure(keys: list[str]) -> list[int]:
    """Places of number words; "een" is mostly an article, and counts where three of them stand together."""
    telling = _telling()
    if telling.isdisjoint(keys) and " een een een " not in f" {' '.join(keys)} ":
        return []
    return [
        place
        for place, key in enumerate(keys)
        if key in telling or (key == "een" and keys[place : place + 3] == ["een"] * 3)
    ]


def _key(word: str) -> str:
    return word.lower() if word.isascii() else normalize("NFC", word.lower())


def _may_be_part(word: str) -> bool:
    if word.isdecimal() or word in number_words() or _FEW_LETTERS.fullmatch(word):
        return True
    return word in _BETWEEN or word in _REPEATS or word in _LETTERS


def _counts(run: Run) -> bool:
    return any(said.in_words for said in run) and (len(run) > 1 or len(run[0].what) >= _LONG)


def _without_letters(run: Run) -> Iterator[Run]:
    part: list[Said] = []
    for said in run:
        if said.what.isdecimal():
            part.append(said)
        else:
            yield tuple(part)
            part = []
    yield tuple(part)


def _runs(text: str, words: list[re.Match[str]]) -> Iterator[Run]:
    run: list[Said] = []
    place, skipped = 0, 0
    while place < len(words):
        said, used = _said(words, place)
        if run and not _follows(text, words[place - 1].end(), words[place].start()):
            yield tuple(run)
            run, skipped = [], 0
        if said:
            run.append(replace(said, in_words=said.in_words or _key(words[place - 1][0]) in _MARKS))
            skipped = 0
        elif run:
            skipped += 1
            if skipped > _MOST_BETWEEN or words[place][0].lower() not in _BETWEEN:
                yield tuple(run)
                run, skipped = [], 0
        place += used
    yield tuple(run)


def _follows(text: str, end: int, start: int) -> bool:
    return _GAP.fullmatch(text, end, start) is not None


def _said(words: list[re.Match[str]], place: int) -> tuple[Said | None, int]:
    """What the words from a place on say, if a number or a letter, and how many of them say it."""
    match, word = words[place], _key(words[place][0])
    if word.isdecimal():
        return Said(match.start(), match.end(), word), 1
    if word in _REPEATS and place + 1 < len(words):
        said, used = _number(words, place + 1)
        return (
            (Said(match.start(), said.end, said.what * _REPEATS[word], True), used + 1) if said else (None, 1)
        )
    if word in number_words():
        return _number(words, place)
    letter = word if _FEW_LETTERS.fullmatch(word) else _LETTERS.get(word)
    return (Said(match.start(), match.end(), letter) if letter else None), 1


def _number(words: list[re.Match[str]], place: int) -> tuple[Said | None, int]:
    first = words[place]
    for used in range(_most(words, place), 0, -1):
        together = words[place : place + used]
        number = spoken_number([_key(word[0]) for word in together])
        if number is not None:
            return Said(first.start(), together[-1].end(), str(number), True), used
    return None, 1


def _most(words: list[re.Match[str]], place: int) -> int:
    """How many words a number may take: "vier en dertig", "twee honderd", "duizend een", else one."""
    if place + 1 == len(words):
        return 1
    goes_on = _key(words[place][0]).endswith(_ROUND) or _key(words[place + 1][0]) in _GOES_ON
    return min(_MOST_WORDS, len(words) - place) if goes_on else 1
