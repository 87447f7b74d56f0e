"""What is known of a word is gathered from lists and running text, and found again by its hash."""

from pathlib import Path

import pytest

from signaal.anonymise.text.lexicon import Fact, Lexicon
from training import lexicon

TREE = "\t".join(["1", "fiets", "fiets", "NOUN", "_", "_", "0", "root", "_", "_"])
NAME = "\t".join(["2", "janus", "janus", "PROPN", "_", "_", "1", "flat", "_", "_"])
FILES = {
    "opentaal-basiswoorden-gekeurd.txt": "fiets\nop\nUtrecht\nwiel\n",
    "opentaal-basiswoorden-ongekeurd.txt": "fietsje\n",
    "opentaal-flexies-ongekeurd.txt": "fietsen\nop maat\n",
    "bag-places.tsv": "3\tUtrecht\n1\tDen Haag\n",
    "bag-streets.tsv": "9\tFietsstraat\n",
    "forenames-by-country.csv": "Country,Romanized Name\nNL,Wiel\n",
    "surnames-by-country.csv": "Country,Romanized Name\nNL,Xqzvliet\n",
    "sentences.conllu": f"{TREE}\n{NAME}\n\n{TREE}\n{NAME}\n\n",
    "wikiann-nl-train.tsv": "0\tde\tO\n1\tfiets\tO\n",
}


@pytest.fixture(autouse=True)
def few_countries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of the Netherlands and Turkey only: those of all countries take long."""
    monkeypatch.setattr(lexicon, "AVAILABLE_LOCALES", ["nl_NL", "tr_TR"])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with very small word lists and texts."""
    folder = tmp_path_factory.mktemp("data")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_facts_tell_words_from_names(data: Path) -> None:
    facts = lexicon.facts(data)
    assert Fact.BASE | Fact.SMALL in facts["fiets"]
    assert Fact.INFLECTED in facts["fietsen"]
    assert facts["utrecht"] & (Fact.PROPER | Fact.PLACE | Fact.BASE) == Fact.PROPER | Fact.PLACE
    assert facts["wiel"] & (Fact.BASE | Fact.FORENAME) == Fact.BASE | Fact.FORENAME
    assert facts["xqzvliet"] == Fact.SURNAME
    assert Fact.STREET in facts["fietsstraat"]
    assert "op maat" not in facts


def test_names_of_the_whole_world_do_not_make_common_words_names(data: Path, tmp_path: Path) -> None:
    names = lexicon.single_words(lexicon.invented_names("last_name"))
    assert {"yılmaz", "jansen", "die"} < names
    for name, text in FILES.items():
        (tmp_path / name).write_text(f"die\n{text}" if "gekeurd" in name else text, encoding="utf-8")
    facts = lexicon.facts(tmp_path)
    assert Fact.SURNAME in facts["yılmaz"]
    assert Fact.SURNAME not in facts["die"]


def test_the_compiled_table_says_the_same_in_whatever_capitals(data: Path, tmp_path: Path) -> None:
    assert lexicon.compile_table(data, tmp_path / "table.npz") == len(lexicon.facts(data))
    compiled = Lexicon(tmp_path / "table.npz")
    assert compiled.facts("Xqzvliet") == compiled.facts("XQZVLIET") == Fact.SURNAME
    assert compiled.facts("goitomzq") == Fact(0)
    assert compiled.is_word("fiets")
    assert not compiled.is_word("Xqzvliet")


def test_the_table_can_be_made_again_byte_for_byte(data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    lexicon.compile_table(data, first)
    lexicon.compile_table(data, second)
    one, two = Lexicon(first), Lexicon(second)
    words = ["fiets", "Wiel", "xqzvliet", "onbekend"]
    assert [one.name_likeness(word) for word in words] == [two.name_likeness(word) for word in words]
    assert first.read_bytes() == second.read_bytes()
