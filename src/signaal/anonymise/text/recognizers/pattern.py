"""What the recognisers by pattern share: Presidio's interface, without its failing open."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.recognizers.near_digits import (
    LETTERS_START,
    SECONDS_A_PATTERN,
    matches_at,
    starts,
)

LANGUAGE = "nl"

BLANK = r"[ \t\u00a0\u2000-\u200b\u202f\u2060\ufeff]"
HYPHEN = r"[-\u00ad\u2010-\u2015\u2212]"
# What people put between the groups of a number.
MARK = r"[-. \t\u00a0\u00ad\u00b7\u2000-\u200b\u2010-\u2015\u202f\u2060\u2212\ufeff]"
# After or before a number: then it counts, measures or prices something.
NO_QUANTITY_AFTER = (
    r"(?![.,]\d)(?!\s?(?:[€$£%°]|"
    r"(?i:euro|eur|procent|jaar|jaren|uur|minuten|dagen|weken|maanden|mensen|personen|"
    r"bewoners|kinderen|jongeren|leden|keer|stuks|meter|km|kilo|kg|gram|liter|mg|ml|m2|punten|woorden|stappen)\b))"
)
NO_PRICE_BEFORE = r"(?<![€$£]\s?)"


def after(words: str, most: int = 3) -> str:
    """A look-behind: one of the words stands before, with at most so many other words between.

    The words are a pattern in which letter case does not matter; "nummer" or "nr" may be tied to them.
    Whole words are taken at once, so that no text makes it slow.
    """
    between = rf"(?:(?>[^\W\d_]{{1,20}})(?>\W{{1,4}})){{0,{most}}}"
    return rf"(?<=(?<![^\W_])(?i:(?:{words})(?:-?(?:nummers?|nrs?))?)(?>\W{{0,4}}){between})"


class DutchPatternRecognizer(PatternRecognizer):
    """A Presidio recogniser whose patterns may name the part that counts ``(?P<value>…)``.

    Presidio skips a pattern that takes too long and goes on as if nothing was there; here that
    raises, so that the record is held. Patterns see upper and lower case unless they say ``(?i)``.
    ``validate_result`` answers as in Presidio: True makes a match certain, False drops it, None
    leaves the pattern's score as it is. ``TRIGGER`` is a cheap pattern that a text must have
    somewhere, or none of the patterns is tried. With ``OVERLAPPED`` a match may begin within another.
    With ``REACH`` every match begins where digits do, or where ``START`` matches at most so many
    characters before them, and ``GATE`` matches there; the patterns are tried nowhere else.

    Raises:
        TimeoutError: a pattern took longer than ``SECONDS_A_PATTERN``.
    """

    ENTITY: ClassVar[str]
    PATTERNS: ClassVar[list[Pattern]]
    TRIGGER: ClassVar[str | None] = None
    OVERLAPPED: ClassVar[bool] = False
    REACH: ClassVar[int | None] = None
    START: ClassVar[str] = LETTERS_START
    GATE: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__(
            supported_entity=self.ENTITY,
            supported_language=LANGUAGE,
            patterns=list(self.PATTERNS),
            name=self.ENTITY,
        )
        self._compiled = [(pattern, regex.compile(pattern.regex)) for pattern in self.PATTERNS]
        self._trigger = regex.compile(self.TRIGGER or "")
        self._gate = regex.compile(self.GATE)

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Every match of every pattern, with its score after validation, and what is found otherwise."""
        return [*self._by_pattern(text), *self.find_otherwise(text)]

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """What no pattern can find; here nothing."""
        return ()

    def _by_pattern(self, text: str) -> Iterator[RecognizerResult]:
        if self._trigger.search(text, timeout=SECONDS_A_PATTERN) is None:
            return
        places = self._places(text)
        for pattern, compiled in self._compiled:
            group = "value" if "value" in compiled.groupindex else 0
            for match in self._matches(compiled, text, places):
                score = self._score(match.group(group), pattern.score)
                if score > 0:
                    yield self._result(match.start(group), match.end(group), score, pattern.name)

    def _places(self, text: str) -> Sequence[int]:
        if self.REACH is None:
            return ()
        places = starts(text, self.REACH, self.START)
        if not self.GATE:
            return places
        return [match.start() for match in matches_at(self._gate, text, places, overlapped=True)]

    def _matches(
        self, compiled: "regex.Pattern[str]", text: str, places: Sequence[int]
    ) -> "Iterator[regex.Match[str]]":
        if self.REACH is None:
            return compiled.finditer(text, overlapped=self.OVERLAPPED, timeout=SECONDS_A_PATTERN)
        return matches_at(compiled, text, places, overlapped=self.OVERLAPPED)

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
