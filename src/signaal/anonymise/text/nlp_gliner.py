"""GLiNER, which finds what it is asked for by name, through Presidio's recogniser for it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, cast

from presidio_analyzer.predefined_recognizers import GLiNERRecognizer

from signaal.anonymise.text.nlp_folder import digest, loading, package
from signaal.anonymise.text.nlp_labels import label_table
from signaal.anonymise.text.nlp_reader import RecognizerNlpEngine
from signaal.anonymise.text.nlp_window import Tokenizer, WindowChunker, window
from signaal.anonymise.text.recognizers.pattern import LANGUAGE

KIND = "gliner"
LEAST_SURE = 0.3
"""What a find has to score; Presidio's default, lower than GLiNER's own of 0.5."""


class _Config(Protocol):
    max_len: int
    ent_token: str
    sep_token: str
    encoder_config: object


class _Processor(Protocol):
    transformer_tokenizer: Tokenizer
    words_splitter: Callable[[str], Iterable[tuple[str, int, int]]]


class _Gliner(Protocol):
    config: _Config
    data_processor: _Processor


class FolderGlinerRecognizer(GLiNERRecognizer):
    """Presidio's recogniser with a model in a folder, asked in Dutch (``nlp_gliner_labels.csv``).

    Args:
        folder: what ``GLiNER.save_pretrained`` wrote.
    """

    def __init__(self, folder: Path) -> None:
        asked = label_table("nlp_gliner_labels.csv")
        super().__init__(
            supported_language=LANGUAGE,
            entity_mapping={label: str(entity) for label, entity in asked.items() if entity},
            model_name=str(folder),
            threshold=LEAST_SURE,
            local_files_only=True,
        )

    def load(self) -> None:
        """Loads the model, and cuts texts by its own count of words and tokens from now on."""
        super().load()
        model = cast(_Gliner, self.gliner)
        self.text_chunker = WindowChunker(_fits(model, list(self.model_to_presidio_entity_mapping)))


def open_gliner(folder: Path) -> RecognizerNlpEngine:
    """The GLiNER model in a folder, with its tokenizer and the configuration of its encoder.

    Raises:
        ConfigurationError: packages are missing, or the folder holds no such model.
    """
    package(KIND)
    with loading(KIND):
        return RecognizerNlpEngine(FolderGlinerRecognizer(folder), f"{KIND}_{digest(folder)}")


def _fits(model: _Gliner, labels: list[str]) -> Callable[[str], bool]:
    tokenizer, split = model.data_processor.transformer_tokenizer, model.data_processor.words_splitter
    question = [word for label in labels for word in (model.config.ent_token, label)]
    question.append(model.config.sep_token)
    most = window(tokenizer, model.config.encoder_config)

    def fits(text: str) -> bool:
        words = [word for word, *_ in split(text)]
        asked = tokenizer(question + words, is_split_into_words=True, truncation=False, verbose=False)
        return len(words) <= model.config.max_len and len(asked["input_ids"]) <= most

    return fits
