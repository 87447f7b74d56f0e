"""What is known of a word reaches the pipeline, whatever capitals it is written with."""

from pathlib import Path

import pytest
import spacy

from training import lexicon

TREE = "\t".join(["1", "fiets", "fiets", "NOUN", "_", "_", "0", "root", "_", "_"])
NAME = "\t".join(["2", "jan", "jan", "PROPN", "_", "_", "1", "flat", "_", "_"])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with very small word lists and texts."""
    (tmp_path / "opentaal-basiswoorden-gekeurd.txt").write_text("fiets\nop\nUtrecht\n", encoding="utf-8")
    (tmp_path / "opentaal-flexies-ongekeurd.txt").write_text("fietsen\nop maat\n", encoding="utf-8")
    (tmp_path / "sentences.conllu").write_text(f"{TREE}\n{NAME}\n\n{TREE}\n{NAME}\n\n", encoding="utf-8")
    (tmp_path / "wikiann-nl-train.tsv").write_text("0\tde\tO\n1\tfiets\tO\n", encoding="utf-8")
    return tmp_path


def test_facts_tell_words_from_names(data: Path) -> None:
    facts = lexicon.facts(data)
    assert facts["fiets"] == {"approved", "seen small"}
    assert facts["fietsen"] == {"inflected"}
    assert facts["utrecht"] == {"proper"}
    assert facts["op"] == {"approved", "short"}
    assert "jan" not in facts
    assert "op maat" not in facts


def test_the_table_is_looked_up_in_small_letters_and_unknown_words_have_no_row(data: Path) -> None:
    nlp = spacy.blank("nl")
    assert lexicon.add_to(nlp, data) == len(lexicon.facts(data))
    known, shouted, unknown = nlp("fiets FIETS Goitom")
    keys = [token.lower for token in (known, shouted, unknown)]
    rows = nlp.vocab.vectors.find(keys=keys)
    assert rows[0] == rows[1] >= 0
    assert rows[2] == -1
