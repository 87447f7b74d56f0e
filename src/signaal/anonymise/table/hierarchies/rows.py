"""Reads the tables of hierarchies: CSV whose header names the levels."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DELIMITERS = ";,"


class TableError(ValueError):
    """Something is wrong with a table of a hierarchy; the message names file and line, never a value."""


@dataclass(frozen=True)
class Row:
    """The filled-in line of a table, and where it is."""

    file: str
    line: int
    cells: tuple[str, ...]

    def error(self, problem: str) -> TableError:
        """What to raise about this row."""
        return TableError(f"{self.file} line {self.line}: {problem}")


@dataclass(frozen=True)
class Rows:
    """A table: its header, and the rows below it."""

    header: Row
    body: tuple[Row, ...]


def read_rows(path: Path) -> Rows:
    """The rows of a table whose rows all have as many cells as its header.

    Raises:
        TableError: it cannot be read, has no rows, or a row has an empty cell, one too many or too few.
    """
    rows = read_ragged(path)
    for row in rows.body:
        if len(row.cells) != len(rows.header.cells) or not all(row.cells):
            raise row.error(f"needs {len(rows.header.cells)} filled cells, as the first line has; mend it")
    return rows


def read_ragged(path: Path) -> Rows:
    """The rows of a table that may differ in length; empty cells at the end do not count.

    Raises:
        TableError: it cannot be read, or has no rows.
    """
    try:
        header, *body = _lines(path)
    except OSError:
        problem = "cannot be read; put it there, readable for this account"
    except (csv.Error, UnicodeDecodeError):
        problem = "is no CSV in UTF-8; save it again as such"
    except ValueError:
        problem = "has no rows; give a line with the names of the levels first, then a line for each value"
    else:
        return Rows(header, tuple(body))
    raise TableError(f"{path.name}: {problem}")


def _lines(path: Path) -> Iterator[Row]:
    """Lines that say something; the first line tells which of the two delimiters there is.

    Raises:
        ValueError: there are fewer than two.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    delimiter = next((sign for sign in _DELIMITERS if lines and sign in lines[0]), _DELIMITERS[0])
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    found = [Row(path.name, reader.line_num, _cells(cells)) for cells in reader]
    filled = [row for row in found if row.cells]
    if len(filled) < 2:  # noqa: PLR2004 - a header and one row
        raise ValueError
    return iter(filled)


def _cells(cells: list[str]) -> tuple[str, ...]:
    stripped = [" ".join(cell.split()) for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return tuple(stripped)
