"""How samples become what spaCy trains on, and that what is trained tells names from words."""

from pathlib import Path

import spacy

from training.corpus import Amounts, Corpus
from training.sample import UNKNOWN, Piece, Sample, assemble
from training.train import SEED, batches, blank, examples, gold, train


def tags(sample: Sample) -> list[tuple[str, str]]:
    return [(token.text, token.tag_) for token in gold(spacy.blank("nl"), sample)]


def test_a_name_inside_a_token_takes_the_whole_token() -> None:
    sample = assemble([Piece("Fatima", "PERSON"), Piece("is laat")])
    assert tags(sample) == [("Fatimais", "B-PERSON"), ("laat", "O")]


def test_a_name_of_two_words_begins_once() -> None:
    sample = assemble([Piece("Kees Vos", "PERSON"), Piece(" "), Piece("Oss", "LOCATION")])
    assert tags(sample) == [("Kees", "B-PERSON"), ("Vos", "I-PERSON"), ("Oss", "B-LOCATION")]


def test_nothing_is_learnt_from_what_may_be_either() -> None:
    sample = assemble([Piece("in "), Piece("maart 2023", UNKNOWN)])
    assert tags(sample) == [("in", "O"), ("maart", ""), ("2023", "")]


def test_two_names_in_one_token_become_one() -> None:
    sample = assemble([Piece("Jan", "PERSON"), Piece("en"), Piece("Piet", "PERSON")])
    assert tags(sample) == [("JanenPiet", "B-PERSON")]


def test_batches_hold_every_text_once() -> None:
    texts = list(examples(spacy.blank("nl"), [Sample("een twee drie")] * 10))
    cut = list(batches(texts, words=7))
    assert [len(batch) for batch in cut] == [3, 3, 3, 1]
    assert [text for batch in cut for text in batch] == texts


def test_the_same_texts_give_the_same_pipeline(shared: Path) -> None:
    corpus = Corpus(shared / "data")
    amounts = Amounts(documents=0, written=40, silver=10, real=10)
    once, again = (train(lambda epoch: corpus.build(amounts, SEED + epoch), epochs=2) for _ in range(2))
    assert once.to_bytes(exclude=["vocab"]) == again.to_bytes(exclude=["vocab"])


def test_the_untrained_pipeline_knows_every_label() -> None:
    labels = blank().get_pipe("personal_data").labels
    assert labels[0] == "O"
    assert {"B-PERSON", "I-PERSON", "B-AGE", "B-CASE_NUMBER"} < set(labels)
    assert not any(UNKNOWN in label for label in labels)
