"""IBAN_CODE: the international bank account number."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.near_digits import SECONDS_A_PATTERN
from signaal.anonymise.text.recognizers.pattern import (
    MARK,
    NO_PRICE_BEFORE,
    NO_QUANTITY_AFTER,
    DutchPatternRecognizer,
    after,
)
from signaal.anonymise.text.recognizers.spoken_digits import digits_of, spelled_runs
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

SHORTEST, LONGEST = 15, 34
_WORDS = word_lists("account_words")
_CALLED, _PERHAPS, _BANK = (one_of(_WORDS[key]) for key in ("called", "perhaps", "banks"))
_FEWEST_SPOKEN = 7
_CHARACTERS = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}


@dataclass(frozen=True)
class _Country:
    length: int
    structure: re.Pattern[str]
    written: re.Pattern[str]


def _country(structure: str) -> _Country:
    parts = [(int(number), kind) for number, kind in re.findall(r"(\d+)([nac])", structure)]
    length = 4 + sum(number for number, _ in parts)
    code = "[A-Z]{2}[0-9]{2}" + "".join(f"{_CHARACTERS[kind]}{{{number}}}" for number, kind in parts)
    written = rf"(?i)[a-z0-9](?:(?:{MARK}{{1,3}}|\n)?[a-z0-9]){{{length - 1}}}"
    return _Country(length, re.compile(code), re.compile(written))


def _countries() -> dict[str, _Country]:
    with (Path(__file__).parent / "iban_structures.csv").open(encoding="ascii", newline="") as rows:
        return {row["country"]: _country(row["structure"]) for row in csv.DictReader(rows)}


class IbanRecognizer(DutchPatternRecognizer):
    """Country, two check digits and 11 to 30 letters and digits, in groups or not.

    Source: ISO 13616 and its registry for the structure; check by mod 97-10 of ISO/IEC 7064. Examples:
    NL91ABNA0417164300, nl91 abna 0417 1643 00, NL-91-ABNA-04.17.16.43.00. One that has its country's
    structure and fails the check is masked all the same, as is what is called an account number.
    """

    ENTITY: ClassVar[str] = "IBAN_CODE"
    TRIGGER: ClassVar[str | None] = r"\d"
    REACH: ClassVar[int | None] = 7
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "Dutch, mistyped",
            rf"(?i)(?<![a-z0-9])nl{MARK}{{0,2}}\d{MARK}{{0,2}}\d?{MARK}{{0,3}}[a-z]{{4}}"
            rf"(?:{MARK}{{0,3}}[\do]){{5,12}}(?![a-z0-9])",
            0.8,
        ),
        Pattern(
            "code of a Dutch bank and a number",
            rf"(?i)(?<![a-z]){_BANK}{MARK}{{0,3}}\d(?:{MARK}{{0,2}}\d){{8,10}}(?!\d)",
            0.8,
        ),
        Pattern(
            "called an account number",
            rf"(?<![^\W_])(?=\d(?:{MARK}{{0,2}}\d){{4}}|[A-Za-z]{{2}}{MARK}?\d){after(_CALLED)}"
            rf"(?!\d{{1,2}}-\d{{1,2}}-\d{{4}}){NO_PRICE_BEFORE}"
            rf"(?:[A-Za-z]{{2}}{MARK}?\d\d{MARK}{{0,2}}(?:[A-Za-z]{{4}}{MARK}{{0,2}})?)?"
            rf"\d(?:{MARK}{{0,2}}\d){{4,24}}(?!\d){NO_QUANTITY_AFTER}",
            0.7,
        ),
        Pattern(
            "perhaps an account number",
            rf"(?<!\d)(?=\d(?:{MARK}?\d){{8}}){after(_PERHAPS, 2)}{NO_PRICE_BEFORE}\d(?:{MARK}?\d){{8,9}}"
            rf"(?!\d){NO_QUANTITY_AFTER}",
            0.5,
        ),
    ]
    _called = regex.compile(after(f"{_CALLED}|{_PERHAPS}"))
    _countries = _countries()
    _head = regex.compile(rf"\d(?<=(?P<country>[a-zA-Z]{{2}}){MARK}{{0,3}}\d)(?={MARK}{{0,3}}\d)")

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """Whole numbers by their country's structure, and what is called an account number in words."""
        for head in self._head.finditer(text, timeout=SECONDS_A_PATTERN):
            yield from self._at(text, head.start("country"), head["country"].upper())
        for run in spelled_runs(text):
            if len(digits_of(run)) >= _FEWEST_SPOKEN and self._called.match(text, run[0].start):
                yield self._result(run[0].start, run[-1].end, 0.8, "called an account number, in words")

    def _at(self, text: str, start: int, code: str) -> Iterable[RecognizerResult]:
        country = self._countries.get(code)
        match = country.written.match(text, start) if country else None
        if not country or not match:
            return
        number = _plain(match[0])
        if not country.structure.fullmatch(number):
            return
        if mod_97(number):
            yield self._result(start, match.end(), 1.0, "right length, structure and check digits")
        elif start == 0 or not text[start - 1].isalnum():
            yield self._result(start, match.end(), 0.6, "right length and structure, wrong check digits")


def mod_97(text: str) -> bool:
    """Whether the letters and digits of a text have the check digits of an IBAN."""
    code = _plain(text)
    if not SHORTEST <= len(code) <= LONGEST:
        return False
    return int("".join(str(int(letter, 36)) for letter in code[4:] + code[:4])) % 97 == 1


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())
