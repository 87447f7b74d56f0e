"""IBAN_CODE: the international bank account number."""

import csv
import re
from pathlib import Path
from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer

SHORTEST, LONGEST = 15, 34


def _country_pattern(length: int, countries: str) -> Pattern:
    """As many letters and digits as these countries have, with at most one mark between two of them."""
    codes = countries.replace(" ", "|")
    regex = rf"(?i)(?<![a-z0-9])(?:{codes})[ .-]?\d[ .-]?\d(?:[ .-]?[a-z0-9]){{{length - 4}}}(?![a-z0-9])"
    return Pattern(f"{length} characters", regex, 0.05)


def _lengths() -> list[Pattern]:
    with (Path(__file__).parent / "iban_lengths.csv").open(encoding="ascii", newline="") as rows:
        return [_country_pattern(int(row["length"]), row["countries"]) for row in csv.DictReader(rows)]


class IbanRecognizer(DutchPatternRecognizer):
    """Country, two check digits and 11 to 30 letters and digits, in groups or not.

    Source: ISO 13616 and its registry for the lengths; check by mod 97-10 of ISO/IEC 7064. Examples:
    NL91ABNA0417164300, nl91 abna 0417 1643 00. A Dutch one that fails the check is masked all the same.
    """

    ENTITY: ClassVar[str] = "IBAN_CODE"
    PATTERNS: ClassVar[list[Pattern]] = [
        *_lengths(),
        Pattern("Dutch", r"(?i)(?<![a-z0-9])nl[ .-]?\d{2}[ .-]?[a-z]{4}(?:[ .-]?\d){10}(?!\d)", 0.8),
    ]

    def validate_result(self, pattern_text: str) -> bool | None:
        """True where the check digits are right."""
        return mod_97(pattern_text) or None


def mod_97(text: str) -> bool:
    """Whether the letters and digits of a text have the check digits of an IBAN."""
    code = re.sub(r"[^0-9A-Z]", "", text.upper())
    if not SHORTEST <= len(code) <= LONGEST:
        return False
    return int("".join(str(int(letter, 36)) for letter in code[4:] + code[:4])) % 97 == 1
