"""NL_BSN: the citizen service number."""

from collections.abc import Iterable
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.pattern import (
    HYPHEN,
    MARK,
    NO_PRICE_BEFORE,
    NO_QUANTITY_AFTER,
    DutchPatternRecognizer,
    after,
)
from signaal.anonymise.text.recognizers.spoken_digits import digit_runs

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_CALLED = (
    r"bsn(?:-?(?:nummer|nr))?|b\.s\.n\.?|burger[ -]?service[ -]?(?:nummer|nr)|sofi(?:[ -]?(?:nummer|nr))?|"
    r"persoonsnummer|burger[ -]?nummer|social security number|ssn"
)
_BLANK_OR_DOT = rf"(?!{HYPHEN}){MARK}"
_ALONE = rf"(?<!\d)(?<!\d{MARK}{{1,2}}|\d,)"
_START = rf"(?<!\d)(?<!\d[.,]){NO_PRICE_BEFORE}"
_END = rf"(?!\d){NO_QUANTITY_AFTER}"
_DAY, _MONTH, _YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
_NO_DATE = rf"(?!{_DAY}[. ]?{_MONTH}[. ]?{_YEAR}(?!\d)|{_YEAR}[. ]?{_MONTH}[. ]?{_DAY}(?!\d))"
_LENGTHS = (8, 9)


class NlBsnRecognizer(DutchPatternRecognizer):
    """Nine digits, or eight with a zero left out, that pass the 11-test.

    Source: Logisch Ontwerp GBA/BRP, element 01.20; Wet algemene bepalingen burgerservicenummer.
    Examples: 111222333, 1112.22.333, 111 222 333, "bsn een een een twee twee twee drie drie drie". A
    number that is called a BSN counts even where the test fails: a typing error does not make it
    harmless.
    """

    ENTITY: ClassVar[str] = "NL_BSN"
    TRIGGER: ClassVar[str | None] = rf"\d(?:{MARK}{{0,3}}\d){{6}}"
    OVERLAPPED: ClassVar[bool] = True
    REACH: ClassVar[int | None] = 0
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern("nine digits that pass the 11-test", rf"{_START}\d{{9}}{_END}", 0.05),
        Pattern(
            "nine digits in groups of three that pass the 11-test",
            rf"{_START}(?<!\d\d\d{MARK}|\d\d\d\d{MARK})(?:\d{{3}}{MARK}{{1,2}}\d{{3}}|\d{{4}}"
            rf"{MARK}{{1,2}}\d\d)"
            rf"{MARK}{{1,2}}\d{{3}}(?!{MARK}\d){_END}",
            0.05,
        ),
        Pattern(
            "nine digits with marks between that pass the 11-test",
            rf"{_ALONE}{NO_PRICE_BEFORE}\d(?:{MARK}{{0,3}}\d){{8}}(?!{MARK}{{1,2}}\d){_END}",
            0.05,
        ),
        Pattern(
            "eight digits that pass the 11-test with a zero before them",
            rf"{_ALONE}{NO_PRICE_BEFORE}{_NO_DATE}\d(?:{_BLANK_OR_DOT}?\d){{7}}(?!{MARK}{{1,2}}\d){_END}",
            0.05,
        ),
        Pattern(
            "called a BSN",
            rf"(?<!\d)(?=\d(?:{MARK}{{0,3}}\d){{7}}){after(_CALLED, 6)}(?!\d{{1,2}}-\d{{1,2}}-\d{{4}})\d"
            rf"(?:{MARK}{{0,3}}\d){{7,8}}(?!\d)",
            0.8,
        ),
        Pattern(
            "called a BSN, of another length",
            rf"(?<!\d)(?=\d(?:{MARK}{{0,3}}\d){{6}}){after(_CALLED, 1)}\d(?:{MARK}{{0,3}}\d){{6,10}}(?!\d)",
            0.6,
        ),
    ]
    _called = regex.compile(after(_CALLED))

    def validate_result(self, pattern_text: str) -> bool | None:
        """True where the 11-test holds."""
        return eleven_test(pattern_text) or None

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """Numbers in words that are called a BSN, or nine digits long and pass the 11-test."""
        for start, end, digits in digit_runs(text):
            if self._called.match(text, start) and len(digits) >= _LENGTHS[0] - 1:
                yield self._result(start, end, 0.8, "called a BSN, in words")
            elif len(digits) == len(WEIGHTS) and eleven_test(digits):
                yield self._result(start, end, 0.7, "in words, passes the 11-test")


def eleven_test(text: str) -> bool:
    """Whether the digits of a text, filled to nine, are a BSN: their weighted sum divides by 11."""
    digits = [int(letter) for letter in text if letter.isdecimal()]
    number = [0] * (len(WEIGHTS) - len(digits)) + digits
    if len(number) != len(WEIGHTS) or sum(digits) == 0:
        return False
    return sum(weight * digit for weight, digit in zip(WEIGHTS, number, strict=True)) % 11 == 0
