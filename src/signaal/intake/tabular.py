"""Makes a table of rows of cells: headings made different, cells cleaned, records made equally long."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import pandas as pd

from signaal.intake.cells import Cells, TooLongError
from signaal.intake.header_rows import MOST_HEADER_ROWS, Header, header_of
from signaal.intake.headings import different, members, questions
from signaal.schemas.batch import Table
from signaal.schemas.declaration import TEXT_COLUMN
from signaal.schemas.errors import Code, FileNotTakenError

Row = tuple[int, Sequence[str | None]]
"""The number of the line or row in the file where it starts, and its cells."""

AT_ONCE = 500
"""Rows that are turned into columns together: few enough for Python not to search them for garbage."""


@dataclass(frozen=True)
class Origin:
    """Which file rows come from, what it calls their places (line, row), and how long a cell may be."""

    label: str
    place: str
    max_characters: int

    def refusal(self, code: Code, problem: str) -> FileNotTakenError:
        """The error that this file is left where it is."""
        return FileNotTakenError(code, f"file {self.label} {problem}")

    def too_long(self, number: int) -> FileNotTakenError:
        """The error that a cell of one of its rows is too long."""
        problem = f"has a cell of more than {self.max_characters} characters in {self.place} {number}"
        return self.refusal(Code.TOO_LARGE, f"{problem}; shorten it")


def note_table(text: str, origin: Origin) -> Table:
    """A whole note as a table.

    Raises:
        FileNotTakenError: there is no text in it (``EMPTY``), or too much (``TOO_LARGE``).
    """
    if not text.strip():
        raise origin.refusal(Code.EMPTY, "holds no text; remove it or save it again")
    if len(text) > origin.max_characters:
        limit = f"{origin.max_characters} characters"
        raise origin.refusal(Code.TOO_LARGE, f"is a text of more than {limit}; split it into several")
    return Table(pd.DataFrame({TEXT_COLUMN: pd.Series([text], dtype=object)}))


def table(rows: Iterable[Row], origin: Origin, *, may_be_empty: bool = False) -> Table:
    """The table whose headings are the first row that is not blank; blank rows are left out.

    Cells are stripped of white space around them, and blank ones are None. Columns at the end that
    have neither heading nor content are left out; another one without heading is called
    ``kolom 7`` by its position. Further rows of headings are those of ``header_rows``.

    Raises:
        FileNotTakenError: there is no record and it may not be empty (``EMPTY``), a row has more
            cells than there are headings (``UNREADABLE``), or a cell is too long (``TOO_LARGE``).
    """
    remaining = iter(rows)
    first = _first(remaining, origin)
    cleaned = [_cleaned(row, origin) for row in first]
    header = header_of(cleaned) if first else Header(())
    records = chain(first[header.rows :], remaining)
    return filled(header, records, origin, may_be_empty=may_be_empty and bool(first))


def filled(header: Header, rows: Iterable[Row], origin: Origin, *, may_be_empty: bool = False) -> Table:
    """The table of records under a header that is known; as ``table`` otherwise."""
    columns, numbers = _columns(rows, len(header.titles), origin)
    if not numbers and not may_be_empty:
        raise origin.refusal(Code.EMPTY, "holds headings at most and no record; remove it or save it again")
    width = _used_width(header.titles, columns)
    titles = header.titles[:width]
    names = different(titles)
    found = questions(header.members[:width] if header.members else members(titles, columns[:width]))
    frame = _frame(names, columns)
    return Table(frame, {name: text for name, text in zip(names, found, strict=True) if text}, tuple(numbers))


def _first(rows: Iterator[Row], origin: Origin) -> list[Row]:
    """As many of the first rows that are not blank as a header may have."""
    first: list[Row] = []
    while len(first) < MOST_HEADER_ROWS and (row := next(rows, None)):
        if any(_cleaned(row, origin)):
            first.append(row)
    return first


def _cleaned(row: Row, origin: Origin) -> list[str | None]:
    number, cells = row
    try:
        return list(map(Cells(origin.max_characters).__getitem__, cells))
    except TooLongError:
        problem = origin.too_long(number)
    raise problem


def _columns(rows: Iterable[Row], width: int, origin: Origin) -> tuple[list[list[str | None]], list[int]]:
    """The cells of the rows that are not blank, by column, and the numbers of those rows."""
    columns: list[list[str | None]] = [[] for _ in range(width)]
    numbers: list[int] = []
    cells = [Cells(origin.max_characters) for _ in range(width)]
    remaining = iter(rows)
    while some := list(islice(remaining, AT_ONCE)):
        kept, parts = _not_blank([number for number, _ in some], _cleaned_columns(some, cells, origin))
        numbers += kept
        for column, part in zip(columns, parts, strict=True):
            column.extend(part)
    return columns, numbers


def _cleaned_columns(rows: list[Row], cells: list[Cells], origin: Origin) -> list[list[str | None]]:
    """Some rows as columns of cells as tables have them."""
    records = [
        record if len(record) == len(cells) else _fitted(record, number, len(cells), origin)
        for number, record in rows
    ]
    with suppress(TooLongError):
        return [
            list(map(known.__getitem__, column))
            for known, column in zip(cells, zip(*records, strict=True), strict=True)
        ]
    # Row by row, to find the first one with such a cell and say where it is.
    return [list(column) for column in zip(*(_cleaned(row, origin) for row in rows), strict=True)]


def _fitted(record: Sequence[str | None], number: int, width: int, origin: Origin) -> Sequence[str | None]:
    """The record with as many cells as there are headings."""
    if any(_cleaned((number, record[width:]), origin)):
        problem = f"has more cells than headings in {origin.place} {number}"
        advice = "put quotes around cells that hold the delimiter, and the headings on top"
        raise origin.refusal(Code.UNREADABLE, f"{problem}; {advice}")
    return [*record[:width], *[None] * (width - len(record))]


def _not_blank(
    numbers: list[int], columns: list[list[str | None]]
) -> tuple[list[int], list[list[str | None]]]:
    """The rows that have any cell, of some rows by column."""
    blank = set(range(len(numbers)))
    for column in columns:
        blank = {place for place in blank if column[place] is None}
        if not blank:
            return numbers, columns
    kept = [place for place in range(len(numbers)) if place not in blank]
    return [numbers[place] for place in kept], [[column[place] for place in kept] for column in columns]


def _used_width(titles: Sequence[str], columns: list[list[str | None]]) -> int:
    """How many columns are left without those at the end that have no heading and no content."""
    width = len(titles)
    while width and not titles[width - 1] and not any(columns[width - 1]):
        width -= 1
    return width


def _frame(names: list[str], columns: list[list[str | None]]) -> pd.DataFrame:
    """The columns as a frame; they are emptied on the way, so that they are in memory once."""
    arrays = {}
    for name, column in zip(names, columns, strict=False):
        arrays[name] = np.array(column, dtype=object)
        column.clear()
    return pd.DataFrame(arrays, columns=names, dtype=object, copy=False)
