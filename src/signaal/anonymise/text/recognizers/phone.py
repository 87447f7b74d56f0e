"""PHONE_NUMBER."""

from typing import ClassVar

from presidio_analyzer import Pattern
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from signaal.anonymise.text.recognizers.pattern import LANGUAGE, DutchPatternRecognizer


class DutchPhoneRecognizer(PhoneRecognizer):
    """Numbers that the phonenumbers library accepts: Dutch ones, and foreign ones with their +.

    Source: Nummerplan telefoon- en ISDN-diensten; ITU-T E.164. Examples: 06 12 34 56 78,
    +31 (0)10 412 33 44, +48 601 234 567.
    """

    SCORE = 0.7

    def __init__(self) -> None:
        super().__init__(supported_language=LANGUAGE, supported_regions=("NL",), name="PHONE_NUMBER")


class DutchPhonePatternRecognizer(DutchPatternRecognizer):
    """Ten digits that start with a zero, in whatever groups: also a number that was mistyped.

    Source: Nummerplan telefoon- en ISDN-diensten: national numbers have ten digits. Examples:
    06-1234 56 78, (010) 412 33 44, 0031 6 12345678.
    """

    ENTITY: ClassVar[str] = "PHONE_NUMBER"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern("ten digits", r"(?<![\d.,-])\(?0[1-9](?:[ ()./-]{0,3}\d){8}(?!\d)", 0.7),
        Pattern(
            "with the country",
            r"(?<![\d.,-])(?:\+|00) ?31[ (0)./-]{0,5}[1-9](?:[ ()./-]{0,2}\d){8}(?!\d)",
            0.8,
        ),
        Pattern("mobile, mistyped", r"(?<![\d.,-])06(?:[ ./-]{0,3}\d){6,9}(?!\d)", 0.6),
    ]
