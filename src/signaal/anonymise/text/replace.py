"""Puts what the project chose where personal data was found, with Presidio's anonymiser."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

from signaal.anonymise.pseudonyms import Keys, normalise
from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.generalised import GeneralisedOperator
from signaal.anonymise.text.operators.invented import words_to_avoid
from signaal.anonymise.text.operators.masked import MaskedOperator
from signaal.anonymise.text.operators.numbered import NumberedOperator
from signaal.anonymise.text.operators.pseudonym import PseudonymOperator
from signaal.anonymise.text.operators.removed import RemovedOperator, closed
from signaal.anonymise.text.operators.replacement import How, Replacements, default_replacements
from signaal.anonymise.text.operators.shifted import ShiftedOperator
from signaal.anonymise.text.operators.stand_in import StandInOperator
from signaal.anonymise.text.operators.word import WordOperator
from signaal.anonymise.text.people import Known
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

OPERATORS: tuple[type[FindingOperator], ...] = (
    WordOperator,
    PseudonymOperator,
    NumberedOperator,
    StandInOperator,
    ShiftedOperator,
    GeneralisedOperator,
    MaskedOperator,
    RemovedOperator,
)
_POSSESSIVE = re.compile(r"['’`´]s(?!\w)")


@dataclass(frozen=True, repr=False)
class Replaced:
    """A text with its findings replaced, and what stands for each, in order ("" for what was removed)."""

    text: str
    stand_ins: tuple[str, ...] = ()


class Replacer:
    """Replaces findings as ``replacements.yaml`` or the project's own file says.

    Args:
        keys: the project's.
        replacements: the project's own; else the defaults.
    """

    def __init__(self, keys: Keys, replacements: Replacements | None = None) -> None:
        self._keys = keys
        self._of = (replacements or default_replacements()).of
        self._anonymizer = AnonymizerEngine()  # type: ignore[no-untyped-call]
        for operator in OPERATORS:
            self._anonymizer.add_anonymizer(operator)

    def replace(
        self,
        text: str,
        spans: Sequence[Span],
        people: Sequence[Known] = (),
        document: str | None = None,
        avoid: frozenset[str] = frozenset(),
    ) -> str:
        """The text with every span replaced; a span with a ``person`` means that one of ``people``.

        Args:
            text: the text.
            spans: what was found in it, in order and without overlap.
            people: the people that spans point at.
            document: what has its dates shifted together; else the text by itself.
            avoid: words that no invented value may have (``words_to_avoid``), beside those found here.
        """
        return self.replaced(text, spans, people, document, avoid).text

    def replaced(
        self,
        text: str,
        spans: Sequence[Span],
        people: Sequence[Known] = (),
        document: str | None = None,
        avoid: frozenset[str] = frozenset(),
    ) -> Replaced:
        """The same, with what stands for each span."""
        if not spans:
            return Replaced(text)
        values = [_meant(text, span, people) for span in spans]
        if any(self._of[span.entity].how is How.STAND_IN for span in spans):
            avoid |= words_to_avoid(
                [*values, *(text[span.start : span.end] for span in spans), *(term.value for term in people)]
            )
        findings = self._findings(spans, values, text if document is None else document, avoid)
        results = [
            RecognizerResult(_label(finding), span.start, self._end(text, span), span.score)
            for span, finding in zip(spans, findings, strict=True)
        ]
        operators = {
            _label(finding): OperatorConfig(finding.replacement.how, {"finding": finding})
            for finding in findings
        }
        made = self._anonymizer.anonymize(text, results, operators, merge_entities_with_spaces=False)
        stand_ins = [item.text for item in sorted(made.items, key=lambda item: item.start)]
        if any(finding.replacement.how is How.REMOVED for finding in findings):
            return Replaced(closed(made.text), tuple(map(closed, stand_ins)))
        return Replaced(made.text, tuple(stand_ins))

    def pseudonym(self, entity: Entity, value: str) -> str:
        """The keyed stand-in of a value, such as ``PERSOON-KXDRTBWMHQZC``."""
        return f"{self._of[entity].word}-{self._keys.pseudonym(entity, value)}"

    def _findings(
        self, spans: Sequence[Span], values: Sequence[str], document: str, avoid: frozenset[str]
    ) -> list[Finding]:
        numbers: dict[Entity, dict[str, int]] = {}
        findings = []
        for span, value in zip(spans, values, strict=True):
            known = numbers.setdefault(span.entity, {})
            number = known.setdefault(normalise(span.entity, value), len(known) + 1)
            replacement = self._of[span.entity]
            findings.append(Finding(span.entity, value, number, replacement, self._keys, document, avoid))
        return findings

    def _end(self, text: str, span: Span) -> int:
        """The end of what is replaced: an invented name has the genitive that fits it, not the real one's."""
        invented = span.entity is Entity.PERSON and self._of[span.entity].how is How.STAND_IN
        possessive = _POSSESSIVE.match(text, span.end) if invented else None
        return possessive.end() if possessive else span.end


def _meant(text: str, span: Span, people: Sequence[Known]) -> str:
    if span.person is not None and people[span.person].entity is span.entity:
        return people[span.person].value
    return text[span.start : span.end]


def _label(finding: Finding) -> str:
    """What Presidio calls it: it has one operator for a kind, and every value here has its own."""
    return f"{finding.entity}-{finding.number}"
