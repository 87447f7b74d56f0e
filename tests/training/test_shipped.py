"""The pipeline that ships: it loads, knows its labels, finds new names and leaves plain words alone."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import signaal.anonymise.text.pipeline  # noqa: F401  (registers the component)
from training.names import written_lists
from training.sample import LABELS

FOLDER = Path(__file__).parents[2] / "src" / "signaal" / "anonymise" / "model" / "nl_signaal"
MEGABYTE = 1_000_000
NEW_NAMES = (
    "Hendrik Zandvliet",
    "Sjoukje Wiarda",
    "Naïma Oulad",
    "Gülsen Aydemir",
    "Tesfit Okubamariam",
    "Grzegorz Pilch",
    "Solomiya Prytula",
    "Costin Vlaicu",
    "Hodan Jimcale",
    "Farzad Khoshgoftar",
    "Shanti Oemraw",
    "Kwabena Twum",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The pipeline from disk."""
    return spacy.load(FOLDER)


def test_it_marks_exactly_the_labels_of_the_guidelines(nlp: Language) -> None:
    assert nlp.lang == "nl"
    assert nlp.pipe_names == ["personal_data"]
    labels = nlp.get_pipe("personal_data").labels  # type: ignore[attr-defined]
    assert {label[2:] for label in labels if label != "O"} == set(LABELS)


def test_it_is_small_enough_to_ship() -> None:
    files = [*FOLDER.rglob("*"), FOLDER.parent / "lexicon.npz"]
    assert sum(path.stat().st_size for path in files if path.is_file()) <= 30 * MEGABYTE


def test_it_carries_no_names_of_the_training_texts() -> None:
    strings = set(json.loads((FOLDER / "vocab" / "strings.json").read_text(encoding="utf-8")))
    names = {name for names in written_lists() for name in names.forenames if len(name) > 4}
    assert not strings & names


@pytest.mark.parametrize("small", [False, True], ids=["capitals", "small"])
def test_it_finds_nine_in_ten_new_names(nlp: Language, small: bool) -> None:
    missed = []
    for name in NEW_NAMES:
        text = f"Gisteren sprak ik {name} over de huur."
        written, text = (name.lower(), text.lower()) if small else (name, text)
        if not any(written in entity.text for entity in nlp(text).ents):
            missed.append(written)
    assert len(missed) * 10 <= len(NEW_NAMES), missed


@pytest.mark.parametrize(
    "text",
    [
        "Het was rustig en de deur ging om tien uur dicht.",
        "we hebben samen soep gegeten",
        "De bakker wil een roos.",
    ],
)
def test_it_leaves_ordinary_sentences_alone(nlp: Language, text: str) -> None:
    assert not nlp(text).ents
