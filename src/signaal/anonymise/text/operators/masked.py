"""``█████``: as in a paper that was blacked out."""

from typing import ClassVar

from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.replacement import How

MASK = "█████"
"""Always as long, since the length of a name says something about it."""


class MaskedOperator(FindingOperator):
    """Puts a black bar of one length, whatever it covers."""

    HOW: ClassVar[How] = How.MASKED

    def put(self, text: str, finding: Finding) -> str:
        """The bar."""
        return MASK
