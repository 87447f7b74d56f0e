"""What the Dutch pipeline calls personal data: names above all, and what only the context tells."""

import csv
import re
from pathlib import Path

from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.recognizers.pattern import LANGUAGE
from signaal.schemas.entities import Entity

READER = "Dutch pipeline"
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_AND_DIGITS = re.compile(r"\w")
_NUMBERED = {Entity.AGE, Entity.DATE_TIME}


def _function_words() -> frozenset[str]:
    with (Path(__file__).parent / "function_words.csv").open(encoding="utf-8", newline="") as rows:
        return frozenset(row["word"] for row in csv.DictReader(rows))


class DutchNerRecognizer(LocalRecognizer):
    """What the pipeline calls personal data, less function words that say nothing by themselves.

    Pronouns, prepositions, conjunctions and articles are closed classes: no name is made of nothing
    else (Haeseryn e.a., Algemene Nederlandse Spraakkunst, 1997). Words of these classes that are
    names as well, such as Wil or Bij, are not on the list. In front of anything but a person they stay
    readable: "op de [ADRES]".
    """

    def __init__(self) -> None:
        super().__init__([str(entity) for entity in Entity], name=READER, supported_language=LANGUAGE)
        self._function_words = _function_words()

    def load(self) -> None:
        """Nothing: the pipeline has read the text already."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """What the pipeline found in a text that it has read.

        Raises:
            ValueError: the text was not read; going on would pass it unseen.
        """
        if nlp_artifacts is None:
            raise ValueError("the text has to be read by the pipeline first")
        results = [
            self._result(entity.label_, entity.start_char, entity.end_char, score, text)
            for entity, score in zip(nlp_artifacts.entities, nlp_artifacts.scores, strict=True)
            if entity.label_ in entities
        ]
        return [result for result in results if result is not None]

    def _result(self, kind: str, start: int, end: int, score: float, text: str) -> RecognizerResult | None:
        words = list(_WORD.finditer(text, start, end))
        telling = [word for word in words if word[0].casefold() not in self._function_words]
        numbered = any(letter.isdecimal() for letter in text[start:end])
        if not numbered and not telling and (words or not _LETTERS_AND_DIGITS.search(text, start, end)):
            return None
        if kind != Entity.PERSON and kind not in _NUMBERED and telling and not numbered:
            start = telling[0].start()
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: f"{kind}:{READER}",
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(kind, start, end, score, recognition_metadata=metadata)
