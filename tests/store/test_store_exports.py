"""What an export writes."""

import csv
import dataclasses
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import batch, contents, survey

from signaal.schemas.errors import SignaalError
from signaal.store import open_store
from signaal.store.exports import FORMULA_STARTS, defused
from signaal.store.interface import ExportFormat, Store

TABLES = ["batch", "codebook", "signal", "source", "survey_buurt"]
TEXTS = ["=1+1", "+31 weg", "-5", "@x", "\tx", "\rx", "gewoon", 'a "b"; c,\nd', "é 👪", "5 = 5"]


@pytest.fixture
def store(path: Path) -> Store:
    one = batch(survey(), "een", [f"r{place}" for place in range(len(TEXTS))])
    filled = dataclasses.replace(
        one,
        signals=one.signals.assign(text=TEXTS),
        records=one.records.assign(naam=TEXTS, cijfer=-1.5),
    )
    store = open_store(path)
    store.load(filled)
    return store


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_published_table_is_written_and_nothing_else(store: Store, tmp_path: Path) -> None:
    written = store.export(tmp_path / "out", list(ExportFormat))
    assert [path.name for path in written] == [
        f"{table}.{kind}" for table in TABLES for kind in ("csv", "parquet")
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in written)


def test_csv_reads_back_with_formulas_defused_and_numbers_as_they_are(store: Store, tmp_path: Path) -> None:
    store.export(tmp_path / "out", [ExportFormat.CSV])
    header, *body = read_csv(tmp_path / "out" / "signal.csv")
    assert header == ["signal_id", "batch_id", "source", "record_id", "variable", "text"]
    assert [row[-1] for row in body] == [f"'{text}" for text in TEXTS[:6]] + TEXTS[6:]
    _, *body = read_csv(tmp_path / "out" / "survey_buurt.csv")
    assert {row[-1] for row in body} == {"-1.5"}
    assert body[0][2:4] == ["'=1+1", ""]


def test_csv_has_a_list_as_one_cell_and_parquet_as_a_list(path: Path, tmp_path: Path) -> None:
    kinds = {name: {"role": "keep", "question": "Soort", "label": name} for name in ("=Huur", "Koop")}
    store = open_store(path)
    store.load(batch(survey(**kinds), "een", ["r1"]))  # type: ignore[arg-type]
    store.export(tmp_path / "out", list(ExportFormat))
    header, *body = read_csv(tmp_path / "out" / "codebook.csv")
    (row,) = (dict(zip(header, row, strict=True)) for row in body if row[header.index("form")] == "group")
    assert (row["variables"], row["items"], row["missing"]) == ("huur | koop", "'=Huur | Koop", "")
    (codebook,) = duckdb.sql(f"SELECT list(items) FROM '{tmp_path}/out/codebook.parquet'").fetchall()  # noqa: S608 - own path
    assert ["=Huur", "Koop"] in codebook[0]


def test_parquet_reads_back_as_the_store_has_it(store: Store, path: Path, tmp_path: Path) -> None:
    held = contents(path)
    for file in store.export(tmp_path / "out", [ExportFormat.PARQUET]):
        assert duckdb.sql(f"FROM '{file}'").fetchall() == held[file.stem]


def test_files_are_their_owners_alone_and_an_older_export_is_replaced(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "it's out"
    folder.mkdir()
    (folder / "signal.csv").write_text("older")
    (folder / ".signal.parquet.new").write_text("left by a killed export")
    for file in store.export(folder, list(ExportFormat)):
        assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert len(read_csv(folder / "signal.csv")) == len(TEXTS) + 1
    assert not list(folder.glob(".*"))


def test_an_export_that_cannot_be_written_leaves_the_older_one(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    store.export(folder, [ExportFormat.CSV])
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    (folder / ".survey_buurt.csv.new").mkdir()
    with pytest.raises(SignaalError, match="export cannot be written"):
        store.export(folder, [ExportFormat.CSV])
    (folder / ".survey_buurt.csv.new").rmdir()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


@given(cell=st.text() | st.floats() | st.none())
def test_no_text_in_csv_starts_as_a_formula(cell: str | float | None) -> None:
    result = defused(cell)
    if isinstance(cell, str):
        assert isinstance(result, str)
        assert not result.startswith(FORMULA_STARTS)
        assert result.removeprefix("'") == cell.removeprefix("'")
    else:
        assert result is cell
