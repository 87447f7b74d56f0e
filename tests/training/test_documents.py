"""The written documents: every one can be filled, and their people, numbers and dates differ each time."""

import json
import re
from pathlib import Path
from random import Random

import pytest

from support.runs import runs
from training.corpus import Corpus
from training.documents import Document, Filler, read_documents
from training.sample import LABELS, UNKNOWN
from training.values import Values

WORDS_IN_A_ROW = 7
"""Writers who never saw each other's text share shorter runs by chance ("een jongen van een jaar of")."""


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return Corpus(shared / "data")


@pytest.fixture(scope="module")
def filler(corpus: Corpus) -> Filler:
    return corpus.filler


def test_the_same_slot_is_the_same_person_in_another_form(filler: Filler) -> None:
    sample = filler.fill(Document("fieldnote", "{P1.full} belde. {P1.s} moeder niet, {P2} wel."), Random(4))
    full, genitive, other = (text for text, _ in sample.named())
    assert genitive.rstrip("s'").casefold() in full.casefold()
    assert other not in full
    assert [label for _, label in sample.named()] == ["PERSON"] * 3


def test_what_stands_written_out_keeps_its_label(filler: Filler) -> None:
    text = "{{PERSON|Roos}} bracht een roos, {{?ORGANIZATION|DUO}} niet, in {{?DATE_TIME|maart 2023}}."
    sample = filler.fill(Document("fieldnote", text), Random(1))
    assert sample.named() == [("Roos", "PERSON"), ("maart 2023", UNKNOWN)]
    assert sample.text == "Roos bracht een roos, DUO niet, in maart 2023."


@pytest.mark.parametrize(
    ("label", "written", "shape"),
    [
        ("AGE", "34 jaar", r"\d{1,2} jaar"),
        ("AGE", "drieëntwintig", r"[a-zë]+"),
        ("DATE_TIME", "12-04-2021", r"\d\d?-\d\d?-\d{4}"),
        ("DATE_TIME", "2021-04-12", r"\d{4}-\d\d?-\d\d?"),
        ("DATE_TIME", "dinsdag 4 juni 2024", r"[a-z]+dag \d\d? [a-z]+ \d{4}"),
        ("DATE_TIME", "3 mrt", r"\d\d? [a-z]{3}"),
        ("PHONE_NUMBER", "06-12345678", r"06-\d{8}"),
        ("NL_LICENSE_PLATE", "XJ-204-T", r"[A-Z]{2}-\d{3}-[A-Z]"),
        ("CASE_NUMBER", "JPZ-0047719", r"JPZ-\d{7}"),
        ("NL_POSTCODE", "3011 AB", r"\d{4} [A-Z]{2}"),
        ("NL_STREET_ADDRESS", "Kerkstraat 12 hs", r".+ \d\d? hs"),
    ],
)
def test_a_value_is_drawn_in_the_form_in_which_it_was_written(
    corpus: Corpus, label: str, written: str, shape: str
) -> None:
    values, random = Values(corpus.gazetteer), Random(5)
    drawn = {values.drawn(label, written, random) for _ in range(12)}  # type: ignore[arg-type]
    assert len(drawn) > 3
    assert all(re.fullmatch(shape, value) for value in drawn), drawn


def test_every_written_document_can_be_filled(corpus: Corpus) -> None:
    trained_on, held_out = read_documents()
    assert len(trained_on) > 8 * len(held_out) / 2 > 0
    for document in (*trained_on, *held_out):
        sample = corpus.plainly_filled(document, Random(1))
        assert not re.search(r"[{}]", sample.text), document.text[:80]
        assert {label for _, label in sample.named()} <= {*LABELS, UNKNOWN}
        assert all(text.strip() == text for text, _ in sample.named()), document.text[:80]


def test_no_document_is_both_trained_on_and_measured_with() -> None:
    trained_on, held_out = read_documents()
    assert not {document.text for document in trained_on} & {document.text for document in held_out}


def test_the_documents_share_no_run_of_words_with_the_benchmark(shared: Path) -> None:
    lines = (shared / "bench" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    benchmark = {run for line in lines for run in runs(json.loads(line)["text"], WORDS_IN_A_ROW)}
    trained_on, held_out = read_documents()
    common = [
        " ".join(run)
        for document in (*trained_on, *held_out)
        for run in runs(document.text, WORDS_IN_A_ROW) & benchmark
    ]
    assert common == []
