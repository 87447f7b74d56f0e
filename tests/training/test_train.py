"""How samples become what spaCy trains on."""

import spacy

from training.sample import Piece, Sample, assemble
from training.train import batches, examples, gold


def test_a_name_inside_a_token_takes_the_whole_token() -> None:
    sample = assemble(
        [Piece("Fatima", "PERSON"), Piece("is laat, "), Piece("Kees", "PERSON"), Piece(" niet.")]
    )
    doc = gold(spacy.blank("nl"), sample)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [
        ("Fatimais", "PERSON"),
        ("Kees", "PERSON"),
    ]


def test_two_names_in_one_token_become_one_entity() -> None:
    sample = assemble([Piece("Jan", "PERSON"), Piece("en"), Piece("Piet", "PERSON")])
    doc = gold(spacy.blank("nl"), sample)
    assert [entity.text for entity in doc.ents] == ["JanenPiet"]


def test_batches_hold_every_text_once() -> None:
    texts = list(examples(spacy.blank("nl"), [Sample("een twee drie")] * 10))
    cut = list(batches(texts, words=7))
    assert [len(batch) for batch in cut] == [3, 3, 3, 1]
    assert [text for batch in cut for text in batch] == texts
