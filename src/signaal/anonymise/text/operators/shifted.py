"""``3 maart`` becomes ``12 januari``: every date of a document moved back by as many days.

Source: shift and truncate, as for HIPAA in Hripcsak et al., J Am Med Inform Assoc 23 (2016). What lies
between two dates of a document stays true, the dates themselves do not.
"""

from typing import ClassVar

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.replacement import How
from signaal.anonymise.text.operators.written_date import written_date

SHORTEST_SHIFT, LONGEST_SHIFT = 30, 364
"""Days. A whole year would leave a date without a year as it is."""


class ShiftedOperator(FindingOperator):
    """Moves a date by its document's number of days; one that cannot be read becomes the word."""

    HOW: ClassVar[How] = How.SHIFTED

    def put(self, text: str, finding: Finding) -> str:
        """The moved date, written as the date was."""
        date = written_date(text)
        moved = date.moved(days_back(finding.keys, finding.document)) if date else text
        return finding.word if moved == text else moved


def days_back(keys: Keys, document: str) -> int:
    """By how many days the dates of a document are moved back, from 30 up to 364.

    A document is known by the id of its record, under the project's first key: a rotation shifts nothing.
    """
    document = keys.origin(document, document)
    number = int(keys.keyed("shift", document.encode("utf-8", "surrogatepass")), 16)
    return SHORTEST_SHIFT + number % (LONGEST_SHIFT - SHORTEST_SHIFT + 1)
