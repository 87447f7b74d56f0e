"""Writing a text in another way must leave every label on its name."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import corrupt
from training.sample import Piece, Sample, assemble

WORDS = st.text(alphabet="abcdeFGHıİşßéł'-. ,", min_size=1, max_size=12).filter(
    lambda text: text.strip(" .,'-") != ""
)
PIECES = st.lists(st.tuples(WORDS, st.sampled_from([None, "PERSON", "LOCATION"])), min_size=1, max_size=6)


def sample_of(parts: list[tuple[str, str | None]]) -> Sample:
    pieces: list[Piece] = []
    for text, label in parts:
        pieces += [Piece(text.strip() if label else text, label), Piece(" ")]  # type: ignore[arg-type]
    return assemble(pieces)


def letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def test_lowering_keeps_the_spans_on_the_names() -> None:
    sample = assemble([Piece("Met "), Piece("İbrahim Yılmaz", "PERSON"), Piece(" gebeld.")])
    assert corrupt.lowered(sample).named() == [("ibrahim yılmaz", "PERSON")]


@given(PIECES)
def test_small_and_large_letters_keep_length_and_spans(parts: list[tuple[str, str | None]]) -> None:
    sample = sample_of(parts)
    for way in (corrupt.lowered, corrupt.raised, corrupt.undecorated):
        changed = way(sample)
        assert len(changed.text) == len(sample.text)
        assert changed.spans == sample.spans


@given(PIECES)
def test_without_punctuation_every_name_keeps_its_letters(parts: list[tuple[str, str | None]]) -> None:
    sample = sample_of(parts)
    changed = corrupt.unpunctuated(sample)
    assert [letters(name) for name, _ in changed.named()] == [letters(name) for name, _ in sample.named()]
    assert [label for _, label in changed.named()] == [label for _, label in sample.named()]


@given(PIECES, st.integers(0, 1000))
def test_any_way_of_writing_keeps_the_spans_in_order_and_inside_the_text(
    parts: list[tuple[str, str | None]], seed: int
) -> None:
    changed = corrupt.varied(sample_of(parts), Random(seed))
    end = 0
    for span in changed.spans:
        assert end <= span.start < span.end <= len(changed.text)
        end = span.end


@given(PIECES, st.integers(0, 1000))
def test_a_typing_error_keeps_the_labels_in_order(parts: list[tuple[str, str | None]], seed: int) -> None:
    sample = sample_of(parts)
    changed = corrupt.mistyped(sample, Random(seed), rate=1.0)
    assert [label for _, label in changed.named()] == [label for _, label in sample.named()]


def test_dictation_writes_digits_as_words_and_nothing_large() -> None:
    sample = assemble(
        [Piece("Vandaag 12 minuten bij "), Piece("J.P. de Vries-Bakker", "PERSON"), Piece(", rustig.")]
    )
    spoken = corrupt.dictated(sample, Random(3))
    assert "een twee" in spoken.text
    assert spoken.text == spoken.text.lower()
    assert spoken.named() == [("jp de vries bakker", "PERSON")]


def test_a_missing_blank_keeps_the_later_spans_on_their_names() -> None:
    sample = assemble([Piece("Fatima", "PERSON"), Piece(" is bij "), Piece("Kees", "PERSON")])
    for seed in range(5):
        changed = corrupt.glued(sample, Random(seed))
        assert [name for name, _ in changed.named()] == ["Fatima", "Kees"]


@pytest.mark.parametrize(("before", "after"), [("a  b", "a b"), ("a ", "a"), ("  a", "a"), ("a\n b", "a\nb")])
def test_blanks_are_tidied(before: str, after: str) -> None:
    assert corrupt.tidied(Sample(before)).text == after
