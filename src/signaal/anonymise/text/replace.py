"""Puts stand-ins where personal data was found, with Presidio's anonymiser."""

from collections.abc import Callable, Sequence
from pathlib import Path

import yaml
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult
from pydantic import TypeAdapter

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.people import Known
from signaal.anonymise.text.spans import Span
from signaal.schemas.declaration import Frozen
from signaal.schemas.entities import Entity


class Replacement(Frozen):
    """The Dutch word that stands for an entity, and whether a keyed pseudonym follows it."""

    word: str
    keyed: bool = False


REPLACEMENTS: dict[Entity, Replacement] = TypeAdapter(dict[Entity, Replacement]).validate_python(
    yaml.safe_load((Path(__file__).parent / "replacements.yaml").read_text(encoding="utf-8"))
)


class Replacer:
    """Replaces spans by words such as ``[PLAATS]``, people by ``[PERSOON-…]`` with their pseudonym."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._anonymizer = AnonymizerEngine()  # type: ignore[no-untyped-call]

    def replace(self, text: str, spans: Sequence[Span], people: Sequence[Known] = ()) -> str:
        """The text with every span replaced; a span with a ``person`` gets that person's pseudonym."""
        if not spans:
            return text
        meant = {
            text[span.start : span.end]: people[span.person].value
            for span in spans
            if span.person is not None and people[span.person].entity is span.entity
        }
        results = [RecognizerResult(span.entity, span.start, span.end, span.score) for span in spans]
        operators = {str(entity): self._operator(entity, meant) for entity in {span.entity for span in spans}}
        return self._anonymizer.anonymize(text, results, operators).text

    def stand_in(self, entity: Entity, value: str) -> str:
        """What stands for a value in a text, there in square brackets."""
        return self.pseudonym(entity, value) if REPLACEMENTS[entity].keyed else REPLACEMENTS[entity].word

    def pseudonym(self, entity: Entity, value: str) -> str:
        """The keyed stand-in of a value, such as ``PERSOON-KXDRTBWMHQZC``."""
        return f"{REPLACEMENTS[entity].word}-{self._keys.pseudonym(entity, value)}"

    def _operator(self, entity: Entity, meant: dict[str, str]) -> OperatorConfig:
        replace: Callable[[str], str] = lambda found: f"[{self.stand_in(entity, meant.get(found, found))}]"  # noqa: E731
        return OperatorConfig("custom", {"lambda": replace})
