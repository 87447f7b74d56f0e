"""Persons of every origin, and the forms of their names."""

from random import Random

import pytest

from training.names import NameBook, NameList, genitive, spliced, written_lists

# the origins of the benchmark's guidelines, and the names that are words
ORIGINS = {"nl", "fy", "be", "tr", "ma", "ar", "sr-h", "sr-c", "cw", "pl", "ua", "ro", "er", "so", "af"}
ORIGINS |= {"ir", "cn", "id", "cv", "gh", "en", "nick", "word"}


def test_every_origin_of_the_guidelines_has_a_list() -> None:
    assert {names.origin for names in written_lists()} >= ORIGINS


LONG_ENOUGH = {"nick": (250, 0), "word": (300, 300)}
"""The least number of forenames and of surnames where it is not 150 and 150."""


@pytest.mark.parametrize("names", written_lists(), ids=lambda names: names.origin)
def test_a_list_is_long_enough(names: NameList) -> None:
    forenames, surnames = LONG_ENOUGH.get(names.origin, (150, 150))
    assert len(set(names.forenames)) >= forenames
    assert len(set(names.surnames)) >= surnames


@pytest.mark.parametrize("names", written_lists(), ids=lambda names: names.origin)
def test_a_list_holds_no_name_twice(names: NameList) -> None:
    assert len(names.forenames) == len(set(names.forenames))
    assert len(names.surnames) == len(set(names.surnames))


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("Mohammed", "Mohammeds"),
        ("Anna", "Anna's"),
        ("Hans", "Hans'"),
        ("Max", "Max'"),
        ("Willy", "Willy's"),
        ("Marie", "Maries"),
        ("Renée", "Renées"),
        ("Aziz", "Aziz'"),
    ],
)
def test_the_genitive_follows_dutch_spelling(name: str, owner: str) -> None:
    assert genitive(name) == owner


def test_the_same_seed_gives_the_same_people() -> None:
    book = NameBook(written_lists())
    first, second = Random(5), Random(5)
    assert [book.person(first) for _ in range(50)] == [book.person(second) for _ in range(50)]


def test_a_spliced_name_keeps_what_stands_before_it() -> None:
    assert spliced("van der Berg", "Jansen", Random(1)).startswith("van der Be")
    assert spliced("Bo", "Anna", Random(1)) == "Bo"
