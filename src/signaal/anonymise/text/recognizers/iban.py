"""IBAN_CODE: the international bank account number."""

import re
from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer


class IbanRecognizer(DutchPatternRecognizer):
    """Country, two check digits and 11 to 30 letters and digits, in groups or not.

    Source: ISO 13616; check by mod 97-10 of ISO/IEC 7064. Examples: NL91ABNA0417164300,
    nl91 abna 0417 1643 00. A Dutch account that fails the check is masked all the same.
    """

    ENTITY: ClassVar[str] = "IBAN_CODE"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "any country",
            r"(?i)(?<![a-z0-9])[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?(?![a-z0-9])",
            0.05,
        ),
        Pattern("Dutch", r"(?i)(?<![a-z0-9])nl[ .-]?\d{2}[ .-]?[a-z]{4}(?:[ .-]?\d){10}(?!\d)", 0.8),
    ]

    def validate_result(self, pattern_text: str) -> bool | None:
        """True where the check digits are right."""
        return mod_97(pattern_text) or None


def mod_97(text: str) -> bool:
    """Whether the letters and digits of a text have the check digits of an IBAN."""
    code = re.sub(r"[^0-9A-Z]", "", text.upper())
    if not code.isascii() or not 15 <= len(code) <= 34:  # noqa: PLR2004 - ISO 13616
        return False
    return int("".join(str(int(letter, 36)) for letter in code[4:] + code[:4])) % 97 == 1
