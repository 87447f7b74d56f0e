"""Nothing: what was found is left out, and the sentence closes over it."""

import re
from typing import ClassVar

from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.replacement import How

GAP = "\ufdd0"
"""Stands where something was, until the text is closed: Unicode keeps it out of every text."""

_BLANK = r"[ \t\u00a0]"
_FROM = rf"(?<!{_BLANK})"  # at the first blank only, or many blanks cost time by their square
# In this order: each is applied once, to what the former left.
_CLOSINGS = [
    (rf"{GAP}['’`´][sS]\b", GAP),
    (rf"{GAP}(?:{_BLANK}*+(?:[,/&]|\b(?:en|of)\b)?{_BLANK}*+{GAP})+", GAP),
    (rf"[(\[{{]{_BLANK}*{GAP}{_BLANK}*[)\]}}]", GAP),
    (rf"[\"“„”‘']{_BLANK}*{GAP}{_BLANK}*[\"”“’']", GAP),
    (rf"(?m)^({_BLANK}*[-*•]){_BLANK}+{GAP}{_BLANK}*[,;:.!?]*$", r"\1"),
    (rf"(?m)^({_BLANK}*(?:[-*•]{_BLANK}+)?){GAP}{_BLANK}*[,;:.!?]*(?:{_BLANK}+|$)", r"\1"),
    (rf"(?m)(?<=[.!?:;]){_BLANK}+{GAP}{_BLANK}*[,;:.!?]+(?={_BLANK}|$)", ""),
    (rf"[,;]{_BLANK}*{GAP}{_BLANK}*(?=[,;:.!?])", ""),
    (rf"(?m){_FROM}{_BLANK}*+{GAP}{_BLANK}*(?=[,;:.!?)\]}}]|$)", ""),
    (rf"(?<=[(\[{{\"“„‘']){GAP}{_BLANK}*", ""),
    (rf"{_FROM}{_BLANK}++{GAP}{_BLANK}+", " "),
    (GAP, ""),
]
_COMPILED = [(re.compile(pattern), put) for pattern, put in _CLOSINGS]


class RemovedOperator(FindingOperator):
    """Leaves a gap, which ``closed`` takes out of the text."""

    HOW: ClassVar[How] = How.REMOVED

    def put(self, text: str, finding: Finding) -> str:
        """The sign of a gap."""
        return GAP


def closed(text: str) -> str:
    """A text without its gaps, nor the blanks, marks and brackets that stood for what is gone."""
    if GAP not in text:
        return text
    for pattern, put in _COMPILED:
        text = pattern.sub(put, text)
    return text
