"""What the recognisers by pattern share: Presidio's interface, without its failing open."""

from typing import ClassVar

import regex
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

LANGUAGE = "nl"
SECONDS_A_PATTERN = 10


class DutchPatternRecognizer(PatternRecognizer):
    """A Presidio recogniser whose patterns may name the part that counts ``(?P<value>…)``.

    Presidio skips a pattern that takes too long and goes on as if nothing was there; here that
    raises, so that the record is held. Patterns see upper and lower case unless they say ``(?i)``.
    ``validate_result`` answers as in Presidio: True makes a match certain, False drops it, None
    leaves the pattern's score as it is.

    Raises:
        TimeoutError: a pattern took longer than ``SECONDS_A_PATTERN``.
    """

    ENTITY: ClassVar[str]
    PATTERNS: ClassVar[list[Pattern]]

    def __init__(self) -> None:
        super().__init__(
            supported_entity=self.ENTITY,
            supported_language=LANGUAGE,
            patterns=list(self.PATTERNS),
            name=self.ENTITY,
        )
        self._compiled = [(pattern, regex.compile(pattern.regex)) for pattern in self.PATTERNS]

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Every match of every pattern, with its score after validation."""
        results = []
        for pattern, compiled in self._compiled:
            for match in compiled.finditer(text, timeout=SECONDS_A_PATTERN):
                group = "value" if "value" in compiled.groupindex else 0
                score = self._score(match.group(group), pattern.score)
                if score > 0:
                    results.append(self._result(match.start(group), match.end(group), score, pattern.name))
        return results

    def _score(self, found: str, score: float) -> float:
        valid = self.validate_result(found)
        if valid is None:
            return score
        return 1.0 if valid else 0.0

    def _result(self, start: int, end: int, score: float, pattern: str) -> RecognizerResult:
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: f"{self.ENTITY}:{pattern}",
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(self.ENTITY, start, end, score, recognition_metadata=metadata)
