"""UNKNOWN_TERM: a word that no Dutch list knows, where the context does not say that it is harmless."""

import regex
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.lexicon import Fact, bundled_lexicon
from signaal.anonymise.text.pipeline import SHARES
from signaal.anonymise.text.recognizers.pattern import LANGUAGE
from signaal.schemas.entities import Entity

HARMLESS = 0.001
"""The share of the kinds of personal data below which the pipeline holds a word to be harmless."""
SCORE = 0.45
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’-]{2,}")
_OTHER_SCRIPT = regex.compile(r"(?:(?!\p{Latin})\p{L}[\p{M}]*){2,}")


class UnknownTermRecognizer(LocalRecognizer):
    """A word of three letters or more that is in no list, no inflection, no compound and no slip of the pen.

    Abbreviations and loan words in use are known by how common they are. A pipeline that says how sure it
    is settles the rest; with one that does not, every such word is masked. Words in another script than the
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
        results = [
            self._result(token.idx, token.idx + len(token.text), "a word that no Dutch list knows")
            for token in doc
            if (shares is None or shares[token.i] >= HARMLESS)
            and not token.ent_type
            and _is_unknown(token.text)
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


def _is_unknown(word: str) -> bool:
    lexicon = bundled_lexicon()
    return (
        _WORD.fullmatch(word) is not None
        and not lexicon.is_word(word)
        and not lexicon.facts(word) & Fact.COMMON
    )
