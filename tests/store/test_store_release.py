"""What was released of a source, and that it only gets coarser."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from store_samples import QUASI, batch, contents, household, measured, rows, survey, with_members

from signaal.schemas.errors import Code, SignaalError
from signaal.store import open_store

DECLARED = survey(Postcode=QUASI)
COARSE = (2, "postcode2")
KEPT = {"role": "keep"}
MORE = ["r1", "r2", "r3"]


def test_what_is_released_comes_back_as_it_is_stored(path: Path) -> None:
    store = open_store(path)
    store.load(one := measured(path, DECLARED, "een", MORE, emptied=2))
    released = store.released(DECLARED)
    assert list(released.rows) == ["record_id", "naam", "postcode", "cijfer"]
    for name in released.rows:
        filled = one.records[name].notna()
        assert released.rows[name][filled].tolist() == one.records[name][filled].tolist()
        assert released.rows[name].isna().tolist() == (~filled).tolist()
    assert released.levels == {"postcode": ("postcode", "postcode4")}
    assert released.emptied == {"postcode": 2}
    assert released.first_class.tolist() == one.first_class.tolist()
    assert store.source_rows("buurt") == 3
    assert store.source_rows("wijk") == 0


def test_a_source_of_which_nothing_is_released_has_no_rows(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey("wijk"), "een", ["r1"]))
    released = store.released(DECLARED)
    assert (list(released.rows), len(released.rows), released.levels) == (["record_id"], 0, {})


@pytest.mark.parametrize(
    ("now", "there"),
    [
        (survey(Postcode=QUASI), True),
        (survey(Postcode=QUASI | {"generalise": {"hierarchy": "postcode", "finest": "region"}}), True),
        (survey(Postcode=QUASI | {"generalise": "category"}), False),
        (survey(Postcode=KEPT), True),
        (survey(Postcode={"role": "drop"}), False),
        (survey(Postcode={"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"}), False),
    ],
    ids=["the same", "other bounds", "another hierarchy", "as it came", "dropped", "a pseudonym"],
)
def test_a_column_that_would_be_emptied_is_not_among_what_is_released_but_its_level_is(
    path: Path, now: object, there: bool
) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", MORE))
    released = store.released(now)  # type: ignore[arg-type]
    assert ("postcode" in released.rows) is there
    assert released.levels == {"postcode": ("postcode", "postcode4")}


def test_a_level_is_remembered_when_its_column_is_gone_and_raised_when_it_is_back(path: Path) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", ["r1"], level=COARSE))
    without = survey(without=["Postcode"])
    bare = batch(without, "twee", ["r2"])
    store.load(dataclasses.replace(bare, records=bare.records.drop(columns="postcode")))
    assert store.released(DECLARED).levels == {"postcode": ("postcode", "postcode2")}
    store.load(measured(path, DECLARED, "drie", ["r3"], level=(3, "region"), emptied=4))
    assert rows(path, "FROM release") == [("buurt", "postcode", "postcode", 3, "region", 4)]


def test_records_that_are_not_in_the_batch_become_as_coarse_as_those_that_are(path: Path) -> None:
    store = open_store(path)
    store.load(old := measured(path, DECLARED, "een", MORE))
    later = measured(path, DECLARED, "twee", ["r3", "r4"], level=COARSE, emptied=1)
    store.load(dataclasses.replace(later, rest=later.rest.assign(postcode=["12", None])))
    assert rows(path, "SELECT record_id, naam, postcode, cijfer FROM survey_buurt ORDER BY 1") == [
        ("r1", "P een r1", "12", None),
        ("r2", "P een r2", None, 1.0),
        ("r3", "P twee r3", None, None),
        ("r4", "P twee r4", "1234", 1.0),
    ]
    assert store.is_loaded(old.batch_id)


def test_only_quasi_identifiers_of_the_other_records_are_written_back(path: Path) -> None:
    store = open_store(path)
    declared = survey(Postcode=QUASI, Cijfer={"role": "sensitive", "type": "number"})
    store.load(measured(path, declared, "een", MORE))
    later = measured(path, declared, "twee", ["r4"])
    store.load(dataclasses.replace(later, rest=later.rest.assign(cijfer=9.0, naam="Wim")))
    assert rows(path, "SELECT naam, cijfer FROM survey_buurt WHERE record_id = 'r2'") == [("P een r2", 1.0)]


def test_a_column_that_the_batch_lacks_stays_as_it_is_in_the_other_records(path: Path) -> None:
    store = open_store(path)
    declared = survey(Postcode=QUASI, Werk=QUASI | {"optional": True})
    first = measured(path, declared, "een", ["r1"])
    store.load(dataclasses.replace(first, records=first.records.assign(werk="4321")))
    later = measured(path, declared, "twee", ["r2"], level=COARSE)
    store.load(dataclasses.replace(later, rest=later.rest.drop(columns="werk").assign(postcode="12")))
    assert rows(path, "SELECT postcode, werk FROM survey_buurt ORDER BY record_id") == [
        ("12", "4321"),
        (None, None),
    ]


def test_first_classes_are_those_of_the_batch_that_was_loaded_last_and_in_no_export(path: Path) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", MORE))
    store.load(measured(path, DECLARED, "twee", ["r2", "r4"]))
    released = store.released(DECLARED)
    classes = dict(zip(released.rows["record_id"], released.first_class, strict=True))
    assert classes == {"r1": int("een", 36), "r3": int("een", 36)} | dict.fromkeys(
        ["r2", "r4"], int("twee", 36)
    )


def test_a_source_without_quasi_identifiers_has_no_classes_and_needs_no_measuring(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", MORE))
    store.load(batch(survey(), "twee", ["r4"]))
    assert store.released(survey()).first_class.tolist() == [0, 0, 0, 0]
    assert rows(path, "FROM first_class") == []


def test_what_was_released_by_an_unmeasured_batch_has_class_zero(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    store.load(measured(path, DECLARED, "twee", ["r2"]))
    assert sorted(store.released(DECLARED).first_class) == [0, int("twee", 36)]


STALE = "changed since the batch was measured"


@pytest.mark.parametrize("meanwhile", [["r9"], ["r1", "r9"], ["r4"]], ids=["more", "some back", "the same"])
def test_a_batch_that_was_measured_before_another_one_came_in_is_refused(
    path: Path, meanwhile: list[str]
) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", MORE))
    late = measured(path, DECLARED, "twee", ["r4", "r5"])
    store.load(measured(path, DECLARED, "drie", meanwhile, level=COARSE))
    before = contents(path)
    with pytest.raises(SignaalError, match=STALE) as caught:
        store.load(late)
    assert caught.value.code is Code.STORE
    assert contents(path) == before
    store.load(measured(path, DECLARED, "twee", ["r4", "r5"], level=COARSE))


def test_a_first_batch_that_was_measured_beside_nothing_is_refused_once_there_is_another(path: Path) -> None:
    store = open_store(path)
    late = measured(path, DECLARED, "een", ["r1"])
    store.load(measured(path, DECLARED, "twee", ["r2"]))
    with pytest.raises(SignaalError, match=STALE):
        store.load(late)


@pytest.mark.parametrize("others", [[], ["r1", "r2", "r9"], ["r1", "r2"]])
def test_a_batch_that_was_measured_with_other_records_is_refused(path: Path, others: list[str]) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", MORE))
    late = measured(path, DECLARED, "twee", ["r4"])
    with pytest.raises(SignaalError, match=STALE):
        store.load(dataclasses.replace(late, rest=pd.DataFrame({"record_id": others}, dtype=object)))


@pytest.mark.parametrize(
    "earlier", [{"level": (1, "postcode4")}, {"level": COARSE, "emptied": 2}], ids=["finer", "fewer emptied"]
)
def test_a_batch_that_would_make_the_source_finer_is_refused(path: Path, earlier: dict[str, object]) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", MORE, level=COARSE, emptied=3))
    with pytest.raises(SignaalError, match=STALE):
        store.load(measured(path, DECLARED, "twee", MORE, **earlier))  # type: ignore[arg-type]


def test_a_declaration_that_gives_published_records_other_ids_is_refused(path: Path) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", MORE))
    changed = survey(Postcode=QUASI, Nr={"role": "drop"}, purpose="beleid")
    before = contents(path)
    with pytest.raises(SignaalError, match="3 published records other ids"):
        store.load(measured(path, changed, "een", ["x1", "x2", "x3"]))
    assert contents(path) == before


def test_a_batch_without_any_quasi_identifier_is_refused_beside_records_that_have_them(path: Path) -> None:
    store = open_store(path)
    store.load(measured(path, DECLARED, "een", MORE))
    late = measured(path, DECLARED, "twee", ["r4"])
    with pytest.raises(SignaalError, match="has no quasi-identifier of buurt"):
        store.load(dataclasses.replace(late, solution=None))


def test_a_first_class_is_kept_while_there_are_no_quasi_identifiers(path: Path) -> None:
    store = open_store(path)
    store.load(first := measured(path, DECLARED, "een", ["r1", "r2"]))
    bare = batch(survey(), "twee", ["r2", "r3"])
    store.load(dataclasses.replace(bare, first_class=pd.Series([first.first_class[1], 0])))
    released = store.released(survey())
    assert dict(zip(released.rows["record_id"], released.first_class, strict=True)) == {
        "r1": first.first_class[0],
        "r2": first.first_class[1],
        "r3": 0,
    }


NAMES = ["cell", "class", "source", "id", "s", "f", "old", "new", "rest_rows", "first_class", "select", "all"]


def test_columns_may_be_called_as_whatever_the_store_uses_itself(path: Path) -> None:
    store, declared = open_store(path), survey(**dict.fromkeys(NAMES, QUASI))  # type: ignore[arg-type]
    first = measured(path, declared, "een", MORE)
    cells = {name: [f"{name} {place}" for place in range(3)] for name in NAMES}
    store.load(dataclasses.replace(first, records=first.records.assign(**cells)))
    released = store.released(declared)
    assert {name: released.rows[name].tolist() for name in NAMES} == cells
    assert released.first_class.tolist() == first.first_class.tolist()
    later = measured(path, declared, "twee", ["r4"])
    store.load(dataclasses.replace(later, rest=later.rest.assign(**dict.fromkeys(NAMES, "x"))))
    assert {cell for name in NAMES for cell in store.released(declared).rows[name].dropna()} == {"x"}


def test_a_batch_without_its_first_classes_is_refused(path: Path) -> None:
    one = measured(path, DECLARED, "een", MORE)
    with pytest.raises(SignaalError, match="lack their first class"):
        open_store(path).load(dataclasses.replace(one, first_class=one.first_class[:2]))


def test_the_batch_says_what_the_solution_took(path: Path) -> None:
    open_store(path).load(measured(path, DECLARED, "een", MORE))
    assert rows(path, "SELECT suppressed, lost FROM batch") == [(0.05, 0.25)]


def test_a_repeat_group_is_measured_with_its_own_rows_only(path: Path) -> None:
    store = open_store(path)
    declared = household(Postcode=QUASI)
    store.load(with_members(measured(path, declared, "een", MORE), r1=2, r2=1))
    store.load(with_members(measured(path, declared, "twee", ["r4"]), r4=1))
    assert store.source_rows("buurt_leden") == 4
