"""Repeat groups: tables of their own that come, change and go with the records that they belong to."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from store_samples import (
    MEMBER,
    QUASI,
    REPEAT,
    batch,
    contents,
    household,
    rows,
    solution,
    survey,
    with_members,
)

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import SignaalError
from signaal.store import open_store

MEMBERS = "SELECT record_id, parent_id FROM survey_buurt_leden ORDER BY record_id"
OF_MEMBERS = "SELECT record_id FROM {} WHERE source = 'buurt_leden' ORDER BY record_id"


def loaded(path: Path) -> CleanBatch:
    first = with_members(batch(household(), "een", ["r1", "r2"]), r1=2, r2=1)
    open_store(path).load(first)
    return first


def test_a_repeat_group_has_a_table_of_its_own_with_the_record_of_each_row(path: Path) -> None:
    first = loaded(path)
    assert rows(path, "FROM survey_buurt_leden") == [
        ("r1 lid 0", "r1", first.batch_id, 30.0),
        ("r1 lid 1", "r1", first.batch_id, 30.0),
        ("r2 lid 0", "r2", first.batch_id, 30.0),
    ]
    assert rows(path, "SELECT source, parent FROM source ORDER BY 1") == [
        ("buurt", None),
        ("buurt_leden", "buurt"),
    ]
    assert rows(path, "SELECT batch_id, records, signals, findings FROM batch") == [(first.batch_id, 2, 5, 5)]
    assert rows(path, OF_MEMBERS.format("signal")) == [("r1 lid 0",), ("r1 lid 1",), ("r2 lid 0",)]
    assert rows(path, "SELECT variable FROM codebook WHERE source = 'buurt_leden'") == [
        ("parent_id",),
        ("leeftijd",),
        ("toelichting",),
    ]
    assert open_store(path).counts().tables == {"survey_buurt": 2, "survey_buurt_leden": 3}


def test_a_record_that_comes_again_takes_its_older_rows_and_their_texts_away(path: Path) -> None:
    loaded(path)
    open_store(path).load(with_members(batch(household(), "twee", ["r1", "r3"]), r1=1, r3=1))
    assert rows(path, MEMBERS) == [("r1 lid 0", "r1"), ("r2 lid 0", "r2"), ("r3 lid 0", "r3")]
    for table in ("signal", "finding"):
        assert rows(path, OF_MEMBERS.format(table)) == [("r1 lid 0",), ("r2 lid 0",), ("r3 lid 0",)]
    assert rows(path, "SELECT text FROM signal WHERE record_id = 'r1 lid 0'") == [
        ("[PERSOON] vroeg iets, twee r1 lid 0",)
    ]


def test_a_file_without_the_sheet_takes_the_rows_of_its_records_away_too(path: Path) -> None:
    loaded(path)
    open_store(path).load(batch(household(), "twee", ["r1"]))
    assert rows(path, MEMBERS) == [("r2 lid 0", "r2")]


def test_a_row_of_which_the_link_was_cut_stays(path: Path) -> None:
    first = with_members(batch(household(), "een", ["r1", "r2"]), r1=2, r2=1)
    (group,) = first.repeats
    cut = dataclasses.replace(group, records=group.records.assign(parent_id=[None, "r1", "r2"]))
    store = open_store(path)
    store.load(dataclasses.replace(first, repeats=(cut,)))
    assert store.released(group.declaration).rows["parent_id"].tolist() == [None, "r1", "r2"]
    store.load(batch(household(), "twee", ["r1"]))
    assert rows(path, MEMBERS) == [("r1 lid 0", None), ("r2 lid 0", "r2")]


def test_the_same_content_under_another_declaration_replaces_the_rows_too(path: Path) -> None:
    loaded(path)
    changed = household(Buurt={"role": "keep"})
    later = with_members(batch(changed, "een", ["r1", "r2"]), r1=1)
    open_store(path).load(later)
    assert rows(path, MEMBERS) == [("r1 lid 0", "r1")]
    assert rows(path, "SELECT DISTINCT batch_id FROM survey_buurt_leden") == [(later.batch_id,)]


def test_a_repeat_group_that_is_not_declared_any_more_is_gone_from_every_table(path: Path) -> None:
    first = loaded(path)
    store = open_store(path)
    store.load(batch(survey(), "twee", ["r3"]))
    assert store.counts().tables == {"survey_buurt": 3}
    for table in ("signal", "finding", "codebook", "source"):
        assert rows(path, f"FROM {table} WHERE source = 'buurt_leden'") == []
    assert not store.is_loaded(first.batch_id)
    store.load(first)
    assert store.counts().tables == {"survey_buurt": 3, "survey_buurt_leden": 3}


def test_a_column_of_a_repeat_group_that_is_not_published_any_more_is_gone(path: Path) -> None:
    first = loaded(path)
    dropped = REPEAT | {"columns": MEMBER | {"Leeftijd": {"role": "drop"}}}
    open_store(path).load(batch(survey(repeats={"Leden": dropped}), "twee", ["r3"]))
    assert "leeftijd" not in open_store(path).released(first.declaration.of_repeat("Leden")).rows
    assert not open_store(path).is_loaded(first.batch_id)


def test_loading_twice_adds_nothing(path: Path) -> None:
    first = loaded(path)
    before = contents(path)
    open_store(path).load(first)
    assert contents(path) == before


SHEET = {"Leden": REPEAT | {"columns": {"Postcode": QUASI}}}


def grouped(
    path: Path, declared: Declaration, content: str, rest: pd.DataFrame, **parents: str | None
) -> CleanBatch:
    """A batch with one quasi-identifying row for each parent, measured beside these other rows."""
    ids = sorted({parent for parent in parents.values() if parent})
    main, group_of = batch(declared, content, ids), declared.of_repeat("Leden")
    records = pd.DataFrame(
        {"record_id": list(parents), "parent_id": list(parents.values()), "postcode": "1234"}
    )
    nothing = batch(group_of, content, [])
    group = dataclasses.replace(
        nothing,
        records=records.astype(object),
        solution=solution(group_of, (1, "postcode4"), 0),
        first_class=pd.Series(range(len(records)), dtype="int64"),
        rest=rest,
    )
    return dataclasses.replace(main, repeats=(group,))


def test_a_repeat_group_has_levels_of_its_own_and_links_that_are_cut_later(path: Path) -> None:
    store, declared = open_store(path), survey(repeats=SHEET)
    store.load(grouped(path, declared, "een", pd.DataFrame(), m1="r1", m2="r2"))
    released = store.released(declared.of_repeat("Leden"))
    assert list(released.rows) == ["record_id", "parent_id", "postcode"]
    assert released.levels == {"postcode": ("postcode", "postcode4")}
    assert released.first_class.tolist() == [0, 1]
    rest = released.rows.assign(parent_id=[None, "r2"], postcode="12")
    store.load(grouped(path, declared, "twee", rest, m3="r3"))
    assert rows(path, "SELECT record_id, parent_id, postcode FROM survey_buurt_leden ORDER BY 1") == [
        ("m1", None, "12"),
        ("m2", "r2", "12"),
        ("m3", "r3", "1234"),
    ]


def test_rows_that_go_with_their_record_are_not_measured_with(path: Path) -> None:
    store, declared = open_store(path), survey(repeats=SHEET)
    store.load(grouped(path, declared, "een", pd.DataFrame(), m1="r1", m2="r1", m3="r2"))
    rest = store.released(declared.of_repeat("Leden")).rows
    with pytest.raises(SignaalError, match="changed since the batch was measured"):
        store.load(grouped(path, declared, "twee", rest[1:], m1="r1"))
    store.load(grouped(path, declared, "twee", rest[2:], m1="r1"))
    assert rows(path, MEMBERS) == [("m1", "r1"), ("m3", "r2")]


def wrong(first: CleanBatch, **changes: object) -> CleanBatch:
    (group,) = first.repeats
    return dataclasses.replace(first, repeats=(dataclasses.replace(group, **changes),))  # type: ignore[arg-type]


FIRST = with_members(batch(household(), "een", ["r1", "r2"]), r1=2, r2=1)
ROWS = FIRST.repeats[0].records


@pytest.mark.parametrize(
    "changes",
    [
        {"records": ROWS.assign(parent_id="Wim Planten")},
        {"records": ROWS.drop(columns="parent_id")},
        {"records": ROWS.assign(record_id="m")},
        {"declaration": household().of_repeat("Leden").model_copy(update={"name": "buurt_dieren"})},
    ],
    ids=["of no record", "without its record", "an id twice", "not declared"],
)
def test_a_repeat_group_that_is_not_in_order_refuses_the_whole_batch(
    path: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(SignaalError) as caught:
        open_store(path).load(wrong(FIRST, **changes))
    assert "Planten" not in str(caught.value)
    assert open_store(path).counts().batches == 0


def test_a_source_that_is_called_as_a_repeat_group_is_refused_and_the_other_way_round(path: Path) -> None:
    loaded(path)
    with pytest.raises(SignaalError, match="a repeat group are both called buurt_leden"):
        open_store(path).load(batch(survey("buurt_leden"), "een", ["r1"]))
    other = path.with_name("other.duckdb")
    open_store(other).load(batch(survey("buurt_leden"), "een", ["r1"]))
    with pytest.raises(SignaalError, match="a repeat group are both called buurt_leden"):
        open_store(other).load(FIRST)
