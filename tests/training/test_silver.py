"""Swapping names in labelled text must leave every label on a name and the rest of the text alone."""

from pathlib import Path
from random import Random

import pytest

from training import silver
from training.names import NameBook, written_lists
from training.places import Gazetteer
from training.sample import Piece, Sample, assemble, joined, pieces_of

ROWS = [
    ("Gisteren", "O"),
    ("sprak", "O"),
    ("Jan", "B-PER"),
    ("Jansen", "I-PER"),
    ("in", "O"),
    ("Utrecht", "B-LOC"),
    (".", "O"),
]
TREE = [
    ("Gisteren", "ADV", True),
    ("kwam", "VERB", True),
    ("hij", "PRON", True),
    ("thuis", "ADV", False),
    (".", "PUNCT", True),
]


@pytest.fixture(scope="module")
def book() -> NameBook:
    return NameBook(written_lists())


@pytest.fixture(scope="module")
def gazetteer(shared: Path, book: NameBook) -> Gazetteer:
    return Gazetteer(shared / "data", book)


def test_tags_become_spans() -> None:
    sample = silver.from_bio(ROWS)
    assert sample.text == "Gisteren sprak Jan Jansen in Utrecht."
    assert sample.named() == [("Jan Jansen", "PERSON"), ("Utrecht", "LOCATION")]


def test_taking_apart_and_assembling_give_the_same_sample() -> None:
    sample = silver.from_bio(ROWS)
    assert assemble(pieces_of(sample)) == sample
    assert joined([sample, sample], "\n").named() == sample.named() * 2


@pytest.mark.parametrize("seed", range(20))
def test_a_swapped_name_stands_where_the_old_one_stood(
    seed: int, book: NameBook, gazetteer: Gazetteer
) -> None:
    sample = silver.from_bio(ROWS)
    changed = silver.swapped(sample, book, gazetteer, Random(seed))
    assert [piece.text for piece in pieces_of(changed) if not piece.label] == ["Gisteren sprak ", " in ", "."]
    assert [label for _, label in changed.named()] == ["PERSON", "LOCATION"]
    assert "Jan Jansen" not in changed.text


@pytest.mark.parametrize("seed", range(5))
def test_a_person_takes_the_place_of_a_pronoun(seed: int, book: NameBook) -> None:
    sample = silver.carrier(TREE, book, Random(seed))
    ((name, label),) = sample.named()
    assert sample.text == f"Gisteren kwam {name} thuis."
    assert label == "PERSON"


def test_countries_lose_their_label() -> None:
    sample = assemble([Piece("Syrië", "LOCATION"), Piece(" en "), Piece("Utrecht", "LOCATION")])
    assert silver.without_countries(sample, frozenset({"Syrië"})).named() == [("Utrecht", "LOCATION")]


def test_a_sentence_without_names_has_no_labels() -> None:
    assert silver.plain(TREE) == Sample("Gisteren kwam hij thuis.")
