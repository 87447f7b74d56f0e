"""The rows of one batch as they go into the store, once they are checked.

Earlier stages promise all of this. It is checked again, because a row that slipped in could not be
found, replaced or erased by its id any more.
"""

from dataclasses import dataclass

import duckdb
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import PARENT_ID
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, SignaalError
from signaal.store.cells import Cells, number, text, texts, typed, whole_number
from signaal.store.codebook import RECORD_ID, published_columns, published_texts, stored_type
from signaal.store.tables import quoted

OWN_COLUMNS = (RECORD_ID, "batch_id", PARENT_ID)
"""The columns of a survey table that the store fills itself; the last in a repeat group only."""


@dataclass(frozen=True, repr=False)
class Incoming:
    """Rows as the tables ``survey_…``, ``signal``, ``finding`` and ``first_class`` have them."""

    records: pd.DataFrame
    signals: pd.DataFrame
    findings: pd.DataFrame
    first_classes: pd.DataFrame


def incoming(batch: CleanBatch, main: CleanBatch) -> Incoming:
    """The rows of a batch or of one of its repeat groups, in the order of its records.

    Args:
        batch: the records.
        main: the batch that they came with, whose id the rows get; it may be the same.

    Raises:
        SignaalError: ids are double or missing, or there is something that is not published.
    """
    check_columns(batch.records, batch.declaration)
    check_ids(batch.records[RECORD_ID], "records")
    check_ids(batch.signals["signal_id"], "texts")
    check_texts(batch.signals, batch.declaration)
    check_belonging(batch.signals[RECORD_ID], batch.records, "texts")
    check_belonging(batch.findings[RECORD_ID], batch.records, "findings")
    if batch.declaration.parent:
        check_belonging(batch.records[PARENT_ID].dropna(), main.records, "rows of a repeat group")
    own = {"batch_id": main.batch_id, "source": batch.declaration.name}
    records = _records(batch).assign(batch_id=main.batch_id)
    return Incoming(
        records, _signals(batch).assign(**own), _findings(batch).assign(**own), _classes(batch).assign(**own)
    )


def check_columns(records: pd.DataFrame, declaration: Declaration) -> None:
    """Only columns that the declaration publishes go in, each of them once, with the record's id."""
    names = list(records.columns)
    needed = {RECORD_ID, PARENT_ID} if declaration.parent else {RECORD_ID}
    if not needed <= set(names) or len(set(names)) < len(names):
        raise SignaalError(Code.STORE, f"the records of {declaration.name} lack an id or have a column twice")
    if strange := len(set(names) - needed - published_columns(declaration).keys()):
        raise SignaalError(
            Code.STORE, f"{strange} columns of {declaration.name} are not published by its declaration"
        )


def check_ids(ids: Cells, what: str) -> None:
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


def check_belonging(ids: Cells, records: pd.DataFrame, what: str) -> None:
    """Everything belongs to a record of the batch, with which it is replaced or erased."""
    if len(ids) and (wrong := int((~ids.isin(records[RECORD_ID])).sum())):
        raise SignaalError(Code.STORE, f"{wrong} {what} belong to no record of their batch: hold it")


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Adds the rows of a frame, by the names of its columns; other columns stay empty."""
    cells = ", ".join(_selected(str(name), rows) for name in rows)
    connection.register("incoming_rows", rows)
    connection.execute(
        f"INSERT INTO {quoted(table)} BY NAME SELECT {cells} FROM incoming_rows"  # noqa: S608 - quoted
    )
    connection.unregister("incoming_rows")


def _selected(name: str, rows: pd.DataFrame) -> str:
    """A column of a frame; moments can only be days, which pandas has not."""
    cell = quoted(name)
    return f"CAST({cell} AS DATE) AS {cell}" if rows[name].dtype.kind == "M" else cell


def _records(batch: CleanBatch) -> pd.DataFrame:
    columns = published_columns(batch.declaration)
    cells = {
        name: typed(batch.records[name], stored_type(columns[name]))
        if name in columns
        else text(batch.records[name])
        for name in batch.records
    }
    return pd.DataFrame(cells)


def _signals(batch: CleanBatch) -> pd.DataFrame:
    return texts(batch.signals, ("signal_id", RECORD_ID, "variable", "text"))


def _findings(batch: CleanBatch) -> pd.DataFrame:
    rows = texts(batch.findings, (RECORD_ID, "variable", "entity_type", "recognizer"))
    return rows.assign(
        start_char=whole_number(batch.findings["start"]),
        end_char=whole_number(batch.findings["end"]),
        score=number(batch.findings["score"]),
    )


def _classes(batch: CleanBatch) -> pd.DataFrame:
    """The class in which each record was published first, where it has one."""
    ids, classes = batch.records[RECORD_ID], batch.first_class
    if batch.solution is None and classes.empty:
        ids = ids[:0]
    if len(ids) != len(classes):
        raise SignaalError(Code.STORE, f"records of {batch.declaration.name} lack their first class: hold it")
    rows = pd.DataFrame({RECORD_ID: text(ids).array, "class": classes.to_numpy(dtype="int64")})
    return rows[rows["class"] != 0]
