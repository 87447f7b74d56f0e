"""UNKNOWN_TERM: a word that no Dutch list knows, where the context does not say that it is harmless."""

from functools import lru_cache

import numpy as np
import regex
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.lexicon import REMEMBERED, Fact, bundled_lexicon
from signaal.anonymise.text.pipeline import SHARES
from signaal.anonymise.text.recognizers.pattern import LANGUAGE
from signaal.anonymise.text.recognizers.word_lists import ABBREVIATIONS, NEW_WORDS
from signaal.schemas.entities import Entity

HARMLESS = 0.005
"""The share of the kinds of personal data below which the pipeline holds a word to be harmless."""
SCORE = 0.45
_NOT_LISTED = ABBREVIATIONS | NEW_WORDS
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’-]{2,}")
_OTHER_SCRIPT = regex.compile(r"(?:(?!\p{Latin})\p{L}[\p{M}]*){2,}")


class UnknownTermRecognizer(LocalRecognizer):
    """A word of three letters or more that is in no list, no inflection, no compound and no slip of the pen.

    Abbreviations of the field are in a list, and make compounds ("Wlz-aanvraag"); loan words in use are
    known by how common they are. A pipeline that says how sure it is settles the rest; with one that does
    not, every such word is masked. Words in another script than the
    Latin one are always masked: the detection does not read them. Examples: Adjakwo, Олена.
    """

    def __init__(self) -> None:
        super().__init__([str(Entity.UNKNOWN_TERM)], name="UNKNOWN_TERM", supported_language=LANGUAGE)

    def load(self) -> None:
        """Nothing: the lexicon is there already."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The unknown words of a text that the pipeline has read and left.

        Raises:
            ValueError: the text was not read.
        """
        if nlp_artifacts is None:
            raise ValueError("the text has to be read by the pipeline first")
        doc = nlp_artifacts.tokens
        shares = doc.user_data.get(SHARES)
        doubtful = doc if shares is None else (doc[at] for at in np.flatnonzero(shares >= HARMLESS).tolist())
        results = [
            self._result(token.idx, token.idx + len(token.text), "a word that no Dutch list knows")
            for token in doubtful
            if not token.ent_type and _is_unknown(token.text)
        ]
        if not text.isascii():
            results += [
                self._result(*match.span(), "a word in another script")
                for match in _OTHER_SCRIPT.finditer(text)
            ]
        return results

    def _result(self, start: int, end: int, rule: str) -> RecognizerResult:
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: f"{Entity.UNKNOWN_TERM}:{rule}",
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(Entity.UNKNOWN_TERM, start, end, SCORE, recognition_metadata=metadata)


@lru_cache(REMEMBERED)
def _is_unknown(word: str) -> bool:
    if _WORD.fullmatch(word) is None or _is_known(word):
        return False
    parts = word.split("-")
    abbreviated = len(parts) > 1 and (parts[0].casefold() in ABBREVIATIONS or parts[0].isupper())
    return not (abbreviated and all(map(_is_known, parts[1:])))


def _is_known(word: str) -> bool:
    lexicon = bundled_lexicon()
    if word.casefold() in _NOT_LISTED or lexicon.is_word(word):
        return True
    return bool(lexicon.facts(word) & Fact.COMMON)
