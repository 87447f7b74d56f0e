"""The table of a survey: its columns follow the declaration of the batch that was loaded last."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from signaal.schemas.column import PARENT_ID, Action, DataType
from signaal.schemas.declaration import Declaration
from signaal.store.cells import SQL_TYPES
from signaal.store.codebook import CodebookRow, codebook, published_columns, stored_type
from signaal.store.incoming import OWN_COLUMNS
from signaal.store.tables import quoted

PREFIX = "survey_"


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

    def create(self, *, is_repeat: bool) -> None:
        """Makes the table, without the survey's own columns.

        It has no key: an index on a million ids takes most of the time of a load and half of the file,
        and every batch is checked and takes the place of its records' older rows.
        """
        parent = f"{quoted(PARENT_ID)} VARCHAR, " if is_repeat else ""
        self.connection.execute(
            f"CREATE TABLE {self.name} (record_id VARCHAR NOT NULL, {parent}batch_id VARCHAR NOT NULL)"
        )

    def drop(self) -> None:
        """Takes the table away."""
        self.connection.execute(f"DROP TABLE IF EXISTS {self.name}")

    def rows(self) -> int:
        """How many rows there are; 0 where there is no table."""
        if not self.columns():
            return 0
        found = self.connection.execute(f"SELECT count(*) FROM {self.name}").fetchone()  # noqa: S608 - quoted
        return int(found[0]) if found else 0

    def drop_columns(self, names: Collection[str]) -> None:
        """Takes columns away with what is in them."""
        for name in names:
            self.connection.execute(f"ALTER TABLE {self.name} DROP COLUMN {quoted(name)}")

    def add_column(self, name: str, data_type: DataType) -> None:
        """Adds a column, empty in the rows that are there."""
        self.connection.execute(f"ALTER TABLE {self.name} ADD COLUMN {quoted(name)} {SQL_TYPES[data_type]}")

    def change_type(self, name: str, data_type: DataType) -> None:
        """Gives a column the type that its cells allow (see ``fitting_type``)."""
        fitting = self.fitting_type(name, data_type)
        if self.columns()[name] != SQL_TYPES[fitting]:
            # DuckDB converts the rows that this transaction deleted as well, so that it may not fail
            self.connection.execute(
                f"ALTER TABLE {self.name} ALTER COLUMN {quoted(name)} "
                f"SET DATA TYPE {SQL_TYPES[fitting]} USING {converted(name, fitting)}"
            )

    def fitting_type(self, name: str, data_type: DataType) -> DataType:
        """That type, unless a cell would not survive: then text, which takes every cell."""
        wanted, cell = SQL_TYPES[data_type], quoted(name)
        if self.columns()[name] == wanted or data_type is DataType.TEXT:
            return data_type
        found = self.connection.execute(
            f"SELECT 1 FROM {self.name} WHERE {cell} IS NOT NULL "  # noqa: S608 - identifiers are quoted
            f"AND {converted(name, data_type)}::VARCHAR IS DISTINCT FROM {cell}::VARCHAR LIMIT 1"
        )
        return data_type if found.fetchone() is None else DataType.TEXT


def converted(name: str, data_type: DataType) -> str:
    """A column's cells in another type as SQL has it, NULL where one is not exactly written so."""
    return f"TRY_CAST({quoted(name)}::VARCHAR AS {SQL_TYPES[data_type]})"


def follow(table: SurveyTable, declaration: Declaration) -> bool:
    """Gives the table the columns that the declaration publishes; True where older cells went.

    Columns that are not published any more are dropped. So are those that were published as they
    came, or in another hierarchy, and are now coarsened or made a pseudonym: older rows would keep
    the finer value. They come back empty. The other way round older rows keep what they have. Another
    level of the same hierarchy changes nothing here: the cells of older rows come with the batch.
    """
    wanted = published_columns(declaration)
    if not (there := table.columns()):
        if not declaration.columns:
            return False
        table.create(is_repeat=declaration.parent is not None)
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
        """SELECT unnest(variables), entity, action, hierarchy FROM codebook
        WHERE source = ? AND published""",
        [declaration.name],
    )
    now = {variable: treatment for variable, *treatment in found.fetchall()}
    return {
        variable
        for row in codebook(declaration)
        for variable in row.variables
        if variable in now and not _as_it_came(row) and now[variable] != _treatment(row)
    }


def _as_it_came(row: CodebookRow) -> bool:
    return row.action is not Action.PSEUDONYM and row.hierarchy is None


def _treatment(row: CodebookRow) -> list[str | None]:
    return [row.entity, row.action, row.hierarchy]
