"""Persons of every origin, and the forms of their names."""

from random import Random

import pytest

from training.names import NameBook, NameList, genitive, spliced, written_lists

# the origins of the benchmark's guidelines
ORIGINS = {"nl", "fy", "be", "tr", "ma", "ar", "sr-h", "sr-c", "cw", "pl", "ua", "ro", "er", "so", "af"}
ORIGINS |= {"ir", "cn", "id", "cv", "gh", "en", "nick"}


def test_every_origin_of_the_guidelines_has_a_list() -> None:
    assert {names.origin for names in written_lists()} >= ORIGINS


@pytest.mark.parametrize(
    "names", [names for names in written_lists() if names.origin != "nick"], ids=lambda names: names.origin
)
def test_a_list_is_long_enough(names: NameList) -> None:
    assert len(set(names.forenames)) >= 80
    assert len(set(names.surnames)) >= 80


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
