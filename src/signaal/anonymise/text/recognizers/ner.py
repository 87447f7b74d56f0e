"""What the Dutch pipeline calls personal data: names above all, and what only the context tells."""

import re

from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.lexicon import bundled_lexicon
from signaal.anonymise.text.people.ordinary import NAMES
from signaal.anonymise.text.people.word_lists import FUNCTION_WORDS
from signaal.anonymise.text.recognizers.pattern import LANGUAGE
from signaal.anonymise.text.recognizers.word_lists import ABBREVIATIONS, one_of, word_lists
from signaal.schemas.entities import Entity

READER = "Dutch pipeline"
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_AND_DIGITS = re.compile(r"\w")
SURE = 0.8
"""From this score on the pipeline is believed whatever stands around."""
_PARTICLES_OF_VAN = frozenset({"der", "den"})
_LONGEST_WORD = 20
_SHORT_NUMBER = re.compile(r"\d{1,3}")
_LISTS = word_lists("numbered_words")
_THING_BEFORE = re.compile(rf"(?:(?<!\w){one_of(_LISTS['things'])}\.?\s|(?<!\S)#)\Z", re.IGNORECASE)
_UNIT_BEHIND = re.compile(rf"\s?{one_of(_LISTS['units'])}(?!\w)|\)(?=\s)", re.IGNORECASE)
_LABELLING = ("nr", "nrs", "nummer", "nummers")
"""Words that announce a number ("dossiernr") and say nothing of anybody themselves."""
_NUMBERED = {Entity.AGE, Entity.DATE_TIME}


class DutchNerRecognizer(LocalRecognizer):
    """What the pipeline calls personal data, less function words and labels that say nothing by themselves.

    Pronouns, prepositions, conjunctions and articles are closed classes: no name is made of nothing
    else (Haeseryn e.a., Algemene Nederlandse Spraakkunst, 1997). Words of these classes that are
    names as well, such as Wil or Bij, are not on the list. In front of anything but a person they stay
    readable: "op de [ADRES]".
    """

    def __init__(self) -> None:
        super().__init__([str(entity) for entity in Entity], name=READER, supported_language=LANGUAGE)

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
        telling = [word for word in words if word[0].casefold() not in FUNCTION_WORDS]
        numbered = any(letter.isdecimal() for letter in text[start:end])
        if not numbered and telling and all(_says_nothing(word[0], score) for word in telling):
            return None
        if not numbered and not telling and (words or not _LETTERS_AND_DIGITS.search(text, start, end)):
            return None
        if kind in _NUMBERED and score < SURE and _counts(text, start, end):
            return None
        if kind != Entity.PERSON and kind not in _NUMBERED and telling and not numbered:
            start = _name_start(text, words, telling[0])
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: f"{kind}:{READER}",
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(kind, start, end, score, recognition_metadata=metadata)


def _says_nothing(word: str, score: float) -> bool:
    """Whether a word announces a number, or is an abbreviation that is no name and hardly looked like one."""
    small = word.casefold()
    if small.endswith(_LABELLING):
        return True
    return score < SURE and small in ABBREVIATIONS and not bundled_lexicon().facts(small) & NAMES


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a short number stands beside what is counted or numbered: "kamer 12", "12 inch", "2)"."""
    if not _SHORT_NUMBER.fullmatch(text, start, end):
        return False
    before = _THING_BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])
    return bool(before or _UNIT_BEHIND.match(text, end))


def _name_start(text: str, words: list[re.Match[str]], first: re.Match[str]) -> int:
    """Where a name begins whose first telling word this is; a particle before it may belong to it."""
    at = words.index(first)
    before = words[at - 1] if at else None
    if before is None:
        return first.start()
    ahead = text[: before.start()].rstrip(" ")
    opens = not ahead or ahead[-1] in ".!?\n"
    if (before[0][0].isupper() and not opens) or first[0].casefold() in _PARTICLES_OF_VAN:
        return before.start()
    return first.start()
