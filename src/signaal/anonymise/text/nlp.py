"""How texts are read: spaCy pipelines behind Presidio's interface, the bundled one by default."""

from pathlib import Path

import spacy
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Doc

from signaal.anonymise.text.blas import multiply_quickly
from signaal.anonymise.text.nlp_labels import bare, entities_of
from signaal.anonymise.text.pipeline import SCORES
from signaal.anonymise.text.recognizers.pattern import LANGUAGE
from signaal.schemas.errors import ConfigurationError

BUNDLED_MODEL = Path(__file__).parents[1] / "model" / "nl_signaal"
FINDERS = {"personal_data", "ner"}
"""Parts of pipelines that say what is a name."""
LEAST, MOST = 0.4, 0.85
"""Scores of what the pipeline is least and most sure of; a pattern that leaves no doubt goes before it."""


class DutchReader(SpacyNlpEngine):
    """Reads Dutch texts in batches; ``version`` says with which model."""

    version: str


class DutchNlpEngine(DutchReader):
    """Presidio's spaCy engine over one Dutch pipeline, without lemmas and keywords, which nothing uses.

    Args:
        model: folder of a spaCy pipeline for Dutch, or the name of an installed one.

    Raises:
        ConfigurationError: the pipeline is not there, or finds no names; nothing is ever downloaded.
    """

    def __init__(self, model: Path = BUNDLED_MODEL) -> None:
        if not (model.is_dir() or spacy.util.is_package(str(model))):
            raise ConfigurationError(
                "the Dutch pipeline set as `model` is not installed: install it, or leave `model` out"
            )
        super().__init__([{"lang_code": LANGUAGE, "model_name": str(model)}])
        try:
            self.load()
        except Exception:
            raise ConfigurationError(
                "the folder or package set as `model` holds no pipeline that this version of spaCy can load"
            ) from None
        self._pipeline = self.get_nlp(LANGUAGE)
        multiply_quickly(self._pipeline)
        self.ner_model_configuration = _configuration(self._pipeline)
        meta = self._pipeline.meta
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}"

    def _doc_to_nlp_artifact(self, doc: Doc, language: str) -> NlpArtifacts:
        sure: dict[tuple[int, int], float] = doc.user_data.get(SCORES, {})
        shares = [sure.get((entity.start_char, entity.end_char), 1.0) for entity in doc.ents]
        scores = [LEAST + (MOST - LEAST) * share for share in shares]
        entities, scores = self._get_updated_entities(list(doc.ents), scores)
        return NlpArtifacts(entities, doc, [], [], None, language, scores)


def _configuration(pipeline: Language) -> NerModelConfiguration:
    finders = [name for name in pipeline.pipe_names if name in FINDERS]
    if not finders:
        raise ConfigurationError(
            "the pipeline set as `model` has no part that finds names (ner): set another, or leave it out"
        )
    labels = [label for name in finders for label in pipeline.pipe_labels[name]]
    entities = entities_of(labels)
    return NerModelConfiguration(
        model_to_presidio_entity_mapping=entities,
        labels_to_ignore={bare(label) for label in labels} - set(entities),
        default_score=MOST,
    )
