"""The detection engine: Presidio's recognisers over what the Dutch pipeline reads."""

import logging
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from presidio_analyzer import EntityRecognizer, RecognizerResult

from signaal.anonymise.text.nlp import DutchNlpEngine, DutchReader
from signaal.anonymise.text.nlp_open import open_nlp
from signaal.anonymise.text.pieces import Piece, pieces
from signaal.anonymise.text.recognizers import LANGUAGE, recognizers
from signaal.anonymise.text.spans import Span, settle
from signaal.anonymise.text.unicode import Plain, plain
from signaal.schemas.entities import Entity
from signaal.schemas.settings import Settings

TEXTS_AT_ONCE = 32
SHORT_ANSWER, ANSWERS_REMEMBERED = 120, 20_000
Found = tuple[Span, ...]


class TextEngine:
    """Finds personal data in Dutch text. Costs a second or two to make, so make one and use it throughout.

    Presidio's recognisers run over what the pipeline reads in batches. Its ``AnalyzerEngine`` is left
    out: it reads one text at a time and looks for context words, which the recognisers do themselves.

    Args:
        nlp: reads texts and gives Presidio's ``NlpArtifacts``.
        score_threshold: spans with a lower score than this are let go, from 0 to 1.
        more: recognisers beside those that are always there.
    """

    def __init__(
        self,
        nlp: DutchReader | None = None,
        score_threshold: float = 0.4,
        more: Sequence[EntityRecognizer] = (),
    ) -> None:
        # Presidio logs what it could not make sense of, text and all.
        logging.getLogger("presidio-analyzer").disabled = True
        logging.getLogger("presidio-anonymizer").disabled = True
        self._nlp = nlp or DutchNlpEngine()
        self._recognizers = [*recognizers(), *more]
        self._threshold = score_threshold
        self._remembered: dict[str, Found] = {}
        self.version = f"{version('signaal')}+{self._nlp.version}"

    def find(self, texts: Sequence[str]) -> list[Found | None]:
        """For each text the spans found, in order and without overlap; None where detection failed.

        Short answers, which surveys repeat by the hundred, are read once.
        """
        new = [text for text in dict.fromkeys(texts) if text not in self._remembered]
        together = [new[at : at + TEXTS_AT_ONCE] for at in range(0, len(new), TEXTS_AT_ONCE)]
        answered = (answer for answers in self.read_each(together) for answer in answers)
        found = dict(zip(new, answered, strict=True))
        answers = [found[text] if text in found else self._remembered[text] for text in texts]
        if len(self._remembered) > ANSWERS_REMEMBERED:
            self._remembered.clear()
        short = {text: spans for text, spans in found.items() if len(text) <= SHORT_ANSWER}
        self._remembered |= {text: spans for text, spans in short.items() if spans is not None}
        return answers

    def read_each(self, batches: Sequence[list[str]]) -> Iterator[list[Found | None]]:
        """What is found in the texts of each batch, as ``read`` gives it."""
        return map(self.read, batches)

    def read(self, texts: list[str]) -> list[Found | None]:
        """The spans found in each text; the network reads them together. None where detection failed."""
        plains = [plain(text) for text in texts]
        cut = [pieces(text.text) for text in plains]
        results = iter(self._analyse([piece.text for text_pieces in cut for piece in text_pieces]))
        return [
            _joined(raw, text, parts, [next(results) for _ in parts])
            for raw, text, parts in zip(texts, plains, cut, strict=True)
        ]

    def _analyse(self, texts: list[str]) -> list[list[RecognizerResult] | None]:
        """What the recognisers say of each piece of plain text; None where one of them failed."""
        try:
            return list(self._analyse_together(texts))
        except Exception:
            return [self._analyse_alone(text) for text in texts]

    def _analyse_together(self, texts: list[str]) -> Iterator[list[RecognizerResult]]:
        for text, artifacts, *_ in self._nlp.process_batch(texts, LANGUAGE, batch_size=TEXTS_AT_ONCE):
            yield [
                result
                for recognizer in self._recognizers
                for result in recognizer.analyze(text, recognizer.supported_entities, artifacts)
                if result.score >= self._threshold
            ]

    def _analyse_alone(self, text: str) -> list[RecognizerResult] | None:
        try:
            return next(self._analyse_together([text]))
        except Exception:
            return None


def open_engine(settings: Settings) -> TextEngine:
    """The engine as configured: the bundled pipeline unless ``engine`` or ``model`` says otherwise.

    Where ``processes`` is more than one, that many processes read the texts.

    Raises:
        ConfigurationError: what is configured is not there, or its packages are not.
    """
    if settings.processes > 1:
        # It builds on this module.
        from signaal.anonymise.text.parallel import ParallelEngine

        return ParallelEngine(settings)
    return TextEngine(open_nlp(settings), settings.score_threshold)


def _joined(
    raw: str, text: Plain, parts: Sequence[Piece], results: Sequence[list[RecognizerResult] | None]
) -> Found | None:
    spans: list[Span] = []
    for part, found in zip(parts, results, strict=True):
        if found is None:
            return None
        spans.extend(_span(result, part.start, text) for result in found)
    return settle(spans, raw)


def _span(result: RecognizerResult, offset: int, text: Plain) -> Span:
    name = result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY]
    start, end = text.raw_place(result.start + offset, result.end + offset)
    return Span(start, end, Entity(result.entity_type), result.score, name)
