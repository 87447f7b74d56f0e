"""What an operator is told of a finding, and what the operators have in common."""

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from presidio_anonymizer.operators import Operator, OperatorType

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.operators.replacement import How, Replacement
from signaal.schemas.entities import Entity


@dataclass(frozen=True, repr=False)
class Finding:
    """Something found in a document.

    ``value`` is what is meant by it (of a person the fullest name that is known), ``number`` its
    place among what is found of its kind, in order of appearance, and ``avoid`` holds the words that
    no invented value may have (``words_to_avoid``). The same ``document`` has its dates shifted by
    the same number of days.
    """

    entity: Entity
    value: str
    number: int
    replacement: Replacement
    keys: Keys
    document: str
    avoid: frozenset[str] = field(default_factory=frozenset)

    @property
    def word(self) -> str:
        """The word of its kind in brackets, such as ``[PLAATS]``."""
        return f"[{self.replacement.word}]"

    @property
    def pseudonym(self) -> str:
        """The keyed stand-in in brackets, such as ``[PERSOON-KXDRTBWMHQZC]``."""
        return f"[{self.replacement.word}-{self.keys.pseudonym(self.entity, self.value)}]"


class FindingOperator(Operator):  # type: ignore[misc, unused-ignore]
    """A Presidio operator whose parameter ``finding`` is a ``Finding``."""

    HOW: ClassVar[How]

    @abstractmethod
    def put(self, text: str, finding: Finding) -> str:
        """What stands in the place of ``text``."""

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
        """The same, as Presidio calls it."""
        return self.put(text, (params or {})["finding"])

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Nothing to check: the replacements were checked when they were read."""

    def operator_name(self) -> str:
        """The way's name."""
        return self.HOW

    def operator_type(self) -> OperatorType:
        """It replaces; there is no way back."""
        return OperatorType.Anonymize
