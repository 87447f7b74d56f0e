"""Keys and the pseudonyms made with them."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.pseudonyms import PSEUDONYM_LETTERS, Keys, create_key, normalise, read_keys
from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

ONE, OTHER = Keys(b"1" * 32), Keys(b"2" * 32)
NAMES = st.text(st.characters(categories=["L", "Zs", "Pd"]), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan de Vries", "jan  de vries"),
        ("Jan de Vries", "de Vries, Jan"),
        ("Żaneta Wójcik", "Zaneta Wojcik"),
        ("J. de Vries", "de Vries, J."),
        ("Anne-Marie Bos", "Anne Marie Bos"),
    ],
)
def test_a_person_has_one_pseudonym_however_the_name_is_written(one: str, other: str) -> None:
    assert ONE.pseudonym(Entity.PERSON, one) == ONE.pseudonym(Entity.PERSON, other)


@given(NAMES)
def test_the_same_name_has_another_pseudonym_in_another_project(name: str) -> None:
    assert ONE.pseudonym(Entity.PERSON, name) != OTHER.pseudonym(Entity.PERSON, name)


@given(NAMES)
def test_normalising_twice_changes_nothing(name: str) -> None:
    once = normalise(Entity.PERSON, name)
    assert normalise(Entity.PERSON, once) == once


@given(NAMES)
def test_a_pseudonym_looks_like_no_number_and_no_word(name: str) -> None:
    pseudonym = ONE.pseudonym(Entity.PERSON, name)
    assert len(pseudonym) == PSEUDONYM_LETTERS
    assert set(pseudonym) <= set("BCDFGHJKLMNPQRSTVWXZ")


def test_purposes_do_not_mix() -> None:
    assert ONE.keyed("content", b"x") != ONE.keyed("row", b"x")


def test_a_new_key_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "project.key"
    create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_keys(Settings(workspace=tmp_path)).key_id


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    create_key(tmp_path / "project.key")
    before = (tmp_path / "project.key").read_bytes()
    with pytest.raises(ConfigurationError, match="not overwritten"):
        create_key(tmp_path / "project.key")
    assert (tmp_path / "project.key").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX systems")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    create_key(tmp_path / "project.key")
    (tmp_path / "project.key").chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        read_keys(Settings(workspace=tmp_path))


def test_a_key_from_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNAAL_KEY", "ab" * 32)
    assert read_keys(Settings(workspace=tmp_path)).key_id == Keys(bytes.fromhex("ab" * 32)).key_id


def test_a_broken_key_is_not_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNAAL_KEY", "topsecret-but-no-hex")
    with pytest.raises(ConfigurationError) as caught:
        read_keys(Settings(workspace=tmp_path))
    assert "topsecret" not in caught.value.message
