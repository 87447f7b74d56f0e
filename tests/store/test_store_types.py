"""How cells go in and come back: each in the type that its column declares."""

import dataclasses
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import batch, rows, survey

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import DataType
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import SignaalError
from signaal.store import open_store
from signaal.store.cells import as_objects, typed
from signaal.store.released import FEW_VALUES

SQL = {"text": "VARCHAR", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}
VALUES = {
    "text": ["ja", "", "x y", None],
    "number": [1.5, -0.0, 3.0, None],
    "date": [date(2026, 3, 1), date(1, 1, 1), date(9999, 12, 31), None],
    "boolean": [True, False, True, None],
}


def answered(declaration: Declaration, content: str, cells: list[object]) -> CleanBatch:
    ids = [f"{content}{place}" for place in range(len(cells))]
    one = batch(declaration, content, ids)
    return dataclasses.replace(
        one, records=one.records.assign(antwoord=pd.Series(cells, dtype=object, index=one.records.index))
    )


def of_type(data_type: str, role: str = "keep") -> Declaration:
    return survey(Antwoord={"role": role, "type": data_type})


@pytest.mark.parametrize("role", ["keep", "sensitive"])
@pytest.mark.parametrize("data_type", SQL)
def test_cells_are_stored_in_the_declared_type_and_come_back_as_they_were(
    path: Path, data_type: str, role: str
) -> None:
    store = open_store(path)
    store.load(answered(of_type(data_type, role), "a", VALUES[data_type]))  # type: ignore[arg-type]
    query = "SELECT antwoord, typeof(antwoord) FROM survey_buurt ORDER BY rowid"
    assert rows(path, query) == [(value, SQL[data_type]) for value in VALUES[data_type]]
    cells = store.released(of_type(data_type, role)).rows["antwoord"]
    assert [None if pd.isna(cell) else cell for cell in cells] == VALUES[data_type]
    assert [type(cell) for cell in cells[:3]] == [type(value) for value in VALUES[data_type][:3]]


@pytest.mark.parametrize("data_type", SQL)
def test_a_column_without_a_single_answer_has_its_type_too(path: Path, data_type: str) -> None:
    store = open_store(path)
    store.load(answered(of_type(data_type), "a", [None, None]))
    assert rows(path, "SELECT antwoord, typeof(antwoord) FROM survey_buurt") == [(None, SQL[data_type])] * 2
    assert store.released(of_type(data_type)).rows["antwoord"].isna().all()


@pytest.mark.parametrize(
    ("data_type", "wrong"),
    [("number", "Wim"), ("date", "Wim"), ("date", "2026-03-01"), ("date", 20260301), ("boolean", "Wim")],
)
def test_a_cell_of_another_type_is_refused_and_not_quoted(path: Path, data_type: str, wrong: object) -> None:
    with pytest.raises(SignaalError) as caught:
        open_store(path).load(answered(of_type(data_type), "a", [wrong, VALUES[data_type][0]]))
    assert "Wim" not in str(caught.value)
    assert open_store(path).counts().batches == 0


@pytest.mark.parametrize(("before", "after"), [(one, other) for one in SQL for other in SQL if one != other])
def test_older_cells_get_the_new_type_where_all_of_them_survive_it_and_else_all_are_text(
    path: Path, before: str, after: str
) -> None:
    store = open_store(path)
    store.load(answered(of_type(before), "a", VALUES[before]))  # type: ignore[arg-type]
    seen = store.released(of_type(after)).rows["antwoord"]
    store.load(answered(of_type(after), "b", VALUES[after]))  # type: ignore[arg-type]
    found = rows(path, "SELECT antwoord::VARCHAR, typeof(antwoord) FROM survey_buurt ORDER BY rowid")
    assert {kind for _, kind in found} == {"VARCHAR"}
    written = [in_words(value) for data_type in (before, after) for value in VALUES[data_type]]  # type: ignore[attr-defined]
    assert [cell for cell, _ in found] == written
    assert [None if pd.isna(cell) else cell for cell in seen] == written[:4]


def in_words(value: object) -> str | None:
    """A cell as DuckDB writes it."""
    return str(value).lower() if isinstance(value, bool) else None if value is None else str(value)


@pytest.mark.parametrize(
    ("texts", "data_type", "values"),
    [
        (["1.0", "2.5", None], "number", [1.0, 2.5, None]),
        (["2026-03-01", None], "date", [date(2026, 3, 1), None]),
        (["true", "false", None], "boolean", [True, False, None]),
    ],
)
def test_text_that_is_written_as_the_type_becomes_that_type(
    path: Path, texts: list[object], data_type: str, values: list[object]
) -> None:
    store = open_store(path)
    store.load(answered(of_type("text"), "a", texts))
    seen = store.released(of_type(data_type)).rows["antwoord"]
    assert [None if pd.isna(cell) else cell for cell in seen] == values
    store.load(answered(of_type(data_type), "b", []))
    assert rows(path, "SELECT antwoord, typeof(antwoord) FROM survey_buurt ORDER BY rowid") == [
        (value, SQL[data_type]) for value in values
    ]


CELLS = {
    DataType.TEXT: st.text(st.characters(exclude_categories=["Cs"])),
    DataType.NUMBER: st.floats(allow_nan=False),
    DataType.DATE: st.dates(),
    DataType.BOOLEAN: st.booleans(),
}


@settings(deadline=None)
@given(data=st.data(), data_type=st.sampled_from(DataType))
def test_any_cell_survives_its_way_into_the_stores_type_and_back(
    data: st.DataObject, data_type: DataType
) -> None:
    cells = pd.Series(data.draw(st.lists(CELLS[data_type] | st.none())), dtype=object)
    back = as_objects(typed(cells, data_type), data_type)
    assert [None if pd.isna(cell) else cell for cell in back] == cells.tolist()


def test_equal_texts_are_read_as_one_object_and_many_different_ones_as_well_as_few(path: Path) -> None:
    store, number = open_store(path), FEW_VALUES * 2
    ids = pd.Series(range(number)).astype(str)
    records = pd.DataFrame(
        {"record_id": ids, "naam": "P " + ids, "postcode": ids.str[-1] + "a\0'é", "cijfer": 1.0}
    )
    quiet = batch(survey(), "a", [])
    store.load(dataclasses.replace(quiet, records=records))
    released = store.released(survey()).rows
    assert released.equals(records.astype(dict.fromkeys(("record_id", "naam", "postcode"), object)))
    assert released["postcode"].map(id).nunique() == 10
