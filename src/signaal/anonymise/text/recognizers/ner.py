"""PERSON, LOCATION and ORGANIZATION, as the Dutch pipeline finds them."""

import csv
import re
from pathlib import Path

from presidio_analyzer import RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from presidio_analyzer.predefined_recognizers import SpacyRecognizer

from signaal.anonymise.text.recognizers.pattern import LANGUAGE

ENTITIES = ["PERSON", "LOCATION", "ORGANIZATION"]
_WORD = re.compile(r"[^\W\d_]+")


def _function_words() -> frozenset[str]:
    with (Path(__file__).parent / "function_words.csv").open(encoding="utf-8", newline="") as rows:
        return frozenset(row["word"] for row in csv.DictReader(rows))


class DutchNerRecognizer(SpacyRecognizer):
    """What the pipeline calls a name, less what is made of function words only.

    Pronouns, prepositions, conjunctions and articles are closed classes: no name is made of nothing
    else (Haeseryn e.a., Algemene Nederlandse Spraakkunst, 1997). Words of these classes that are
    names as well, such as Wil or Bij, are not on the list.
    """

    def __init__(self) -> None:
        super().__init__(supported_language=LANGUAGE, supported_entities=ENTITIES)
        self._function_words = _function_words()

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The names in a text that the pipeline has read."""
        found = super().analyze(text, entities, nlp_artifacts)
        return [result for result in found if not self._says_nothing(text[result.start : result.end])]

    def _says_nothing(self, name: str) -> bool:
        words = _WORD.findall(name.casefold())
        return bool(words) and all(word in self._function_words for word in words)
