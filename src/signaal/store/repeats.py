"""The repeat groups of a source: tables of their own, whose rows belong to records of the source."""

from collections.abc import Iterator

import duckdb
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, SignaalError
from signaal.store.survey_table import SurveyTable
from signaal.store.tables import RECORD_TABLES


def repeats_of(connection: duckdb.DuckDBPyConnection, source: str) -> list[SurveyTable]:
    """The tables of the repeat groups that a source has now, in alphabetical order."""
    found = connection.execute("SELECT source FROM source WHERE parent = ? ORDER BY source", [source])
    return [SurveyTable(connection, name) for (name,) in found.fetchall()]


def tables_of(connection: duckdb.DuckDBPyConnection, source: str) -> list[SurveyTable]:
    """The tables that there are of a source: its own, and those of its repeat groups."""
    tables = [SurveyTable(connection, source), *repeats_of(connection, source)]
    return [table for table in tables if table.columns()]


def declarations_of(declaration: Declaration) -> Iterator[Declaration]:
    """The declaration of a source and those of its repeat groups."""
    yield declaration
    yield from map(declaration.of_repeat, declaration.repeats)


def check_names(connection: duckdb.DuckDBPyConnection, batch: CleanBatch) -> None:
    """A source and a repeat group cannot have one name, since they would have one table.

    Raises:
        SignaalError: they have, or the batch has a repeat group that its source does not declare.
    """
    declared = {each.name: each.parent for each in declarations_of(batch.declaration)}
    for name, parent in declared.items():
        other = connection.execute(
            "SELECT 1 FROM source WHERE source = ? AND parent IS DISTINCT FROM ?", [name, parent]
        )
        if other.fetchone():
            raise SignaalError(
                Code.STORE, f"a source and a repeat group are both called {name}: give one another name"
            )
    if strange := len({each.declaration.name for each in batch.repeats} - declared.keys()):
        raise SignaalError(
            Code.STORE, f"{strange} repeat groups are not declared by {batch.declaration.name}: hold it"
        )


def remove_undeclared(connection: duckdb.DuckDBPyConnection, declaration: Declaration) -> bool:
    """Removes the repeat groups that the declaration does not have any more; True where there were any.

    How coarse they were released is remembered, as it is of a column.
    """
    declared = {declaration.repeat_name(sheet) for sheet in declaration.repeats}
    gone = [table for table in repeats_of(connection, declaration.name) if table.source not in declared]
    for table in gone:
        table.drop()
        for name in (*RECORD_TABLES, "codebook", "source"):
            connection.execute(f"DELETE FROM {name} WHERE source = ?", [table.source])  # noqa: S608 - fixed
    return bool(gone)


def remove_rows_of(connection: duckdb.DuckDBPyConnection, source: str, records: pd.DataFrame) -> None:
    """Removes the rows of repeat groups that belong to these records, which come again or not."""
    connection.register("parent_ids", records[["record_id"]].rename(columns={"record_id": "id"}))
    for table in repeats_of(connection, source):
        if not table.columns():
            continue
        theirs = "parent_id IN (SELECT id FROM parent_ids)"
        for name in RECORD_TABLES:
            connection.execute(
                f"DELETE FROM {name} WHERE source = ? AND record_id IN "  # noqa: S608 - quoted
                f"(SELECT record_id FROM {table.name} WHERE {theirs})",
                [table.source],
            )
        connection.execute(f"DELETE FROM {table.name} WHERE {theirs}")  # noqa: S608 - quoted
    connection.unregister("parent_ids")
