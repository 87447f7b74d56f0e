"""``[PERSOON-KXDRTBWMHQZC]``: a keyed stand-in, the same throughout the project."""

from typing import ClassVar

from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.replacement import How


class PseudonymOperator(FindingOperator):
    """Puts the word with the pseudonym that the value has in texts and tables of the project."""

    HOW: ClassVar[How] = How.PSEUDONYM

    def put(self, text: str, finding: Finding) -> str:
        """The keyed stand-in in brackets."""
        return finding.pseudonym
