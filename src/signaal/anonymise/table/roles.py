"""What the role of a column makes of its cells."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.generalise import rule
from signaal.anonymise.table.numbers import parse_number
from signaal.anonymise.text.replace import Replacer
from signaal.schemas.declaration import (
    Action,
    Column,
    DataType,
    Declaration,
    Generalisation,
    Role,
    variable_name,
)

RULE_RECOGNIZER = "declared role"


@dataclass(repr=False)
class Published:
    """The columns of a table that go on, under their names in the store, and what was noted."""

    columns: dict[str, "pd.Series[str] | pd.Series[float]"] = field(default_factory=dict)
    findings: list[pd.DataFrame] = field(default_factory=list)
    unparsed: int = 0


def publish(
    frame: pd.DataFrame, declaration: Declaration, record_ids: "pd.Series[str]", replacer: Replacer
) -> Published:
    """Applies the role of every declared column that the frame has; an undeclared one never gets here."""
    result = Published()
    for heading, column in declaration.columns.items():
        if heading not in frame:
            continue
        cells = frame[heading]
        name = variable_name(heading)
        if column.role is Role.DIRECT_IDENTIFIER:
            result.findings.append(_findings(cells, column, name, record_ids))
        if (values := _values(cells, column, replacer)) is not None:
            result.columns[name] = values
            result.unparsed += int((values.isna() & cells.notna()).sum())
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
        ids = [
            None if cell is None else keys.keyed(purpose, cell.encode())[:20]
            for cell in _cells(frame[declared[0]])
        ]
    else:
        ids = [keys.keyed("row", f"{content_id}:{row}".encode())[:20] for row in range(len(frame))]
    return pd.Series(ids, index=frame.index, dtype=object)


def _values(
    cells: "pd.Series[str]", column: Column, replacer: Replacer
) -> "pd.Series[str] | pd.Series[float] | None":
    """The published cells of a column, or None for a column that is not published as one."""
    match column.role:
        case Role.DIRECT_IDENTIFIER if column.action is Action.PSEUDONYM and column.entity is not None:
            entity = column.entity
            return _mapped(cells, lambda cell: replacer.pseudonym(entity, cell))
        case Role.QUASI_IDENTIFIER if column.generalise not in {None, Generalisation.NONE}:
            return _mapped(cells, rule(column.generalise, (cell for cell in cells.unique() if cell)))
        case Role.QUASI_IDENTIFIER | Role.SENSITIVE | Role.KEEP:
            return _typed(cells, column.type)
        case _:
            return None


def _typed(cells: "pd.Series[str]", data_type: DataType) -> "pd.Series[str] | pd.Series[float]":
    if data_type is DataType.NUMBER:
        return _mapped(cells, parse_number).astype(float)
    return cells.astype(object)


def _mapped(cells: "pd.Series[str]", change: Callable[[str], object]) -> "pd.Series[str]":
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


def _cells(cells: "pd.Series[str]") -> list[str | None]:
    return [cell if isinstance(cell, str) else None for cell in cells]
