"""What the role of a column makes of its cells."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.hierarchies import Hierarchy
from signaal.anonymise.table.matching import matched_names
from signaal.anonymise.table.typed import TypedCells, read_cells, read_column
from signaal.anonymise.text.people import names_nobody
from signaal.anonymise.text.replace import Replacer
from signaal.schemas.batch import Batch, Misfit
from signaal.schemas.column import Action, Column, Role, Unfit, variable_name
from signaal.schemas.declaration import Declaration

RULE_RECOGNIZER = "declared role"
ID_DIGITS = 20
ROWS_NAMED = 20
"""So many rows with cells that do not fit are named for each column; the others are counted."""


@dataclass(repr=False)
class Published:
    """What a table's columns come to under their roles, and what was noted.

    columns: those that are published as they are typed, by their names in the store, and None for a
        quasi-identifier, in their declared order. labels: the quasi-identifiers on their finest level.
    """

    columns: dict[str, "pd.Series[Any] | None"] = field(default_factory=dict)
    labels: dict[str, "pd.Series[Any]"] = field(default_factory=dict)
    findings: list[pd.DataFrame] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    unparsed: int = 0


def publish(
    batch: Batch,
    record_ids: "pd.Series[str]",
    replacer: Replacer,
    hierarchies: Mapping[str, Hierarchy],
) -> Published:
    """Applies the role of every declared column that the batch has; an undeclared one never gets here."""
    result, frame = Published(), batch.table.frame
    matched = matched_names(frame, batch.declaration)
    for heading, column in batch.declaration.columns.items():
        if heading not in frame:
            continue
        cells, name = matched.get(heading, frame[heading]), variable_name(heading)
        match column.role:
            case Role.DIRECT_IDENTIFIER:
                result.findings.append(_findings(cells, column, name, record_ids))
                if column.action is Action.PSEUDONYM:
                    result.columns[name] = _pseudonyms(cells, column, replacer)
            case Role.QUASI_IDENTIFIER if column.generalise is not None:
                reader = hierarchies[column.generalise.hierarchy].reader(column)
                result.columns[name] = None
                result.labels[name] = _noted(
                    read_cells(cells, reader, column.missing), batch, column, name, result
                )
            case Role.SENSITIVE | Role.KEEP:
                result.columns[name] = _noted(read_column(cells, column), batch, column, name, result)
            case _:
                pass
    return result


def record_ids(
    frame: pd.DataFrame, declaration: Declaration, content_id: str, keys: Keys
) -> "pd.Series[str]":
    """A keyed id for each record: of its declared record id, else of the file's content and the row.

    A declared id that is missing gives None, which the validation holds.
    """
    declared = list(declaration.with_role(Role.RECORD_ID))
    if declared:
        purpose = f"record:{declaration.name}"
        cells = frame[declared[0]].where(frame[declared[0]].notna(), None)
        ids = [None if cell is None else keys.short(purpose, cell.encode(), ID_DIGITS) for cell in cells]
    else:
        content = keys.origin(content_id)
        ids = [keys.short("row", f"{content}:{row}".encode(), ID_DIGITS) for row in range(len(frame))]
    return pd.Series(ids, index=frame.index, dtype=object)


def row_ids(parent_ids: Sequence[str | None], declaration: Declaration, keys: Keys) -> "pd.Series[str]":
    """A keyed id for each row of a repeat group: of the record that it belongs to and its place there."""
    purpose, seen = f"record:{declaration.name}", Counter[str]()
    ids: list[str | None] = []
    for parent in parent_ids:
        place = f"{keys.origin(parent)}:{seen[parent]}" if parent is not None else None
        ids.append(None if place is None else keys.short(purpose, place.encode(), ID_DIGITS))
        seen.update([parent] if parent is not None else [])
    return pd.Series(ids, dtype=object)


def _pseudonyms(cells: "pd.Series[str]", column: Column, replacer: Replacer) -> "pd.Series[Any]":
    entity = column.entity
    if entity is None:
        raise ValueError("a direct identifier without its entity")
    # Whoever filled in "onbekend" is nobody in particular, and not the same person each time.
    return _mapped(cells, lambda cell: None if names_nobody(cell) else replacer.pseudonym(entity, cell))


def _noted(read: TypedCells, batch: Batch, column: Column, name: str, result: Published) -> "pd.Series[Any]":
    """The values that were read; cells that do not fit are noted as the column wants it."""
    wrong = np.flatnonzero(read.misfit)
    if not len(wrong):
        return read.values
    if column.unfit is Unfit.EMPTY:
        result.unparsed += len(wrong)
    else:
        result.misfits.append(Misfit(variable=name, cells=len(wrong), rows=_places(wrong, batch.table.rows)))
    return read.values


def _places(positions: "npt.NDArray[np.intp]", rows: Sequence[int]) -> tuple[int, ...]:
    """The lines of the file where these records start."""
    first = positions[:ROWS_NAMED].tolist()
    return tuple(rows[position] if rows else position + 1 for position in first)


def _mapped(cells: "pd.Series[str]", change: Callable[[str], object]) -> "pd.Series[Any]":
    """The cells changed one by one, each different value once."""
    made = {cell: change(cell) for cell in cells.unique() if isinstance(cell, str)}
    return pd.Series([made.get(cell) for cell in cells], index=cells.index, dtype=object)


def _findings(cells: "pd.Series[str]", column: Column, name: str, ids: "pd.Series[str]") -> pd.DataFrame:
    filled = ids[cells.notna()]
    return pd.DataFrame(
        {
            "record_id": filled,
            "variable": name,
            "entity_type": str(column.entity),
            "start": None,
            "end": None,
            "score": 1.0,
            "recognizer": RULE_RECOGNIZER,
        }
    )
