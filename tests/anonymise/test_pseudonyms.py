"""Keys, the pseudonyms made with them, and the file that the keys are in."""

import copy
import os
import pickle
import re
import stat
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.anonymise.pseudonyms import ALPHABET, PSEUDONYM_LETTERS, Keys, create_key, normalise, read_keys
from signaal.anonymise.pseudonyms.key_file import erase, write_key_file
from signaal.anonymise.pseudonyms.keys import Rotation
from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

ONE, OTHER, ROTATED = Keys(b"1" * 32), Keys(b"2" * 32), Keys(b"1" * 32, b"2" * 32)
PEOPLE: list[list[str]] = yaml.safe_load(
    (Path(__file__).parent / "spellings_of_people.yaml").read_text(encoding="utf-8")
)
NAMES = st.text(st.characters(categories=["L", "M", "Zs", "Pd", "Po"]), min_size=1, max_size=40)
VALUES = st.text(max_size=40) | st.text("0123456789 -+/().x@:w,#", max_size=25)
PARTS = "de van der 't J. P JP Vries Jan dhr. mr heer jr junior MSc Ng (Jan) , , el AJ v.d. dr - ÿ Bos T. Th"
FORENAMES = st.sampled_from(["Jan", "Fatima", "Łukasz", "Anne-Marie", "Ruud", "Zoë"])
SURNAMES = st.sampled_from(["Bakker", "Wójcik", "Karatepe", "Hoekstra-Vermaat", "O'Brien", "Dijkstra"])
PARTICLES = st.sampled_from(["", "de", "van der", "van 't", "ten", "el"])
posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX systems")


@pytest.mark.parametrize("spellings", PEOPLE, ids=lambda spellings: spellings[0])
def test_a_person_has_one_pseudonym_however_the_name_is_written(spellings: list[str]) -> None:
    made = {spelling: normalise(Entity.PERSON, spelling) for spelling in spellings}
    assert len(set(made.values())) == 1, made
    assert len({ONE.pseudonym(Entity.PERSON, spelling) for spelling in spellings}) == 1


def test_different_people_have_different_pseudonyms() -> None:
    made = [ONE.pseudonym(Entity.PERSON, spellings[0]) for spellings in PEOPLE]
    assert len(set(made)) == len(PEOPLE)


@given(FORENAMES, PARTICLES, SURNAMES)
def test_order_commas_case_and_titles_make_no_other_person(
    forename: str, particle: str, surname: str
) -> None:
    whole = f"{forename} {particle} {surname}"
    written = [whole.upper(), f"{particle} {surname}, {forename}", f" dhr. {whole}."]
    if particle not in {"", "el"}:
        written.append(f"{surname.upper()}, {forename} {particle}")
    assert {normalise(Entity.PERSON, each) for each in written} == {normalise(Entity.PERSON, whole)}


@given(st.lists(st.tuples(FORENAMES, PARTICLES, SURNAMES), min_size=2, unique=True))
def test_other_names_are_other_people(names: list[tuple[str, str, str]]) -> None:
    made = {normalise(Entity.PERSON, " ".join(name)) for name in names}
    assert len(made) == len(names)


@pytest.mark.parametrize(
    ("entity", "spellings"),
    [
        (Entity.PHONE_NUMBER, ["06-48291735", "+31 6 48291735", "0031648291735", "+31 (0)6 4829 1735"]),
        (Entity.PHONE_NUMBER, ["06 48 29 17 35", "648291735", "(06) 48291735", "31648291735"]),
        (Entity.PHONE_NUMBER, ["+90 532 123 45 67", "0090 532 1234567"]),
        (Entity.EMAIL_ADDRESS, ["Jan.Bos@Voorbeeld.NL", "Jan <jan.bos@voorbeeld.nl>"]),
        (Entity.IBAN_CODE, ["NL91 ABNA 0417 1643 00", "nl91abna0417164300", "NL91.ABNA.0417.1643.00"]),
        (Entity.NL_BSN, ["012345672", "12345672", "0123.45.672"]),
        (Entity.NL_POSTCODE, ["1234 AB", "1234ab", "1234-AB"]),
        (Entity.URL, ["https://www.voorbeeld.nl/", "voorbeeld.nl", "HTTP://Voorbeeld.nl"]),
        (Entity.SOCIAL_HANDLE, ["@Jan_89", "jan_89"]),
        (Entity.IP_ADDRESS, ["::1", "0:0:0:0:0:0:0:1"]),
        (Entity.NL_STREET_ADDRESS, ["Dorpsstraat 12 A", "dorpsstraat 12a", "Dorpsstraat 12-a"]),
        (Entity.LOCATION, ["Rotterdam-Zuid", "rotterdam zuid"]),
    ],
)
def test_other_values_have_one_spelling_too(entity: Entity, spellings: list[str]) -> None:
    assert len({normalise(entity, spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        (Entity.EMAIL_ADDRESS, "jan@voorbeeld.nl", "jan+enquete@voorbeeld.nl"),
        (Entity.EMAIL_ADDRESS, "jan.bos@voorbeeld.nl", "janbos@voorbeeld.nl"),
        (Entity.IP_ADDRESS, "12.3.4.5", "1.23.4.5"),
        (Entity.DATE_TIME, "1-12-2024", "11-2-2024"),
        (Entity.CASE_NUMBER, "2024/123", "20241/23"),
        (Entity.NL_STREET_ADDRESS, "Plein 1-12", "Plein 11-2"),
        (Entity.SOCIAL_HANDLE, "@jan_89", "@jan89"),
        (Entity.PHONE_NUMBER, "010-1234567", "010-1234567 x 12"),
        (Entity.PERSON, "?", "-"),
    ],
)
def test_what_differs_in_more_than_its_spelling_stays_apart(entity: Entity, one: str, other: str) -> None:
    assert normalise(entity, one) != normalise(entity, other)


@given(st.sampled_from(list(Entity)), VALUES)
def test_normalising_twice_changes_nothing_and_leaves_something(entity: Entity, value: str) -> None:
    once = normalise(entity, value)
    assert normalise(entity, once) == once
    assert once or not value.strip()


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PARTS.split()), max_size=7).map(" ".join) | NAMES)
def test_a_name_in_one_spelling_has_that_spelling(name: str) -> None:
    once = normalise(Entity.PERSON, name)
    assert normalise(Entity.PERSON, once) == once


def test_pseudonyms_and_ids_are_those_of_earlier_versions() -> None:
    """Whoever makes this fail breaks the link with every store that is there."""
    assert ONE.pseudonym(Entity.PERSON, "J. de Vries") == "CNPQHFRCGKCV"
    assert ONE.pseudonym(Entity.EMAIL_ADDRESS, "jan@voorbeeld.nl") == "ZDWPTCGTSQMJ"
    assert ROTATED.pseudonym(Entity.PERSON, "J. de Vries") == "BTRPLZFLFDVW"
    assert (ONE.short("record:x", b"1", 20), ROTATED.short("record:x", b"1", 20)) == (
        "22e593c4cf37cc880c18",
        "d96558e8e553f6fef7e1",
    )
    assert (ONE.key_id, ROTATED.key_id) == ("29bc2a39", "9ae97506")


@given(NAMES)
def test_a_name_has_another_pseudonym_in_another_project_and_after_a_rotation(name: str) -> None:
    made = {keys.pseudonym(Entity.PERSON, name) for keys in (ONE, OTHER, ROTATED, Keys(b"2" * 32, b"1" * 32))}
    assert len(made) == 4


def test_two_projects_share_no_stand_in() -> None:
    people = [f"Persoon {number}" for number in range(2000)]

    def made(keys: Keys) -> set[str]:
        return {keys.pseudonym(Entity.PERSON, each) for each in people} | {
            keys.short("record:x", each.encode(), 20) for each in people
        }

    every = [made(keys) for keys in (ONE, OTHER, ROTATED, Keys(b"2" * 32, b"1" * 32))]
    assert all(len(each) == 2 * len(people) for each in every)
    assert not any(one & other for one, other in combinations(every, 2))


@given(NAMES)
def test_a_pseudonym_looks_like_no_number_and_no_word(name: str) -> None:
    for keys in (ONE, ROTATED):
        pseudonym = keys.pseudonym(Entity.PERSON, name)
        assert len(pseudonym) == PSEUDONYM_LETTERS
        assert set(pseudonym) <= set("BCDFGHJKLMNPQRSTVWXZ") == set(ALPHABET)


def test_half_a_character_stops_nothing() -> None:
    for entity in Entity:
        assert ONE.pseudonym(entity, "Jan \udc80") != ONE.pseudonym(entity, "Piet \udc80")
        assert ONE.pseudonym(entity, "\udc80")


def test_purposes_do_not_mix() -> None:
    assert ONE.keyed("content", b"x") != ONE.keyed("row", b"x")
    assert ONE.pseudonym(Entity.PERSON, "x") != ONE.pseudonym(Entity.LOCATION, "x")


@pytest.mark.parametrize("digits", [10, 20, 32, 64])
def test_a_rotation_is_all_that_lies_between_the_old_stand_ins_and_the_new(digits: int) -> None:
    rotation = Rotation(b"2" * 32)
    before, after = ONE.short("signal", b"x", digits), ROTATED.short("signal", b"x", digits)
    assert rotation.digits(before) == after != before
    assert len(after) == digits
    assert rotation.letters(ONE.pseudonym(Entity.PERSON, "x")) == ROTATED.pseudonym(Entity.PERSON, "x")
    thrice = Keys(b"1" * 32, b"2" * 32, b"3" * 32)
    assert Rotation(b"3" * 32).digits(after) == thrice.short("signal", b"x", digits)
    assert thrice.hash_of(digits)("signal", b"x") == thrice.short("signal", b"x", digits)


def test_an_id_that_is_made_from_another_follows_a_rotation() -> None:
    def text_id(keys: Keys) -> str:
        record = keys.short("record", b"1", 20)
        return keys.short("signal", keys.origin(record).encode(), 20)

    assert Rotation(b"2" * 32).digits(text_id(ONE)) == text_id(ROTATED)


def test_of_an_id_of_somebody_else_nothing_is_known() -> None:
    assert ONE.origin("0123456789") == "0123456789"
    with pytest.raises(KeyError):
        ROTATED.origin("0123456789")
    assert ROTATED.origin("een hele tekst", "een hele tekst") == "een hele tekst"


def test_what_is_no_stand_in_is_chosen_as_before_the_rotation() -> None:
    assert ROTATED.keyed("shift", b"x") == ONE.keyed("shift", b"x")


def test_keys_have_an_id_of_their_own_in_their_order() -> None:
    chains = [(b"1" * 32,), (b"2" * 32,), (b"1" * 32, b"2" * 32), (b"2" * 32, b"1" * 32)]
    ids = {Keys(*chain).key_id for chain in chains}
    assert len(ids) == len(chains)
    assert all(re.fullmatch("[0-9a-f]{8}", each) for each in ids)


SECRET = bytes(range(100, 132))


def test_keys_show_nothing_of_themselves() -> None:
    keys = Keys(SECRET, SECRET[::-1])
    keys.pseudonym(Entity.PERSON, "Wim Planten")
    parts = [keys, *vars(keys).values(), Rotation(SECRET)]
    shown = " ".join(form(part) for part in parts for form in (repr, str, "{}".format))
    for secret in (SECRET, SECRET[::-1]):
        assert secret.hex() not in shown
        assert repr(secret)[2:-1] not in shown
    assert "Planten" not in shown
    assert keys.key_id in repr(keys)


@pytest.mark.parametrize("leave", [pickle.dumps, copy.copy, copy.deepcopy], ids=lambda leave: leave.__name__)
def test_keys_do_not_leave_their_process(leave: object) -> None:
    for kept in (Keys(SECRET), Rotation(SECRET), {"keys": [Keys(SECRET)]}):
        if leave is copy.copy and isinstance(kept, dict):
            continue
        with pytest.raises(TypeError) as caught:
            leave(kept)  # type: ignore[operator]
        assert SECRET.hex() not in str(caught.value)


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 33])
def test_a_key_of_another_length_is_refused_and_not_quoted(key: bytes) -> None:
    with pytest.raises(ConfigurationError, match="not 32 bytes") as caught:
        Keys(b"1" * 32, key)
    assert "short" not in caught.value.message
    assert "xxx" not in caught.value.message


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


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o622, 0o610])
def test_a_key_that_others_can_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    create_key(tmp_path / "project.key")
    (tmp_path / "project.key").chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        read_keys(Settings(workspace=tmp_path))


@posix_only
def test_a_link_is_as_good_as_what_it_leads_to(tmp_path: Path) -> None:
    create_key(tmp_path / "elsewhere")
    (tmp_path / "project.key").symlink_to(tmp_path / "elsewhere")
    assert read_keys(Settings(workspace=tmp_path)).key_id
    (tmp_path / "elsewhere").chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        read_keys(Settings(workspace=tmp_path))


@posix_only
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/null")])
def test_what_is_no_ordinary_file_is_no_key(tmp_path: Path, make: object) -> None:
    make(tmp_path / "project.key")  # type: ignore[operator]
    with pytest.raises(ConfigurationError, match=r"ordinary file|cannot be opened"):
        read_keys(Settings(workspace=tmp_path))


@posix_only
def test_a_key_of_another_account_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_key(tmp_path / "project.key")
    monkeypatch.setattr(os, "geteuid", lambda: (tmp_path / "project.key").stat().st_uid + 1)
    with pytest.raises(ConfigurationError, match="another account"):
        read_keys(Settings(workspace=tmp_path))


def test_without_a_key_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="signaal key import"):
        read_keys(Settings(workspace=tmp_path))


@pytest.mark.parametrize("between", ["\n", ",", ", ", "\r\n"])
def test_keys_from_the_environment_go_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, between: str
) -> None:
    create_key(tmp_path / "project.key")
    monkeypatch.setenv("SIGNAAL_KEY", between.join(["31" * 32, "32" * 32]))
    assert read_keys(Settings(workspace=tmp_path)).key_id == ROTATED.key_id


def test_a_file_holds_all_keys_of_a_project(tmp_path: Path) -> None:
    write_key_file(tmp_path / "project.key", (b"1" * 32, b"2" * 32))
    assert read_keys(Settings(workspace=tmp_path)).key_id == ROTATED.key_id


@pytest.mark.parametrize(
    "text", ["topsecret-but-no-hex", "", "ab" * 31, f"{'ab' * 32}\ntopsecret", "ab" * 33]
)
def test_a_broken_key_is_not_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("SIGNAAL_KEY", text)
    with pytest.raises(ConfigurationError) as caught:
        read_keys(Settings(workspace=tmp_path))
    assert "topsecret" not in caught.value.message
    assert "abab" not in caught.value.message


def test_what_is_erased_is_overwritten_first(tmp_path: Path) -> None:
    path = tmp_path / "project.key"
    create_key(path)
    before = path.read_bytes()
    os.link(path, tmp_path / "the same bytes")
    erase(path)
    assert not path.exists()
    left = (tmp_path / "the same bytes").read_bytes()
    assert len(left) == len(before)
    assert not any(left[at : at + 4] == before[at : at + 4] for at in range(len(before) - 4))
    erase(path)
