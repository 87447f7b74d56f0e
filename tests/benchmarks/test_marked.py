"""The project's own documents for measuring parse, and are no training text."""

from pathlib import Path

import pytest

from benchmarks.marked import own_documents
from support.runs import runs
from training.documents import read_documents
from training.sample import LABELS

WORDS_IN_A_ROW = 8
"""Shorter runs coincide: "hierbij maak ik bezwaar tegen uw besluit van"."""


def test_every_document_is_read_with_its_spans() -> None:
    documents = own_documents()
    assert len(documents) == len({document["id"] for document in documents}) > 100
    for document in documents:
        assert document["spans"] or document["genre"] == "survey", document["id"]
        for span in document["spans"]:
            text = document["text"][span["start"] : span["end"]]
            assert text == text.strip() != "", document["id"]
            assert span["label"] in LABELS
            assert (span["label"] == "PERSON") == (span["origin"] is not None), document["id"]


def test_a_mark_that_does_not_parse_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("### id=a-1 genre=chat\n{{PERSON:nl|Kees belde", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt: a-1"):
        own_documents(tmp_path)


def test_marks_are_taken_out_and_their_places_kept(tmp_path: Path) -> None:
    marked = "### id=a-1 genre=chat\n{{PERSON:nl|Kees}} en {{?AGE|12}}!\n"
    (tmp_path / "a.txt").write_text(marked, encoding="utf-8")
    (document,) = own_documents(tmp_path)
    assert document["text"] == "Kees en 12!"
    assert [(span["start"], span["end"], span["optional"]) for span in document["spans"]] == [
        (0, 4, False),
        (8, 10, True),
    ]


def test_they_share_no_run_of_words_with_the_training_documents() -> None:
    known = {run for document in own_documents() for run in runs(document["text"], WORDS_IN_A_ROW)}
    trained_on, held_out = read_documents()
    common = {
        " ".join(run)
        for document in (*trained_on, *held_out)
        for run in runs(document.text, WORDS_IN_A_ROW) & known
    }
    assert common == set()
