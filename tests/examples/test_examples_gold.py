"""The list of planted data is true: all of it is in the files, and nothing of it is somebody's."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from stdnum import iban
from stdnum.nl import bsn

Gold = dict[str, dict[str, list[str]]]
TextOf = Callable[[Path], str]

INVENTED_DOMAIN = re.compile(r"@(voorbeeld\.nl|example\.(com|net|org))$")
DATE = re.compile(r"\b(\d\d-\d\d-\d\d(\d\d)?|\d{4}-\d\d-\d\d)\b")
NO_SPACE = re.compile(r"[\s.]+")


def test_every_file_is_in_the_list(inbox: Path, gold: Gold) -> None:
    assert set(gold) == {path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()}


def test_everything_in_the_list_is_in_its_file(inbox: Path, gold: Gold, text_of: TextOf) -> None:
    for name, lists in gold.items():
        text = text_of(inbox / name)
        strings = [string for strings in lists.values() for string in strings]
        assert [string for string in strings if string not in text] == []


def test_what_must_survive_holds_nothing_that_must_not(gold: Gold) -> None:
    planted = {value.casefold() for lists in gold.values() for value in lists["must_not_survive"]}
    phrases = [phrase for lists in gold.values() for phrase in lists.get("must_survive", [])]
    assert len(phrases) >= 24
    assert [phrase for phrase in phrases if any(value in phrase.casefold() for value in planted)] == []


def test_planted_strings_are_long_enough_to_search_for(gold: Gold) -> None:
    assert all(len(value) >= 4 for lists in gold.values() for value in lists["must_not_survive"])


def test_every_mail_address_and_number_in_the_files_is_in_the_list(
    inbox: Path, gold: Gold, text_of: TextOf
) -> None:
    pattern = re.compile(r"[\w.]+@[\w.]+\w|\b0\d[\d .-]{7,12}\d\b|\bNL\d\d ?[A-Z]{4}[\d ]{10,13}\d\b")
    for name, lists in gold.items():
        found = set(pattern.findall(DATE.sub("", text_of(inbox / name))))
        assert sorted(found - set(lists["must_not_survive"])) == []


def test_mail_addresses_are_on_invented_domains(gold: Gold) -> None:
    addresses = [value for lists in gold.values() for value in lists["must_not_survive"] if "@" in value]
    assert len(addresses) > 100
    assert [address for address in addresses if not INVENTED_DOMAIN.search(address)] == []


@pytest.mark.parametrize(
    ("shape", "is_valid", "least"),
    [(r"NL\d\d[A-Z]{4}\d{10}", iban.is_valid, 4), (r"99\d{7}", bsn.is_valid, 200)],
    ids=["iban", "bsn"],
)
def test_check_digits_are_right(shape: str, is_valid: Callable[[str], bool], least: int, gold: Gold) -> None:
    values = (NO_SPACE.sub("", value) for lists in gold.values() for value in lists["must_not_survive"])
    numbers = [value for value in values if re.fullmatch(shape, value)]
    assert len(numbers) >= least
    assert all(is_valid(number) for number in numbers)


def test_making_the_documents_again_changes_nothing(
    make_documents: ModuleType, inbox: Path, tmp_path: Path, text_of: TextOf
) -> None:
    make_documents.write_documents(tmp_path)
    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 6
    for name in made:
        assert text_of(tmp_path / name) == text_of(inbox / name)
