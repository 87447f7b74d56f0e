"""The detection engine: Presidio's analyser over the Dutch pipeline and the recognisers."""

import logging
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import spacy
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

from signaal.anonymise.text.pieces import Piece, pieces
from signaal.anonymise.text.recognizers import LANGUAGE, recognizers
from signaal.anonymise.text.spans import Span, settle
from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

BUNDLED_MODEL = Path(__file__).parents[1] / "model" / "nl_signaal"
NER_ENTITIES = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "LOCATION": "LOCATION",
    "LOC": "LOCATION",
    "GPE": "LOCATION",
    "FAC": "LOCATION",
    "ORGANIZATION": "ORGANIZATION",
    "ORG": "ORGANIZATION",
}
TEXTS_AT_ONCE = 32


class TextEngine:
    """Finds personal data in Dutch text. Costs seconds to make, so make one and use it throughout.

    Args:
        model: folder of a spaCy pipeline for Dutch, or the name of an installed one.
        score_threshold: spans with a lower score than this are let go, from 0 to 1.

    Raises:
        ConfigurationError: the pipeline is not there; nothing is ever downloaded.
    """

    def __init__(self, model: Path = BUNDLED_MODEL, score_threshold: float = 0.4) -> None:
        # Presidio logs what it could not make sense of, text and all.
        logging.getLogger("presidio-analyzer").disabled = True
        logging.getLogger("presidio-anonymizer").disabled = True
        self._analyzer = _analyzer(model)
        self._batch = BatchAnalyzerEngine(self._analyzer)
        self._threshold = score_threshold
        self.version = f"{version('signaal')}+{_model_version(self._analyzer)}"

    def find(self, texts: Sequence[str]) -> list[tuple[Span, ...] | None]:
        """For each text the spans found, in order and without overlap; None where detection failed."""
        cut = [pieces(text) for text in texts]
        flat = [piece for text_pieces in cut for piece in text_pieces]
        results = iter(self._analyse([piece.text for piece in flat]))
        return [
            _joined(text, parts, [next(results) for _ in parts])
            for text, parts in zip(texts, cut, strict=True)
        ]

    def _analyse(self, texts: list[str]) -> list[list[RecognizerResult] | None]:
        try:
            return list(self._analyse_together(texts))
        except Exception:
            return [self._analyse_alone(text) for text in texts]

    def _analyse_together(self, texts: list[str]) -> list[list[RecognizerResult]]:
        found: list[list[RecognizerResult]] = self._batch.analyze_iterator(
            texts, language=LANGUAGE, batch_size=TEXTS_AT_ONCE, score_threshold=self._threshold
        )
        return found

    def _analyse_alone(self, text: str) -> list[RecognizerResult] | None:
        try:
            return self._analyse_together([text])[0]
        except Exception:
            return None


def open_engine(settings: Settings) -> TextEngine:
    """The engine as configured: the bundled pipeline unless ``model`` names another.

    Raises:
        ConfigurationError: the configured pipeline is not there.
    """
    return TextEngine(settings.model or BUNDLED_MODEL, settings.score_threshold)


def _analyzer(model: Path) -> AnalyzerEngine:
    if not (model.is_dir() or spacy.util.is_package(str(model))):
        raise ConfigurationError(
            "the Dutch pipeline set as `model` is not installed: install it, or leave `model` out"
        )
    labels = NerModelConfiguration(model_to_presidio_entity_mapping=NER_ENTITIES, labels_to_ignore=["MISC"])
    nlp = SpacyNlpEngine([{"lang_code": LANGUAGE, "model_name": str(model)}], labels)
    registry = RecognizerRegistry(recognizers=recognizers(), supported_languages=[LANGUAGE])
    return AnalyzerEngine(registry, nlp, supported_languages=[LANGUAGE])


def _model_version(analyzer: AnalyzerEngine) -> str:
    engine = analyzer.nlp_engine
    if not isinstance(engine, SpacyNlpEngine) or not engine.nlp:
        return "unknown"
    meta = engine.nlp[LANGUAGE].meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _joined(
    text: str, parts: Sequence[Piece], results: Sequence[list[RecognizerResult] | None]
) -> tuple[Span, ...] | None:
    spans: list[Span] = []
    for part, found in zip(parts, results, strict=True):
        if found is None:
            return None
        spans.extend(_span(result, part.start) for result in found)
    return settle(spans, text)


def _span(result: RecognizerResult, offset: int) -> Span:
    name = result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY]
    return Span(result.start + offset, result.end + offset, Entity(result.entity_type), result.score, name)
