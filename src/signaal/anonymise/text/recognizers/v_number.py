"""NL_V_NUMBER."""

from collections.abc import Iterable
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.pattern import HYPHEN, MARK, DutchPatternRecognizer, after
from signaal.anonymise.text.recognizers.spoken_digits import digit_runs

_CALLED = (
    rf"v(?:\s|{HYPHEN}|\.){{0,2}}(?:nummers?|nrs?\.?|num)(?![^\W_])|vreemdelingen ?-?"
    rf"(?:nummer|nr)|ind[- ]?(?:nummer|nr)|"
    r"crv[- ]?(?:nummer|nr)|bvv[- ]?(?:nummer|nr)?|vnr"
)
_NO_DATE = r"(?!(?:0?[1-9]|[12]\d|3[01])[-. ](?:0?[1-9]|1[0-2])[-. ](?:19|20)\d\d(?!\d))"
_FEWEST, _MOST = 7, 12


class NlVNumberRecognizer(DutchPatternRecognizer):
    """The ten digits by which the IND knows a foreign national; they count where they are called so.

    Source: Vreemdelingenbesluit 2000, Basisvoorziening Vreemdelingen. Examples: V-nummer 2841730956,
    v nr. 284 173 0956, "vnummer twee acht vier een zeven drie nul negen vijf zes". A digit too few or
    too many makes no difference.
    """

    ENTITY: ClassVar[str] = "NL_V_NUMBER"
    TRIGGER: ClassVar[str | None] = rf"\d(?:{MARK}{{0,3}}\d){{{_FEWEST - 1}}}"
    REACH: ClassVar[int | None] = 3
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "called a V-number",
            rf"(?<!\d)(?=\d(?:{MARK}{{0,3}}\d){{{_FEWEST - 1}}}){after(_CALLED, 5)}{_NO_DATE}"
            rf"\d(?:{MARK}{{0,3}}\d){{{_FEWEST - 1},{_MOST - 1}}}(?!\d)",
            0.9,
        ),
        Pattern(
            "V and ten digits", rf"(?i)(?<![^\W_])v{MARK}{{0,2}}(?P<value>2\d(?:{MARK}?\d){{8}})(?!\w)", 0.7
        ),
    ]
    _called = regex.compile(after(_CALLED, 5))

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """Numbers in words after the same words."""
        for start, end, digits in digit_runs(text):
            if _FEWEST <= len(digits) <= _MOST and self._called.match(text, start):
                yield self._result(start, end, 0.8, "called a V-number, in words")
