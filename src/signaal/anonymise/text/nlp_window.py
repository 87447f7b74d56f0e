"""Cuts a text so that a model reads all of it, however little it reads at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from presidio_analyzer import RecognizerResult
from presidio_analyzer.chunkers import BaseTextChunker, TextChunk

OVERLAP = 100
"""Characters that two neighbouring parts share, so that one of them has a name whole."""
FIRST_GUESS = 64
LONGEST_WINDOW = 512
"""Tokens that models of the BERT family were trained to read at once."""


class Tokenizer(Protocol):
    """What is used here of a tokenizer of Hugging Face's."""

    model_max_length: int
    is_fast: bool

    def __call__(self, text: str | list[str], **options: bool) -> Mapping[str, Sequence[int]]: ...


def window(tokenizer: Tokenizer, config: object) -> int:
    """How many tokens a model reads at once, special ones included.

    Models of the RoBERTa family count places from the one after that of padding.
    """
    places = getattr(config, "max_position_embeddings", None) or LONGEST_WINDOW
    first = (getattr(config, "pad_token_id", None) or 0) + 1
    return int(min(LONGEST_WINDOW, places - first, tokenizer.model_max_length))


class WindowChunker(BaseTextChunker):
    """Cuts a text into parts that fit, by the model's own count of tokens.

    A count of characters, as Presidio's chunker keeps, says little: figures, emoji and foreign letters
    take many tokens, and models pass by in silence what lies beyond their window.

    Args:
        fits: whether the model reads a text to its end.
    """

    def __init__(self, fits: Callable[[str], bool]) -> None:
        self._fits = fits

    def chunk(self, text: str) -> list[TextChunk]:
        """The parts of a text in their order, together all of it; none of a text that is blank.

        Raises:
            ValueError: one letter is too much already; going on would pass it unseen.
        """
        if self._fits(text):
            return [TextChunk(text, 0, len(text))] if text.strip() else []
        return list(self._parts(text))

    def _parts(self, text: str) -> Iterator[TextChunk]:
        start = end = 0
        while end < len(text):
            length = self._longest(text, start)
            overlap = min(OVERLAP, length // 4)
            end = start + length
            if end < len(text):
                end = self._before_word(text, start, end, overlap)
            yield TextChunk(text[start:end], start, end)
            start = _after_blank(text, end - overlap, overlap)

    def _longest(self, text: str, start: int) -> int:
        """How many letters from ``start`` fit, counted by halves."""
        fits, size, left = 0, FIRST_GUESS, len(text) - start
        while fits < left and self._fits(text[start : start + size]):
            fits, size = min(size, left), size * 2
        while fits < left and size - fits > 1:
            middle = (fits + size) // 2
            fits, size = (middle, size) if self._fits(text[start : start + middle]) else (fits, middle)
        if not fits:
            raise ValueError("a part of the text is too long for the window of the model")
        return fits

    def _before_word(self, text: str, start: int, end: int, most: int) -> int:
        blank = _after_blank(text, end, most)
        return blank if self._fits(text[start:blank]) else end

    def deduplicate_overlapping_entities(
        self,
        predictions: list[RecognizerResult],
        overlap_threshold: float = 0.5,
        at_chunk_edge: list[tuple[bool, bool]] | None = None,
    ) -> list[RecognizerResult]:
        """All of them: where two overlap, the one that Presidio would drop may cover more of a name."""
        return predictions


def _after_blank(text: str, place: int, most: int) -> int:
    """The last place after a blank up to ``place``, or that place where none is near."""
    for at in range(place, place - most, -1):
        if text[at - 1].isspace():
            return at
    return place
