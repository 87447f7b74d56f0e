"""Takes a workbook of records and repeat groups apart, as KoboToolbox writes it: a sheet for each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from signaal.intake.exports import exports
from signaal.intake.headings import heading
from signaal.intake.tabular import Origin, Row, table
from signaal.schemas.batch import Table
from signaal.schemas.errors import Code

Cell = str | None
Parent = tuple[Cell, Cell]
"""What a row calls the sheet of its parent, and the index of its parent there."""


def with_repeats(sheets: Mapping[str, Sequence[Row]], origin: Origin) -> Table:
    """The records of a workbook with its repeat groups, by the names of their sheets.

    One sheet, that of the records, numbers its rows under ``_index``; every other one says in
    ``_parent_table_name`` and ``_parent_index`` to which row of which sheet its rows belong. For a
    group within a group ``_parent_index`` becomes that of the record. A group may be empty.

    Raises:
        FileNotTakenError: the sheets do not refer to each other like that, or it cannot be told which
            they refer to (``UNREADABLE``), or as ``tabular.table``.
    """
    main = _main_sheet(sheets)
    if main is None:
        problem = f"has {len(sheets)} sheets with records; save each of them as a file of its own"
        raise origin.refusal(Code.UNREADABLE, problem)
    tables = {
        name: table(rows, _on_sheet(origin, place), may_be_empty=name != main)
        for place, (name, rows) in enumerate(sheets.items(), start=1)
    }
    records = tables.pop(main)
    return replace(records, repeats=_under_records(tables, main, origin))


def _on_sheet(origin: Origin, place: int) -> Origin:
    """Where an error is found, without the name of the sheet: it may hold personal data."""
    return replace(origin, place=f"filled sheet {place}, {origin.place}")


def _main_sheet(sheets: Mapping[str, Sequence[Row]]) -> str | None:
    """The one sheet that numbers its rows and has no parent, where all others have one."""
    columns = exports().repeats
    headings = {name: {heading(cell or "") for cell in rows[0][1]} for name, rows in sheets.items()}
    parents = {columns.parent_table, columns.parent_index}
    main = [name for name, found in headings.items() if columns.index in found and not parents & found]
    groups = [name for name, found in headings.items() if parents <= found]
    return main[0] if len(main) == 1 and len(groups) == len(sheets) - 1 else None


def _under_records(groups: Mapping[str, Table], main: str, origin: Origin) -> dict[str, Table]:
    """The repeat groups, each row with the index of the record that it belongs to."""
    column = exports().repeats.parent_table
    called = {cell for group in groups.values() for cell in group.frame[column] if cell is not None}
    sheets = {cell: _sheet(cell, [main, *groups]) for cell in called}
    unknown = [cell for cell, sheet in sheets.items() if sheet is None]
    # One unknown name is that of the records, whose sheet was given another.
    if unknown and (len(unknown) > 1 or main in sheets.values()):
        problem = "has rows of a repeat group whose sheet is not there; export it again, with all its sheets"
        raise origin.refusal(Code.UNREADABLE, problem)
    parents = {name: _parents(group.frame) for name, group in groups.items()}
    return {
        name: replace(group, frame=_lifted(group.frame, parents, sheets)) for name, group in groups.items()
    }


def _sheet(called: str, sheets: Sequence[str]) -> str | None:
    """The sheet that rows call the one of their parents: its name may have been cut to fit."""
    sure, name = exports().repeats.name_characters, heading(called)
    cut = (sheet for sheet in sheets if len(name) > sure and sheet[:sure] == name[:sure])
    return name if name in sheets else next(cut, None)


def _parents(group: pd.DataFrame) -> dict[Cell, Parent]:
    """Of each row of a repeat group, by its index, to which row it belongs; without indices twice there."""
    columns = exports().repeats
    if columns.index not in group.columns:
        return {}
    rows = group[~group[columns.index].duplicated(keep=False)]
    pairs = zip(rows[columns.parent_table], rows[columns.parent_index], strict=True)
    return dict(zip(rows[columns.index], pairs, strict=True))


def _lifted(
    group: pd.DataFrame, parents: Mapping[str, Mapping[Cell, Parent]], sheets: Mapping[str, str | None]
) -> pd.DataFrame:
    """A repeat group with the index of the record in place of that of a row of another group."""
    columns = exports().repeats
    pairs = zip(group[columns.parent_table], group[columns.parent_index], strict=True)
    indices = [_record(pair, parents, sheets) for pair in pairs]
    return group.assign(**{columns.parent_index: pd.Series(indices, index=group.index, dtype=object)})


def _record(
    parent: Parent, parents: Mapping[str, Mapping[Cell, Parent]], sheets: Mapping[str, str | None]
) -> Cell:
    """The index of the record above a row, through the groups between them; None where it has none."""
    for _ in range(len(parents) + 1):
        called, index = parent
        if called is None or index is None:
            return None
        sheet = sheets[called]
        if sheet is None or sheet not in parents:
            return index
        parent = parents[sheet].get(index, (None, None))
    return None
