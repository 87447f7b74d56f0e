"""Makes a table of rows of cells: headings cleaned and made different, records made equally long."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from signaal.schemas.batch import Table
from signaal.schemas.declaration import TEXT_COLUMN
from signaal.schemas.errors import Code, FileNotTakenError

Row = tuple[int, Sequence[str | None]]
"""The number of the line or row in the file where it starts, and its cells."""


@dataclass(frozen=True)
class Origin:
    """Which file rows come from, what it calls their places (line, row), and how long a cell may be."""

    label: str
    place: str
    max_characters: int

    def refusal(self, code: Code, problem: str) -> FileNotTakenError:
        """The error that this file is left where it is."""
        return FileNotTakenError(code, f"file {self.label} {problem}")


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


def table(rows: Iterable[Row], origin: Origin) -> Table:
    """The table whose headings are the first row that is not blank; blank rows are left out.

    Cells are stripped of white space around them, and blank ones are None. Columns at the end that
    have neither heading nor content are left out; another one without heading is called
    ``kolom 7`` by its position.

    Raises:
        FileNotTakenError: there is no record (``EMPTY``), a row has more cells than there are
            headings (``UNREADABLE``), or a cell is too long (``TOO_LARGE``).
    """
    filled = _filled(rows, origin)
    _, first = next(filled, (0, []))
    titles = [heading(cell or "") for cell in first]
    records = [_fitted(record, number, len(titles), origin) for number, record in filled]
    if not records:
        raise origin.refusal(Code.EMPTY, "holds headings at most and no record; remove it or save it again")
    width = _used_width(titles, records)
    for record in records:
        del record[width:]
    return Table(pd.DataFrame(records, columns=_different(titles[:width]), dtype=object))


def heading(text: str) -> str:
    """A heading as tables have it: composed characters, every run of white space one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _filled(rows: Iterable[Row], origin: Origin) -> Iterator[tuple[int, list[str | None]]]:
    """The rows that are not blank, with their cells as tables have them."""
    for number, cells in rows:
        record = [_cell(cell) for cell in cells]
        if any(cell is not None and len(cell) > origin.max_characters for cell in record):
            limit = f"{origin.max_characters} characters"
            problem = f"has a cell of more than {limit} in {origin.place} {number}; shorten it"
            raise origin.refusal(Code.TOO_LARGE, problem)
        if any(record):
            yield number, record


def _cell(text: str | None) -> str | None:
    if not text:
        return None
    text = text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text or None


def _fitted(record: list[str | None], number: int, width: int, origin: Origin) -> list[str | None]:
    """The record with as many cells as there are headings."""
    if any(record[width:]):
        problem = f"has more cells than headings in {origin.place} {number}"
        advice = "put quotes around cells that hold the delimiter, and the headings on top"
        raise origin.refusal(Code.UNREADABLE, f"{problem}; {advice}")
    return record[:width] + [None] * (width - len(record))


def _used_width(titles: list[str], records: list[list[str | None]]) -> int:
    """How many columns are left without those at the end that have no heading and no content."""
    width = len(titles)
    while width and not titles[width - 1] and not any(record[width - 1] for record in records):
        width -= 1
    return width


def _different(titles: list[str]) -> list[str]:
    """The headings, each only once."""
    different: dict[str, None] = {}
    for position, title in enumerate(titles, start=1):
        name = base = title or f"kolom {position}"
        number = 1
        while name in different:
            number += 1
            name = f"{base} ({number})"
        different[name] = None
    return list(different)
