"""``[PERSOON-1]``: who is who within one document, and nothing beyond it."""

from typing import ClassVar

from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.replacement import How


class NumberedOperator(FindingOperator):
    """Puts the word with a number: the same person the same one, in order of appearance."""

    HOW: ClassVar[How] = How.NUMBERED

    def put(self, text: str, finding: Finding) -> str:
        """The word with the number in brackets."""
        return f"[{finding.replacement.word}-{finding.number}]"
