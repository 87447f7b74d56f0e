"""The table of a survey: its columns follow the declaration of the batch that was loaded last."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from signaal.schemas.declaration import Action, DataType, Declaration, Generalisation
from signaal.store.codebook import CodebookRow, codebook, published_columns, stored_type
from signaal.store.incoming import OWN_COLUMNS
from signaal.store.tables import quoted

PREFIX = "survey_"
SQL_TYPES = {DataType.TEXT: "VARCHAR", DataType.NUMBER: "DOUBLE"}


def table_name(source: str) -> str:
    """The name of a source's table."""
    return PREFIX + source


def survey_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The names of all tables of surveys, in alphabetical order."""
    found = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, ?) ORDER BY ALL", [PREFIX]
    )
    return [name for (name,) in found.fetchall()]


@dataclass(frozen=True)
class SurveyTable:
    """One survey's table, on an open connection."""

    connection: duckdb.DuckDBPyConnection
    source: str

    @property
    def name(self) -> str:
        """The table's name as SQL takes it."""
        return quoted(table_name(self.source))

    def columns(self) -> dict[str, str]:
        """The columns with their SQL types, in order; empty where there is no table."""
        found = self.connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
            [table_name(self.source)],
        )
        return dict(found.fetchall())

    def create(self) -> None:
        """Makes the table, without the survey's own columns."""
        self.connection.execute(
            f"CREATE TABLE {self.name} (record_id VARCHAR PRIMARY KEY, batch_id VARCHAR NOT NULL)"
        )

    def drop_columns(self, names: Collection[str]) -> None:
        """Takes columns away with what is in them."""
        for name in names:
            self.connection.execute(f"ALTER TABLE {self.name} DROP COLUMN {quoted(name)}")

    def add_column(self, name: str, data_type: DataType) -> None:
        """Adds a column, empty in the rows that are there."""
        self.connection.execute(f"ALTER TABLE {self.name} ADD COLUMN {quoted(name)} {SQL_TYPES[data_type]}")

    def change_type(self, name: str, data_type: DataType) -> None:
        """Gives a column another type, unless a text in it would not survive as a number."""
        if data_type is DataType.TEXT or self._only_numbers(name):
            # TRY_CAST, since DuckDB converts the rows that this transaction deleted as well
            sql_type, cell = SQL_TYPES[data_type], quoted(name)
            self.connection.execute(
                f"ALTER TABLE {self.name} ALTER COLUMN {cell} SET DATA TYPE {sql_type} "
                f"USING TRY_CAST({cell} AS {sql_type})"
            )

    def _only_numbers(self, name: str) -> bool:
        """Whether every text is written exactly as DuckDB writes its number."""
        cell = quoted(name)
        found = self.connection.execute(
            f"SELECT 1 FROM {self.name} WHERE {cell} IS NOT NULL "  # noqa: S608 - identifiers are quoted
            f"AND TRY_CAST({cell} AS DOUBLE)::VARCHAR IS DISTINCT FROM {cell} LIMIT 1"
        )
        return found.fetchone() is None


def follow(table: SurveyTable, declaration: Declaration) -> bool:
    """Gives the table the columns that the declaration publishes; True where older cells went.

    Columns that are not published any more are dropped. So are those that were published as they
    came, or coarsened otherwise, and are now coarsened or made a pseudonym: older rows would keep
    the finer value. They come back empty. The other way round older rows keep what they have.
    """
    wanted = published_columns(declaration)
    if not (there := table.columns()):
        if not declaration.columns:
            return False
        table.create()
    stale = outdated(table.connection, declaration) | (there.keys() - wanted.keys() - set(OWN_COLUMNS))
    gone = [name for name in there if name in stale]
    table.drop_columns(gone)
    for name, column in wanted.items():
        data_type = stored_type(column)
        if name not in there or name in stale:
            table.add_column(name, data_type)
        elif there[name] != SQL_TYPES[data_type]:
            table.change_type(name, data_type)
    return bool(gone)


def outdated(connection: duckdb.DuckDBPyConnection, declaration: Declaration) -> set[str]:
    """The variables that must be coarser, or otherwise, than the codebook says that they are now."""
    found = connection.execute(
        "SELECT variable, entity, action, generalisation FROM codebook WHERE source = ? AND published",
        [declaration.name],
    )
    now = {variable: treatment for variable, *treatment in found.fetchall()}
    return {
        row.variable
        for row in codebook(declaration)
        if row.variable in now and not _as_it_came(row) and now[row.variable] != _treatment(row)
    }


def _as_it_came(row: CodebookRow) -> bool:
    return row.action is not Action.PSEUDONYM and row.generalisation in {None, Generalisation.NONE}


def _treatment(row: CodebookRow) -> list[str | None]:
    return [row.entity, row.action, row.generalisation]
