"""Reads the one sheet of a workbook that holds records: .xlsx."""

import datetime
import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, Protocol

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from signaal.intake.archive import Archive
from signaal.intake.tabular import Origin, Row, table
from signaal.schemas.batch import Table
from signaal.schemas.errors import Code, FileNotTakenError, SignaalError

LARGEST_EXACT = 10**15
"""Whole numbers below this one are exact in a spreadsheet (15 digits, ECMA-376 part 1, 18.17.5.2)."""

ZEROS = re.compile("0{2,}")
"""A number format that shows leading zeros, as for a BSN or a phone number."""


class Cell(Protocol):
    """What is used of openpyxl's cells."""

    value: object
    data_type: str
    number_format: str


class Sheet(Protocol):
    """What is used of openpyxl's sheets."""

    def reset_dimensions(self) -> None: ...
    def iter_rows(self) -> Iterator[tuple[Cell, ...]]: ...


def read_spreadsheet(content: bytes, label: str, max_characters: int) -> Table:
    """The records of the only visible sheet that is not empty; rules as in ``tabular.table``.

    Every cell becomes text: a date ``2024-01-31``, with a time ``2024-01-31T09:30:00``, a number with
    a dot, ``true`` and ``false``; what a formula last gave; an error or a formula without result
    is None. Hidden columns and rows are read as all others; hidden sheets are not.

    Raises:
        FileNotTakenError: it is damaged, no workbook or has more than one such sheet
            (``UNREADABLE``), has none (``EMPTY``), unpacks too large, or as ``tabular.table``.
    """
    archive = Archive(content, label)
    try:
        rows = _only_sheet(content, label)
    except SignaalError:
        raise
    except Exception:  # noqa: BLE001, RUF100 -- openpyxl raises whatever a damaged file leads it to, and quotes it
        rows = None
    if rows is None:
        raise archive.broken()
    return table(_even(rows), Origin(label, "row", max_characters))


def _only_sheet(content: bytes, label: str) -> list[Row]:
    """The rows of the one sheet that is visible and holds anything."""
    # Its warnings quote cells.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [rows for sheet in visible if (rows := list(_rows(sheet)))]
    if len(filled) > 1:
        problem = f"has {len(filled)} sheets with records; save each of them as a file of its own"
        raise FileNotTakenError(Code.UNREADABLE, f"file {label} {problem}")
    return filled[0] if filled else []


def _rows(sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet that hold anything, up to their last cell that does."""
    # What a file says of its own size may be wrong, and would cut off what lies beyond.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = [_text(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            yield number, row


def _even(rows: list[Row]) -> list[Row]:
    """The rows with a heading, be it an empty one, over every column: a sheet is a grid."""
    if not rows:
        return rows
    number, headings = rows[0]
    width = max(len(cells) for _, cells in rows)
    return [(number, [*headings, *[None] * (width - len(headings))]), *rows[1:]]


def _text(cell: Cell) -> str | None:
    """What a cell holds, as text; a number with the leading zeros that its format shows."""
    if cell.value is None or cell.data_type == "e":
        return None
    text = TEXT_OF.get(type(cell.value), str)(cell.value)
    if type(cell.value) is int and ZEROS.fullmatch(cell.number_format or ""):
        return text.zfill(len(cell.number_format))
    return text


def _number(value: float) -> str:
    """Fifteen digits: those that a spreadsheet shows, without what binary arithmetic adds."""
    shown = float(f"{value:.15g}")
    return str(int(shown)) if shown.is_integer() and abs(shown) < LARGEST_EXACT else repr(shown)


def _moment(value: datetime.datetime) -> str:
    """A date, with its time of day unless that is midnight, to the second."""
    moment = (value + datetime.timedelta(milliseconds=500)).replace(microsecond=0)
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat()


def _duration(value: datetime.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: unescape,
    bool: lambda value: "true" if value else "false",
    float: _number,
    datetime.datetime: _moment,
    datetime.timedelta: _duration,
    datetime.time: lambda value: value.isoformat(timespec="seconds"),
}
"""How a value is written, by its type; others as Python writes them."""
