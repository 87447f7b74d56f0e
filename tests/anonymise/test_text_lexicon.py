"""What the shipped lexicon says of Dutch words and of names from everywhere."""

import pytest

from signaal.anonymise.text.lexicon import Fact, Lexicon, bundled_lexicon, letter_groups

WORDS = [
    "tafel", "huilde", "afgesproken", "jongerenwerkster", "schuldhulpmaatje", "huiswerkbegeleidingsgroep",
    "energiearmoedefonds", "koffieochtenden", "zorgverzekeraars", "gesprok", "vriedin", "geweldag", "roos",
    "storm", "wil", "bakker", "thuisadministratie", "wijkteammedewerker",
]  # fmt: skip
NO_WORDS = [
    "Semhar", "Wisniewska", "Bouzambou", "Desislava", "Jurensley", "Okubamariam", "Nguyễn", "Yılmaz",
    "Abdirahman", "Ramkhelawan", "Hoekstra", "Latupeirissa", "xkzwq",
]  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return bundled_lexicon()


@pytest.mark.parametrize("word", WORDS)
def test_words_inflections_compounds_and_slips_of_the_pen_are_ordinary(lexicon: Lexicon, word: str) -> None:
    assert lexicon.is_word(word)
    assert lexicon.is_word(word.upper())


@pytest.mark.parametrize("word", NO_WORDS)
def test_names_and_nonsense_are_not(lexicon: Lexicon, word: str) -> None:
    assert not lexicon.is_word(word)
    assert not lexicon.is_word(word.lower())


def test_a_word_that_is_a_name_as_well_is_known_as_both(lexicon: Lexicon) -> None:
    assert lexicon.facts("Roos") & (Fact.BASE | Fact.FORENAME) == Fact.BASE | Fact.FORENAME


def test_letters_tell_names_from_words(lexicon: Lexicon) -> None:
    assert lexicon.name_likeness("Tesfalem") > 0.7
    assert lexicon.name_likeness("afdelingsvergadering") < 0.3


def test_letter_groups_mark_the_edges() -> None:
    assert letter_groups("Jo") == ["<j", "jo", "o>", "<jo", "jo>", "<jo>"]


def test_a_word_of_a_hundred_thousand_letters_is_no_word_and_is_cut_before_it_is_weighed(
    lexicon: Lexicon,
) -> None:
    assert not lexicon.is_word("ab" * 50_000)
    assert len(letter_groups("ab" * 50_000)) < 150
