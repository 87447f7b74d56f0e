"""AGE: how old a person is."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer


class DutchAgeRecognizer(DutchPatternRecognizer):
    """A number of years that is somebody's age, in digits.

    Source: HIPAA Safe Harbor names ages over 89, 45 CFR 164.514(b)(2)(i)(C); in a neighbourhood a
    younger age narrows down as well. Examples: 16-jarige, 34 jaar oud, (34 jaar), leeftijd: 34. A
    duration is left where a word says that it is one: "4 jaar geleden", "al 3 jaar".
    """

    ENTITY: ClassVar[str] = "AGE"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern("old", r"(?i)(?<![\d,.-])\d{1,3}[ -]?jarige?\b", 0.9),
        Pattern(
            "years",
            r"(?i)(?<![\d,.-])(?<!\b(?:al|over|na|voor|elke|ieder|iedere|afgelopen|laatste|eerste|ruim|bijna|sinds|"
            r"komende|om de|per|ongeveer|nog|binnen|wel) )\d{1,2} ?(?:jaar|jr\.?)(?: oud)?"
            r"(?![ \w]{0,3}(?:geleden|lang|later|cel|ervaring|eerder|terug|bezig|getrouwd|samen|garantie))\b",
            0.7,
        ),
        Pattern("called so", r"(?i)\b(?:leeftijd|lft\.?)\W{1,3}(?P<value>\d{1,2})(?![\d,.])", 0.8),
    ]
