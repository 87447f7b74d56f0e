"""``[PLAATS]``: the word of its kind."""

from typing import ClassVar

from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.replacement import How


class WordOperator(FindingOperator):
    """Puts the word of its kind: all findings of a kind look the same."""

    HOW: ClassVar[How] = How.WORD

    def put(self, text: str, finding: Finding) -> str:
        """The word in brackets."""
        return finding.word
