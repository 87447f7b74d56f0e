"""NL_LICENSE_PLATE."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer

# X stands for a letter and 9 for a digit; side codes 1 to 14 and the two series of light vehicles.
_SIDE_CODES = (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99",
    "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
)  # fmt: skip


def _pattern(code: str) -> str:
    return code.replace("X", "[A-Z]").replace("9", r"\d")


class NlLicensePlateRecognizer(DutchPatternRecognizer):
    """Three groups of letters and digits with hyphens, as the plate itself shows them.

    Source: Kentekenreglement; RDW, sidecodes 1-14. Examples: XJ-204-T, 12-ABC-3. Without hyphens it
    counts only where the word kenteken stands before it.
    """

    ENTITY: ClassVar[str] = "NL_LICENSE_PLATE"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern("side code", rf"(?i)(?<![\w-])(?:{'|'.join(map(_pattern, _SIDE_CODES))})(?![\w-])", 0.9),
        Pattern(
            "called so",
            r"(?i)\b(?:kenteken|nummerbord|nummerplaat)\b\W{0,3}(?:is |nummer )?"
            r"(?P<value>(?=[a-z0-9 -]*\d)[a-z0-9]{1,3}[ -]?[a-z0-9]{1,3}[ -]?[a-z0-9]{1,3})(?!\w)",
            0.8,
        ),
    ]
