"""NL_POSTCODE."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer


class NlPostcodeRecognizer(DutchPatternRecognizer):
    """Four digits, the first no zero, and two letters; SA, SD and SS are not given out.

    Source: NEN 5825; PostNL. Examples: 3011 AB, 3011ab. Two small letters after a blank are often a
    word ("2024 is"), so that they count only where the digits are no year and the word is no common one.
    """

    ENTITY: ClassVar[str] = "NL_POSTCODE"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern("capitals", r"(?<![\w.,-])[1-9]\d{3}[ \u00a0]{0,2}(?!SA|SD|SS)[A-Z]{2}(?!\w)", 0.9),
        Pattern("joined", r"(?<![\w.,-])[1-9]\d{3}(?!sa|sd|ss)[a-z]{2}(?!\w)", 0.9),
        Pattern(
            "small letters",
            r"(?<![\w.,-])(?!19\d\d|20[0-4]\d)[1-9]\d{3}[ \u00a0]"
            r"(?!sa|sd|ss|is|in|de|en|op|te|we|ze|ik|je|er|of|om|al|zo|ja|nu|of|na|km|kg|cm|mm|ml|pp|st|ha|eu)"
            r"[a-z]{2}(?!\w)",
            0.6,
        ),
    ]
