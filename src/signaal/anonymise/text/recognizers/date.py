"""DATE_TIME: calendar dates, birth dates among them."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer

_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|"
    r"sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"


class DutchDateRecognizer(DutchPatternRecognizer):
    """A day of the calendar, in figures or with the month's name; a month or year alone is left.

    Source: NEN-ISO 8601 and Dutch use. Examples: 12-04-2021, 2021-04-12, 3 maart, 3 mrt. '98.
    """

    ENTITY: ClassVar[str] = "DATE_TIME"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "figures",
            rf"(?<![\d-]){_DAY}(?P<s>[-/.])(?:0?[1-9]|1[0-2])(?P=s)(?:\d{{4}}|\d{{2}})(?![\d-])",
            0.9,
        ),
        Pattern("ISO 8601", r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)", 0.9),
        Pattern(
            "month by name", rf"(?i)\b{_DAY}(?:e|ste|de)? {_MONTH}\b\.?(?: (?:19|20)\d\d\b| ['’]\d\d\b)?", 0.8
        ),
    ]
