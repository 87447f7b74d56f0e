"""Reads the sheet of a workbook that holds records, and those of its repeat groups: .xlsx."""

import datetime
import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, Protocol

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from signaal.intake.archive import Archive
from signaal.intake.cells import duration, number, to_the_second
from signaal.intake.headings import different, heading
from signaal.intake.repeats import with_repeats
from signaal.intake.tabular import Origin, Row, table
from signaal.schemas.batch import Table

ZEROS = re.compile("0{2,}")
"""A number format that shows leading zeros, as for a BSN or a phone number."""


class Cell(Protocol):
    """What is used of openpyxl's cells."""

    value: object
    data_type: str
    number_format: str


class Sheet(Protocol):
    """What is used of openpyxl's sheets."""

    title: str

    def reset_dimensions(self) -> None: ...
    def iter_rows(self) -> Iterator[tuple[Cell, ...]]: ...


def read_spreadsheet(content: bytes, label: str, max_characters: int) -> Table:
    """The records of the visible sheet that is not empty; rules as in ``tabular.table``.

    Where several are, one must hold the records and the others their repeat groups, as in
    ``repeats.with_repeats``.

    Every cell becomes text: a date ``2024-01-31``, with a time ``2024-01-31T09:30:00``, a number with
    a dot, ``true`` and ``false``; what a formula last gave; an error or a formula without result
    is None. Hidden columns and rows are read as all others; hidden sheets are not.

    Raises:
        FileNotTakenError: it is damaged or no workbook (``UNREADABLE``), has no such sheet
            (``EMPTY``), unpacks too large, or as ``repeats.with_repeats``.
    """
    archive = Archive(content, label)
    origin = Origin(label, "row", max_characters)
    try:
        sheets = _filled_sheets(content)
    except Exception:  # noqa: BLE001, RUF100 -- openpyxl raises whatever a damaged file leads it to, and quotes it
        sheets = None
    if sheets is None:
        raise archive.broken()
    if len(sheets) > 1:
        return with_repeats(sheets, origin)
    return table(next(iter(sheets.values()), []), origin)


def _filled_sheets(content: bytes) -> dict[str, list[Row]]:
    """The rows of each sheet that is visible and holds anything, by its name."""
    # Its warnings quote cells.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [(sheet, rows) for sheet in visible if (rows := list(_rows(sheet)))]
    names = different([heading(sheet.title) for sheet, _ in filled])
    return {name: _even(rows) for name, (_, rows) in zip(names, filled, strict=True)}


def _rows(sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet that hold anything, up to their last cell that does."""
    # What a file says of its own size may be wrong, and would cut off what lies beyond.
    sheet.reset_dimensions()
    for place, cells in enumerate(sheet.iter_rows(), start=1):
        row = [_text(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            yield place, row


def _even(rows: list[Row]) -> list[Row]:
    """The rows with a heading, be it an empty one, over every column: a sheet is a grid."""
    first, headings = rows[0]
    width = max(len(cells) for _, cells in rows)
    return [(first, [*headings, *[None] * (width - len(headings))]), *rows[1:]]


def _text(cell: Cell) -> str | None:
    """What a cell holds, as text; a number with the leading zeros that its format shows."""
    if cell.value is None or cell.data_type == "e":
        return None
    text = TEXT_OF.get(type(cell.value), str)(cell.value)
    if type(cell.value) is int and ZEROS.fullmatch(cell.number_format or ""):
        return text.zfill(len(cell.number_format))
    return text


def _moment(value: datetime.datetime) -> str:
    """A date, with its time of day unless that is midnight, to the second."""
    moment = to_the_second(value)
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat()


TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: unescape,
    bool: lambda value: "true" if value else "false",
    float: number,
    datetime.datetime: _moment,
    datetime.timedelta: duration,
    datetime.time: lambda value: value.isoformat(timespec="seconds"),
}
"""How a value is written, by its type; others as Python writes them."""
