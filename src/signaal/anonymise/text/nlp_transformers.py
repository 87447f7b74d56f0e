"""Token classification by a transformer, through Presidio's recogniser for Hugging Face models."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from presidio_analyzer import RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, device_detector
from presidio_analyzer.predefined_recognizers import HuggingFaceNerRecognizer

from signaal.anonymise.text.nlp_folder import digest, loading, package
from signaal.anonymise.text.nlp_labels import PREFIXES, entities_of
from signaal.anonymise.text.nlp_reader import RecognizerNlpEngine
from signaal.anonymise.text.nlp_window import Tokenizer, WindowChunker, window
from signaal.anonymise.text.recognizers.pattern import LANGUAGE

KIND = "transformers"
Answers = list[dict[str, object]]


class Model(Protocol):
    """What is used here of a model of Hugging Face's."""

    config: object


class Pipeline(Protocol):
    """What is used here of a pipeline of Hugging Face's."""

    model: Model
    tokenizer: Tokenizer

    def __call__(self, text: str) -> Answers: ...


class TransformerRecognizer(HuggingFaceNerRecognizer):
    """Presidio's recogniser with a pipeline that is loaded already, and that fails aloud.

    Presidio's own goes on where the model failed on a part of a text, as if nothing stood there.

    Args:
        pipeline: Hugging Face's pipeline for token classification.
        labels: its labels, bare, and what they stand for.
    """

    def __init__(self, pipeline: Pipeline, labels: Mapping[str, str]) -> None:
        self._watched = _Watched(pipeline)
        super().__init__(
            supported_language=LANGUAGE,
            label_mapping=dict(labels),
            label_prefixes=list(PREFIXES),
            threshold=0.0,
            text_chunker=WindowChunker(_fits(pipeline.tokenizer, pipeline.model.config)),
        )

    def load(self) -> None:
        """Takes the pipeline that was given."""
        self.ner_pipeline = self._watched  # type: ignore[assignment]

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """What the model found, in a text of any length.

        Raises:
            RuntimeError: the model failed on a part of the text.
        """
        self._watched.failed = False
        results: list[RecognizerResult] = super().analyze(text, entities, nlp_artifacts)
        if self._watched.failed:
            raise RuntimeError("the model failed on a part of the text")
        return results


class _Watched:
    """A pipeline that remembers that it failed."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.failed = False

    def __call__(self, text: str) -> Answers:
        try:
            return self._pipeline(text)
        except Exception:
            self.failed = True
            raise


def open_transformer(folder: Path) -> RecognizerNlpEngine:
    """The model in a folder that ``save_pretrained`` wrote, with its tokenizer.

    Raises:
        ConfigurationError: packages are missing, or the folder holds no such model.
    """
    library = package(KIND)
    with loading(KIND):
        model, report = library.AutoModelForTokenClassification.from_pretrained(
            folder, local_files_only=True, output_loading_info=True
        )
        tokenizer = library.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        # Without weights for its last layer a model answers at random; without a fast tokenizer, nowhere.
        if report["missing_keys"] or not tokenizer.is_fast:
            raise ValueError("no model for token classification")
        pipeline = library.pipeline(
            "token-classification",
            model=model,
            tokenizer=tokenizer,
            aggregation_strategy="simple",
            device=device_detector.get_device(),
        )
        labels = entities_of(model.config.id2label.values())
        return RecognizerNlpEngine(TransformerRecognizer(pipeline, labels), f"{KIND}_{digest(folder)}")


def _fits(tokenizer: Tokenizer, config: object) -> Callable[[str], bool]:
    most = window(tokenizer, config)
    return lambda text: len(tokenizer(text, truncation=False, verbose=False)["input_ids"]) <= most
