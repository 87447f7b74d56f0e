"""A recogniser of Presidio's in the place of a spaCy pipeline."""

import spacy
from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.tokens import Doc, Span

from signaal.anonymise.text.nlp import LEAST, MOST, DutchReader
from signaal.anonymise.text.recognizers.pattern import LANGUAGE


class RecognizerNlpEngine(DutchReader):
    """Cuts words by spaCy's rules for Dutch and lets one recogniser say which are personal data.

    Args:
        recognizer: reads a text of any length to its end, and raises where it cannot.
        version: which model it is.
    """

    def __init__(self, recognizer: EntityRecognizer, version: str) -> None:
        super().__init__([{"lang_code": LANGUAGE, "model_name": LANGUAGE}])
        self.nlp = {LANGUAGE: spacy.blank(LANGUAGE)}  # type: ignore[assignment]
        self.version = version
        self._recognizer = recognizer

    def _doc_to_nlp_artifact(self, doc: Doc, language: str) -> NlpArtifacts:
        kinds = self._recognizer.supported_entities
        unread = NlpArtifacts([], doc, [], [], None, language, [])
        found = self._recognizer.analyze(doc.text, kinds, unread)
        results = [result for result in found if result.entity_type in kinds]
        spans = [_span(doc, result) for result in results]
        scores = [LEAST + (MOST - LEAST) * float(result.score) for result in results]
        return NlpArtifacts(spans, doc, [], [], None, language, scores)


def _span(doc: Doc, result: RecognizerResult) -> Span:
    span = doc.char_span(result.start, result.end, label=result.entity_type, alignment_mode="expand")
    if span is None:
        raise ValueError("the model found something outside the text that it read")
    return span
