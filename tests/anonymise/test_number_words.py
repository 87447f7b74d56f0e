"""Numbers in Dutch words, written together or apart."""

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.text.recognizers import number_words as module
from signaal.anonymise.text.recognizers.number_words import (
    NUMBER_WORDS,
    ORDINAL,
    ORDINAL_WORDS,
    UP_TO_99,
    UP_TO_9999,
    spoken_number,
)

WORDS = st.sampled_from(sorted(NUMBER_WORDS))


def test_every_number_below_ten_thousand_has_a_word() -> None:
    assert set(NUMBER_WORDS.values()) == set(range(10_000))


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("nul", 0),
        ("een", 1),
        ("één", 1),
        ("éénentwintig", 21),
        ("drieëntwintig", 23),
        ("drieentwintig", 23),
        ("honderdeen", 101),
        ("honderdentwaalf", 112),
        ("tweehonderdtweeënvijftig", 252),
        ("elfhonderd", 1100),
        ("negentienhonderdachtennegentig", 1998),
        ("tweeduizenddrie", 2003),
        ("tweeduizendvierentwintig", 2024),
        ("negenduizendnegenhonderdnegenennegentig", 9999),
    ],
)
def test_a_number_has_its_usual_spellings(word: str, number: int) -> None:
    assert NUMBER_WORDS[word] == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("drie en twintig", 23),
        ("Drie en Twintig", 23),
        ("drie-en-twintig", 23),
        ("negentien honderd achtennegentig", 1998),
        ("negentienhonderd acht en negentig", 1998),
        ("tweeduizend drie", 2003),
        ("twee duizend en vier", 2004),
        ("honderd en drieëntwintig", 123),
        ("honderd tien", 110),
    ],
)
def test_a_number_in_several_words_is_one_number(text: str, number: int) -> None:
    assert spoken_number(text.split()) == number


@pytest.mark.parametrize("text", ["", "en", "zes tien", "vijf twaalf", "twee huizen", "drie en"])
def test_words_that_make_no_number_are_none(text: str) -> None:
    assert spoken_number(text.split()) is None


@given(WORDS)
def test_a_spelling_spoken_as_one_word_is_its_number(word: str) -> None:
    assert spoken_number([word]) == spoken_number([word.upper()]) == NUMBER_WORDS[word]


@given(WORDS)
def test_a_blank_after_hundred_or_thousand_changes_nothing(word: str) -> None:
    apart = word.replace("duizend", " duizend ").replace("honderd", " honderd ").split()
    assert spoken_number(apart) == NUMBER_WORDS[word]


@given(WORDS)
def test_the_pattern_takes_every_spelling_whole(word: str) -> None:
    assert (regex.fullmatch(UP_TO_9999, word) is not None) == (NUMBER_WORDS[word] > 0)
    assert (regex.fullmatch(UP_TO_99, word) is not None) == (0 < NUMBER_WORDS[word] < 100)


def test_ordinals_go_from_the_first_to_the_thirty_first() -> None:
    assert set(ORDINAL_WORDS.values()) == set(range(1, 32))
    assert ORDINAL_WORDS["eerste"] == 1
    assert ORDINAL_WORDS["achtste"] == 8
    assert ORDINAL_WORDS["tweeëntwintigste"] == ORDINAL_WORDS["tweeentwintigste"] == 22
    assert ORDINAL_WORDS["eenendertigste"] == 31
    assert all(regex.fullmatch(ORDINAL, word) for word in ORDINAL_WORDS)


def test_the_words_are_made_in_a_blink() -> None:
    module.number_words.cache_clear()
    start = time.process_time()
    module.number_words()
    assert time.process_time() - start < 0.25


def test_an_unknown_attribute_is_an_error() -> None:
    with pytest.raises(AttributeError):
        module.__getattr__("WORDS")
