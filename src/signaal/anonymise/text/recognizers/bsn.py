"""NL_BSN: the citizen service number."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class NlBsnRecognizer(DutchPatternRecognizer):
    """Nine digits, or eight with a zero left out, that pass the 11-test.

    Source: Logisch Ontwerp GBA/BRP, element 01.20; Wet algemene bepalingen burgerservicenummer.
    Examples: 111222333, 1112.22.333, 111 222 333. A number that is called a BSN counts even where
    the test fails: a typing error does not make it harmless.
    """

    ENTITY: ClassVar[str] = "NL_BSN"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern("digits", r"(?<![\d.,-])\d(?:[ .]?\d){7,8}(?![.,-]?\d)", 0.05),
        Pattern(
            "called so",
            r"(?i)\b(?:bsn|burger ?service ?nummer|sofi ?-?nummer)\b\D{0,20}"
            r"(?P<value>\d(?:[ .-]?\d){6,9})(?!\d)",
            0.8,
        ),
    ]

    def validate_result(self, pattern_text: str) -> bool | None:
        """True where the 11-test holds."""
        return eleven_test(pattern_text) or None


def eleven_test(text: str) -> bool:
    """Whether the digits of a text, filled to nine, are a BSN: their weighted sum divides by 11."""
    digits = [int(letter) for letter in text if letter.isdecimal()]
    number = [0] * (len(WEIGHTS) - len(digits)) + digits
    if len(number) != len(WEIGHTS) or sum(digits) == 0:
        return False
    return sum(weight * digit for weight, digit in zip(WEIGHTS, number, strict=True)) % 11 == 0
