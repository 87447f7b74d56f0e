"""A source's release moves on: coarser levels, for the records that are there as well.

Disclosure control is measured over a whole source. What was measured holds only as long as the
source is as it was then, so that a batch that was measured with another state is refused.
"""

from collections.abc import Collection

import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import PARENT_ID, Role, variable_name
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, SignaalError
from signaal.schemas.risk import Solution
from signaal.store.cells import text, texts
from signaal.store.codebook import RECORD_ID
from signaal.store.survey_table import SurveyTable
from signaal.store.tables import quoted


def check_measured(table: SurveyTable, batch: CleanBatch, main: CleanBatch, gone: Collection[str]) -> None:
    """Whether the source is still as it was when the batch was measured with it.

    Args:
        table: the source's table, before anything is changed in it.
        batch: the records that come in, or those of a repeat group.
        main: the batch that they come with.
        gone: the ids of batches that this one takes the place of.

    Raises:
        SignaalError: the source has other records, or is coarser, than what was measured; or records
            would go that were measured as staying.
    """
    if not batch.declaration.with_role(Role.QUASI_IDENTIFIER):
        return
    others, measured, going = _others(table, batch, main, gone)
    if others and batch.solution is None:
        raise SignaalError(
            Code.STORE,
            f"the batch has no quasi-identifier of {table.source}, so that nobody knows how it is to be "
            "published beside the records that are there: add those columns to its file",
        )
    if others != len(batch.rest) or measured != len(batch.rest) or _was_coarser(table, batch.solution):
        raise SignaalError(
            Code.STORE, f"the source {table.source} changed since the batch was measured with it: run again"
        )
    if going:
        raise SignaalError(
            Code.STORE,
            f"the declaration of {table.source} gives {going} published records other ids than before, so "
            "that their people would count twice: restore its record_id, or give the source another name",
        )


def write_release(table: SurveyTable, solution: Solution | None) -> None:
    """Notes how coarse the source is published from now on."""
    if solution is None or not solution.columns:
        return
    rows = pd.DataFrame(
        [
            (table.source, column.variable, column.hierarchy, column.level, column.name, column.emptied)
            for column in solution.columns
        ],
        columns=["source", "variable", "hierarchy", "level", "level_name", "emptied"],
    )
    table.connection.register("released_levels", rows)
    table.connection.execute("INSERT OR REPLACE INTO release BY NAME SELECT * FROM released_levels")
    table.connection.unregister("released_levels")


def write_back(table: SurveyTable, rest: pd.DataFrame, declaration: Declaration) -> None:
    """Makes the quasi-identifiers of the records that are not in the batch as coarse as those that are."""
    there = table.columns()
    quasi = [PARENT_ID, *map(variable_name, declaration.with_role(Role.QUASI_IDENTIFIER))]
    names = [name for name in quasi if name in there and name in rest]
    if not names or rest.empty:
        return
    changes = ", ".join(f"{quoted(name)} = new.{quoted(name)}" for name in names)
    differs = " OR ".join(f"old.{quoted(name)} IS DISTINCT FROM new.{quoted(name)}" for name in names)
    table.connection.register("rest_rows", texts(rest, (RECORD_ID, *names)))
    table.connection.execute(
        f"UPDATE {table.name} AS old SET {changes} FROM rest_rows AS new "  # noqa: S608 - identifiers are quoted
        f"WHERE old.record_id = new.record_id AND ({differs})"
    )
    table.connection.unregister("rest_rows")


def _others(
    table: SurveyTable, batch: CleanBatch, main: CleanBatch, gone: Collection[str]
) -> tuple[int, int, int]:
    """Rows that stay beside the batch; how many of those it was measured with; and how many would go."""
    there = table.columns()
    if not there:
        return 0, 0, 0
    connection = table.connection
    frames = {"own_ids": batch.records, "main_ids": main.records, "rest_ids": batch.rest}
    for name, frame in frames.items():
        ids = frame[RECORD_ID] if RECORD_ID in frame else pd.Series(dtype=object)
        connection.register(name, pd.DataFrame({"id": text(ids)}))
    # the rows of a repeat group go with the record that they belong to
    parent = f"ANTI JOIN main_ids ON {PARENT_ID} = main_ids.id" if PARENT_ID in there else ""
    found = connection.execute(
        f"""SELECT count(*), count(rest_ids.id), count(*) FILTER (list_contains(?::VARCHAR[], batch_id))
        FROM (FROM {table.name} ANTI JOIN own_ids ON record_id = own_ids.id {parent})
        LEFT JOIN rest_ids ON record_id = rest_ids.id""",  # noqa: S608 - the name is quoted
        [list(gone)],
    ).fetchall()  # all of it, since a frame that is still read cannot be forgotten
    for name in frames:
        connection.unregister(name)
    others, measured, going = found[0]
    return others, measured, going


def _was_coarser(table: SurveyTable, solution: Solution | None) -> bool:
    """Whether what is published is coarser, or has more cells emptied, than the batch makes of it."""
    found = table.connection.execute(
        "SELECT variable, hierarchy, level, level_name, emptied FROM release WHERE source = ?", [table.source]
    )
    now = {column.variable: column for column in solution.columns} if solution else {}
    return any(
        variable in now
        and (
            emptied > now[variable].emptied
            or (
                hierarchy == now[variable].hierarchy
                and name != now[variable].name
                and level > now[variable].level
            )
        )
        for variable, hierarchy, level, name, emptied in found.fetchall()
    )
