"""NL_KVK: numbers of the trade register."""

from collections.abc import Iterable
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.pattern import MARK, DutchPatternRecognizer, after
from signaal.anonymise.text.recognizers.spoken_digits import digit_runs

_CALLED = (
    r"kvk|k\.v\.k\.?|k\.?v\.?k\.?-?(?:nummer|nr\.?)|kamer van koophandel|koophandel|handelsregister|"
    r"inschrijvings?(?:nummer|nr)|inschrijf(?:nummer|nr)|vestigings(?:nummer|nr)|rsin|chamber of commerce"
)
_NO_DATE = r"(?!(?:0?[1-9]|[12]\d|3[01])[-. ](?:0?[1-9]|1[0-2])[-. ](?:19|20)\d\d(?!\d))"
_FEWEST, _MOST = 7, 12


class NlKvkRecognizer(DutchPatternRecognizer):
    """Eight digits of a business, twelve of its branch, where a word before says that they are; VAT numbers.

    Source: Handelsregisterwet 2007, article 9; Handelsregisterbesluit 2008. The VAT number of somebody
    without staff names that person (Wet op de omzetbelasting 1968, article 35a). Examples: KvK 27312345,
    Kamer van Koophandel onder nummer 2731 2345, NL001234567B01.
    """

    ENTITY: ClassVar[str] = "NL_KVK"
    TRIGGER: ClassVar[str | None] = rf"\d(?:{MARK}{{0,3}}\d){{{_FEWEST - 1}}}"
    REACH: ClassVar[int | None] = 3
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "called a number of the trade register",
            rf"(?<!\d)(?=\d(?:{MARK}{{0,3}}\d){{{_FEWEST - 1}}}){after(_CALLED, 5)}{_NO_DATE}(?!0[1-9](?:"
            rf"{MARK}{{0,3}}\d){{8}}(?!\d))"
            rf"\d(?:{MARK}{{0,3}}\d){{{_FEWEST - 1},{_MOST - 1}}}(?!\d)",
            0.8,
        ),
        Pattern(
            "VAT number",
            rf"(?i)(?<![a-z0-9])nl{MARK}?\d(?:{MARK}{{0,2}}\d){{8}}{MARK}{{0,2}}b{MARK}{{0,2}}\d{MARK}?\d"
            rf"(?!\w)",
            0.9,
        ),
    ]
    _called = regex.compile(after(_CALLED, 5))

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """Numbers in words after the same words."""
        for start, end, digits in digit_runs(text):
            if _FEWEST <= len(digits) <= _MOST and self._called.match(text, start):
                yield self._result(start, end, 0.8, "called a number of the trade register, in words")
