"""The rows of one batch as they go into the store, once they are checked.

Earlier stages promise all of this. It is checked again, because a row that slipped in could not be
found, replaced or erased by its id any more.
"""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import DataType, Declaration
from signaal.schemas.errors import Code, SignaalError
from signaal.store.codebook import RECORD_ID, published_columns, published_texts, stored_type
from signaal.store.tables import quoted

OWN_COLUMNS = (RECORD_ID, "batch_id")
"""The columns of a survey table that the store fills itself."""


@dataclass(frozen=True, repr=False)
class Incoming:
    """Rows in the columns and types of the tables ``survey_…``, ``signal`` and ``finding``."""

    records: pd.DataFrame
    signals: pd.DataFrame
    findings: pd.DataFrame


def incoming(batch: CleanBatch) -> Incoming:
    """The rows of a batch, in the order of its records.

    Raises:
        SignaalError: ids are double or missing, or there is something that is not published.
    """
    check_columns(batch.records, batch.declaration)
    check_ids(batch.records[RECORD_ID], "records")
    check_ids(batch.signals["signal_id"], "texts")
    check_texts(batch.signals, batch.declaration)
    check_belonging(batch.signals, batch.records, "texts")
    check_belonging(batch.findings, batch.records, "findings")
    return Incoming(_records(batch), _signals(batch), _findings(batch))


def check_columns(records: pd.DataFrame, declaration: Declaration) -> None:
    """Only columns that the declaration publishes go in, each of them once, with the record's id."""
    names = list(records.columns)
    published = {RECORD_ID, *published_columns(declaration)}
    if RECORD_ID not in names or len(set(names)) < len(names):
        raise SignaalError(Code.STORE, f"the records of {declaration.name} lack an id or have a column twice")
    if strange := len(set(names) - published):
        raise SignaalError(
            Code.STORE, f"{strange} columns of {declaration.name} are not published by its declaration"
        )


def check_ids(ids: "pd.Series[str]", what: str) -> None:
    """No id is missing or there twice: DuckDB's upsert would pick one of the rows without a word."""
    if wrong := int(ids.isna().sum() + ids.dropna().duplicated(keep=False).sum()):
        raise SignaalError(Code.STORE, f"{wrong} {what} of the batch have no id of their own: hold it")


def check_texts(signals: pd.DataFrame, declaration: Declaration) -> None:
    """Only variables that are free text have signals, and every signal has a text."""
    published = signals["variable"].isin(published_texts(declaration)) & signals["text"].notna()
    if wrong := int((~published).sum()):
        raise SignaalError(
            Code.STORE, f"{wrong} texts of {declaration.name} are empty or not published by its declaration"
        )


def check_belonging(rows: pd.DataFrame, records: pd.DataFrame, what: str) -> None:
    """Everything belongs to a record of the batch, with which it is replaced or erased."""
    if wrong := int((~rows[RECORD_ID].isin(records[RECORD_ID])).sum()):
        raise SignaalError(Code.STORE, f"{wrong} {what} belong to no record of their batch: hold it")


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Adds the rows of a frame, by the names of its columns; other columns stay empty."""
    connection.register("incoming_rows", rows)
    connection.execute(f"INSERT INTO {quoted(table)} BY NAME SELECT * FROM incoming_rows")  # noqa: S608 - quoted
    connection.unregister("incoming_rows")


def _records(batch: CleanBatch) -> pd.DataFrame:
    columns = published_columns(batch.declaration)
    rows = pd.DataFrame({RECORD_ID: _text(batch.records[RECORD_ID]), "batch_id": batch.batch_id})
    for name in batch.records.columns:
        if name != RECORD_ID:
            number = stored_type(columns[name]) is DataType.NUMBER
            rows[name] = _number(batch.records[name]) if number else _text(batch.records[name])
    return rows


def _signals(batch: CleanBatch) -> pd.DataFrame:
    rows = _texts(batch.signals, ("signal_id", RECORD_ID, "variable", "text"))
    return rows.assign(batch_id=batch.batch_id, source=batch.declaration.name)


def _findings(batch: CleanBatch) -> pd.DataFrame:
    rows = _texts(batch.findings, (RECORD_ID, "variable", "entity_type", "recognizer"))
    return rows.assign(
        batch_id=batch.batch_id,
        source=batch.declaration.name,
        start_char=_number(batch.findings["start"]).astype("Int64"),
        end_char=_number(batch.findings["end"]).astype("Int64"),
        score=_number(batch.findings["score"]),
    )


def _texts(rows: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    return pd.DataFrame({name: _text(rows[name]) for name in names})


def _text(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Strings with a missing value that DuckDB takes as NULL, of one type whatever the rows hold."""
    return cells.astype("string")


def _number(cells: "pd.Series[float]") -> "pd.Series[float]":
    return pd.to_numeric(cells).astype("Float64")
