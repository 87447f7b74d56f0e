"""NL_V_NUMBER."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer


class NlVNumberRecognizer(DutchPatternRecognizer):
    """The ten digits by which the IND knows a foreign national; they count where they are called so.

    Source: Vreemdelingenbesluit 2000, Basisvoorziening Vreemdelingen. Examples: V-nummer 2841730956,
    v nr. 284 173 0956.
    """

    ENTITY: ClassVar[str] = "NL_V_NUMBER"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "called so",
            r"(?i)\b(?:v[ .-]{0,2}(?:nummer|nr)|vreemdelingen ?nummer)\b\D{0,15}"
            r"(?P<value>\d(?:[ .-]?\d){9})(?!\d)",
            0.9,
        ),
    ]
