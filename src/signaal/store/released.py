"""What the store has published of a source, as a new batch is measured with it."""

import duckdb
import pandas as pd

from signaal.schemas.batch import Released
from signaal.schemas.column import PARENT_ID, DataType
from signaal.schemas.declaration import Declaration
from signaal.store.cells import SQL_TYPES, as_objects
from signaal.store.codebook import RECORD_ID, Levels, published_columns, stored_type
from signaal.store.survey_table import SurveyTable, converted, outdated
from signaal.store.tables import quoted

FEW_VALUES = 50_000
"""Up to so many different texts in a column are read as numbers of a list, which is far leaner."""


def nothing_released() -> Released:
    """What there is of a source before its first batch."""
    return Released(pd.DataFrame({RECORD_ID: pd.Series(dtype=object)}))


def released(connection: duckdb.DuckDBPyConnection, declaration: Declaration) -> Released:
    """The rows, levels and emptied cells of a source, as ``Store.released`` promises."""
    table = SurveyTable(connection, declaration.name)
    found = connection.execute(
        "SELECT variable, hierarchy, level_name, emptied FROM release WHERE source = ? ORDER BY variable",
        [declaration.name],
    ).fetchall()
    nothing = nothing_released()
    there = bool(table.columns())
    return Released(
        rows=_rows(table, declaration) if there else nothing.rows,
        levels={variable: (hierarchy, level) for variable, hierarchy, level, _ in found},
        emptied={variable: emptied for variable, *_, emptied in found},
        first_class=_first_classes(table) if there else nothing.first_class,
    )


def levels_of(connection: duckdb.DuckDBPyConnection, source: str) -> Levels:
    """The hierarchy and level of each quasi-identifier that was published, by variable."""
    found = connection.execute(
        "SELECT variable, hierarchy, level_name FROM release WHERE source = ?", [source]
    )
    return {variable: (hierarchy, level) for variable, hierarchy, level in found.fetchall()}


def _rows(table: SurveyTable, declaration: Declaration) -> pd.DataFrame:
    """The rows with those of their columns that will stay, in the order of the table."""
    types, there = _types(table, declaration), table.columns()
    cells = {
        name: quoted(name) if there[name] == SQL_TYPES[data_type] else converted(name, data_type)
        for name, data_type in types.items()
    }
    cells |= _listed(table, {name: cells[name] for name in types if types[name] is DataType.TEXT})
    selected = ", ".join(f"{cell} AS {quoted(name)}" for name, cell in cells.items())
    frame = table.connection.execute(f"SELECT {selected} FROM {table.name}").df()  # noqa: S608 - quoted
    return pd.DataFrame({name: as_objects(frame.pop(name), types[name]) for name in types})


def _types(table: SurveyTable, declaration: Declaration) -> dict[str, DataType]:
    """The columns that stay, in the types that they will have once a batch is loaded."""
    there, gone = table.columns(), outdated(table.connection, declaration)
    own = {name: DataType.TEXT for name in (RECORD_ID, PARENT_ID) if name in there}
    return own | {
        name: table.fitting_type(name, stored_type(column))
        for name, column in published_columns(declaration).items()
        if name in there and name not in gone
    }


def _listed(table: SurveyTable, cells: dict[str, str]) -> dict[str, str]:
    """Columns with few different texts as types that list those, which this connection forgets again."""
    counts = ", ".join(f"approx_count_distinct({cell})" for cell in cells.values())
    found = table.connection.execute(f"SELECT {counts} FROM {table.name}").fetchone() or ()  # noqa: S608 - quoted
    listed = {}
    for (name, cell), count in zip(cells.items(), found, strict=True):
        if count <= FEW_VALUES:
            values = quoted(f"values of {name}")
            different = f"SELECT DISTINCT {cell} FROM {table.name} WHERE {cell} IS NOT NULL"  # noqa: S608 - quoted
            table.connection.execute(f"CREATE TEMP TYPE {values} AS ENUM ({different} ORDER BY ALL)")
            listed[name] = f"CAST({cell} AS {values})"
    return listed


def _first_classes(table: SurveyTable) -> "pd.Series[int]":
    """The first class of each row in the order of the table; 0 where it was never measured."""
    found = table.connection.execute(
        f"SELECT coalesce(f.class, 0) AS class FROM {table.name} AS s "  # noqa: S608 - quoted
        "LEFT JOIN first_class AS f ON f.source = ? AND f.record_id = s.record_id ORDER BY s.rowid",
        [table.source],
    )
    return found.df()["class"].astype("int64")
