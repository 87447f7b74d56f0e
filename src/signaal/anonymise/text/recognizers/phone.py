"""PHONE_NUMBER."""

from collections.abc import Iterable
from typing import ClassVar

import phonenumbers
import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.near_digits import SECONDS_A_PATTERN
from signaal.anonymise.text.recognizers.pattern import (
    NO_QUANTITY_AFTER,
    DutchPatternRecognizer,
    after,
)
from signaal.anonymise.text.recognizers.spoken_digits import Run, digits_of, spoken_runs
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_WORDS = word_lists("phone_words")
_CALLED, _PERHAPS = one_of(_WORDS["called"]), one_of(_WORDS["perhaps"])
_REGIONS = _WORDS["regions"]
# Between two digits of a phone number people put whatever they like.
_M = r"[-. \t()\[\]/_,\u00a0\u00ad\u00b7\u2000-\u200b\u2010-\u2015\u202f\u2060\u2212\ufeff]"
_B = r"[-. \t()\[\]/_\u00a0\u00ad\u00b7\u2000-\u200b\u2010-\u2015\u202f\u2060\u2212\ufeff]"
_START = r"(?<!\d)(?<!\d[.,]|\d-(?!0[1-9](?:\D{0,2}\d){8}(?!\d)))"
_SHORT_YEAR_AND_TIME = r"\d\d,? [0-2]?\d[:.][0-5]\d(?!\d)"
_DATE = (
    r"(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ]"
    rf"(?:(?:19|20)\d\d(?!\d)|{_SHORT_YEAR_AND_TIME})"
)
_TIMES = r"[0-2]?\d[.:][0-5]\d ?(?:[-–/]|tot|en) ?[0-2]?\d[.:][0-5]\d(?!\d)"
_NO_DATE_OR_TIME = rf"(?!{_DATE}|{_TIMES})"
_NATIONAL, _FEWEST, _MOST = 10, 8, 15
_ABROAD = "+"


class DutchPhoneRecognizer(DutchPatternRecognizer):
    """Ten digits that start with a zero in whatever groups, also mistyped; foreign ones; in words.

    Source: Nummerplan telefoon- en ISDN-diensten: national numbers have ten digits; ITU-T E.164, as the
    phonenumbers library knows it, for those of other countries. Examples: 06-1234 56 78, (010) 412 33 44,
    0031 6 12345678, +48 601 234 567, "nul zes twaalf vierendertig zesenvijftig achtenzeventig".
    """

    ENTITY: ClassVar[str] = "PHONE_NUMBER"
    TRIGGER: ClassVar[str | None] = rf"\d(?:{_M}{{0,5}}\d){{4}}"
    OVERLAPPED: ClassVar[bool] = True
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "ten digits, the first a zero",
            rf"{_START}{_NO_DATE_OR_TIME}(?:\((?=0))?0{_B}{{0,2}}[1-9](?:{_B}{{0,4}}\d){{8}}(?!\d)",
            0.75,
        ),
        Pattern("ten digits in one", r"(?<!\d)0[1-9]\d{8}(?!\d)", 0.75),
        Pattern(
            "with the country code of the Netherlands",
            rf"(?<!\d)\(?(?:\+{_B}{{0,2}}|0{_B}?0{_B}{{0,2}})\(?31[ \d()./-]{{0,5}}?(?:"
            rf"{_B}{{0,4}}\d){{7,10}}(?!\d)",
            0.8,
        ),
        Pattern(
            "country code without plus, mobile",
            rf"(?<!\d)31{_B}{{0,3}}(?:\(?0\)?{_B}{{0,2}})?6(?:{_B}{{0,3}}\d){{8}}(?!\d)",
            0.8,
        ),
        Pattern(
            "mobile, mistyped",
            rf"{_START}{_NO_DATE_OR_TIME}0{_B}?6(?:{_B}{{0,3}}\d){{6,10}}(?!\d){NO_QUANTITY_AFTER}",
            0.6,
        ),
        Pattern(
            "called a phone number",
            rf"(?<!\d)(?<!\d[-/])(?=\(?\d(?:{_B}{{0,4}}\d){{5}}){after(_CALLED)}{_NO_DATE_OR_TIME}\(?\d(?:"
            rf"{_B}{{0,4}}\d){{5,14}}(?!\d){NO_QUANTITY_AFTER}",
            0.6,
        ),
        Pattern(
            "perhaps called a phone number",
            rf"(?<!\d)(?=\(?\d(?:{_B}{{0,3}}\d){{7}}){after(_PERHAPS, 2)}{_NO_DATE_OR_TIME}\(?\d(?:"
            rf"{_B}{{0,3}}\d){{7,12}}(?!\d)"
            rf"{NO_QUANTITY_AFTER}",
            0.5,
        ),
        Pattern("free number", r"(?<!\d)(?<!\d[.,-])0[89]0[0-9][- .]?\d{4}(?:[ .]?\d{3})?(?!\d)", 0.6),
    ]
    _called = regex.compile(after(f"{_CALLED}|{_PERHAPS}"))
    _abroad = regex.compile(
        rf"(?<!\d)(?:\+|00){_B}{{0,2}}[1-9](?:{_B}{{0,3}}\d){{6,14}}(?!\d){NO_QUANTITY_AFTER}"
    )
    _national = regex.compile(
        rf"(?<!\d)(?<!\d[.,-])(?=0){_NO_DATE_OR_TIME}0[1-9](?:{_B}{{0,2}}\d){{7,10}}(?!\d)"
    )

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """What the phonenumbers library knows, and numbers in words."""
        for match in self._abroad.finditer(text, timeout=SECONDS_A_PATTERN):
            if _is_possible(match[0]):
                yield self._result(match.start(), match.end(), 0.8, "with a country code")
        for match in self._national.finditer(text, timeout=SECONDS_A_PATTERN):
            if _is_valid(match[0]):
                yield self._result(
                    match.start(), match.end(), 0.6, "valid in one of the countries people come from"
                )
        for run in spoken_runs(text):
            yield from self._in_words(text, run)

    def _in_words(self, text: str, run: Run) -> Iterable[RecognizerResult]:
        called = self._called.match(text, run[0].start) is not None
        for first in range(len(run)):
            last = _last_of_number(text, run[first : first + _MOST], called and first == 0)
            if last:
                yield self._result(run[first].start, run[first + last - 1].end, 0.75, "in words")
                return


def _last_of_number(text: str, run: Run, called: bool) -> int:
    """How many parts of a run, from its first, make a phone number; 0 where they make none."""
    said = digits_of(run)
    if said.startswith("06") or _abroad(text, run[0].start, said):
        return _parts_up_to(run, _NATIONAL if said.startswith("06") else _MOST)
    if said.startswith("0") and len(said) >= _NATIONAL:
        return _parts_up_to(run, _NATIONAL)
    return len(run) if called and len(said) >= _FEWEST - 1 else 0


def _abroad(text: str, start: int, said: str) -> bool:
    before = text[max(0, start - 6) : start].lower().rstrip()
    return before.endswith(("plus", "+")) or said.startswith(("0031", "316"))


def _parts_up_to(run: Run, most: int) -> int:
    """The parts whose digits reach the number's length; all of them where they stay below it."""
    length = 0
    for parts, said in enumerate(run, start=1):
        length += len(said.what)
        if length >= most:
            return parts
    return len(run) if length >= _FEWEST else 0


def _is_possible(text: str) -> bool:
    digits = "".join(letter for letter in text if letter.isdecimal()).removeprefix("00")
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(_ABROAD + digits))
    except phonenumbers.NumberParseException:
        return False


def _is_valid(text: str) -> bool:
    digits = "".join(letter for letter in text if letter.isdecimal())
    return len(digits) != _NATIONAL and any(_is_valid_in(digits, region) for region in _REGIONS)


def _is_valid_in(digits: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False
