"""The corpus: the same each time, every template can be filled, nothing of the benchmark in it."""

import json
import re
from pathlib import Path
from random import Random

import pytest

from training.corpus import Amounts, Corpus
from training.sample import DATA, UNKNOWN
from training.templates import read_templates

WORDS_IN_A_ROW = 5


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return Corpus(shared / "data")


def runs(text: str) -> set[tuple[str, ...]]:
    """Give the runs of five words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + WORDS_IN_A_ROW]) for i in range(len(words) - WORDS_IN_A_ROW + 1)}


def test_the_same_seed_gives_the_same_corpus(corpus: Corpus, shared: Path) -> None:
    amounts = Amounts(documents=0, written=60, silver=20, real=10)
    assert corpus.build(amounts, 7) == Corpus(shared / "data").build(amounts, 7)
    assert corpus.build(amounts, 7) != corpus.build(amounts, 8)


@pytest.mark.parametrize("genre", sorted(read_templates()))
def test_every_template_can_be_filled(corpus: Corpus, genre: str) -> None:
    random = Random(1)
    for template in corpus.templates[genre]:
        sample = corpus.writer.sentence(template, corpus.writer.cast(random), random)
        assert "{" not in sample.text, template
        assert not re.search(r"\[[^\]]*\|", sample.text), template
        assert all(name.strip() == name and name for name, _ in sample.named()), template


def test_negative_templates_hold_no_label(corpus: Corpus) -> None:
    random = Random(2)
    for template in corpus.templates["negatives"]:
        sample = corpus.writer.sentence(template, corpus.writer.cast(random), random)
        assert {label for _, label in sample.named()} <= {UNKNOWN}, template


def test_no_line_of_the_training_data_shares_five_words_with_the_benchmark(shared: Path) -> None:
    lines = (shared / "bench" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    known = set().union(*(runs(json.loads(line)["text"]) for line in lines if line))
    for path in sorted(DATA.rglob("*")):
        if path.suffix not in {".txt", ".yaml"} or path.parent.name in {"names", "documents"}:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            shared_runs = runs(line) & known
            assert not shared_runs, f"{path.name} shares a run of five words with the benchmark"


def test_filled_templates_share_no_five_words_with_the_benchmark(corpus: Corpus, shared: Path) -> None:
    lines = (shared / "bench" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    known = set().union(*(runs(json.loads(line)["text"]) for line in lines if line))
    random = Random(3)
    found = set()
    for genre in sorted(set(corpus.templates)):
        for template in corpus.templates[genre]:
            for _ in range(3):
                found |= (
                    runs(corpus.writer.sentence(template, corpus.writer.cast(random), random).text) & known
                )
    assert not found, f"{len(found)} runs of five words are also in the benchmark"
