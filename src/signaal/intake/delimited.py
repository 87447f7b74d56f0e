"""Reads tables of delimited text: .csv, whatever delimiter and encoding it is in."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from itertools import islice

from signaal.intake.encoding import encoding_of
from signaal.intake.rules import rules
from signaal.intake.tabular import Origin, Row, table
from signaal.schemas.batch import Table
from signaal.schemas.errors import Code, FileNotTakenError

STATED = re.compile(r'"?sep=([^"\w\r\n])"?[ \t]*[\r\n]*', re.IGNORECASE)
"""The first line by which Excel is told the delimiter."""

SHORT_RECORD = 0.5
"""What a record with too few cells counts for, beside one that has as many as there are headings."""

# The csv module refuses longer cells, 131072 by default and for the whole process; how long a cell
# may be is a setting here, and checked with a message of its own.
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True)
class Layout:
    """How a file is written: encoding, delimiter, and lines on top that are not part of the table."""

    encoding: str
    delimiter: str
    lines_on_top: int = 0


class BrokenQuotesError(Exception):
    """A quoted cell does not end where it should; ``line`` is where its record starts."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_delimited(content: bytes, label: str, max_characters: int) -> Table:
    """The records of a delimited text; rules for headings and cells as in ``tabular.table``.

    Raises:
        FileNotTakenError: the content is no text, a quoted cell does not end, or as ``tabular.table``.
    """
    layout = _layout(content, encoding_of(content, label))
    origin = Origin(label, "line", max_characters)
    try:
        return table(_rows(content, layout), origin)
    except BrokenQuotesError as error:
        line = error.line
    problem = f"has quotes in the record of line {line} that do not match; correct them or save it again"
    raise FileNotTakenError(Code.UNREADABLE, f"file {label} {problem}")


def _rows(content: bytes, layout: Layout) -> Iterator[Row]:
    """The rows with the line of the file on which each starts, without a copy of the whole text."""
    lines = TextIOWrapper(BytesIO(content), layout.encoding, newline="")
    for _ in range(layout.lines_on_top):
        lines.readline()
    reader = csv.reader(lines, delimiter=layout.delimiter, strict=True, skipinitialspace=True)
    while True:
        line = layout.lines_on_top + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BrokenQuotesError(line) from None
        yield line, row


def _layout(content: bytes, encoding: str) -> Layout:
    first = TextIOWrapper(BytesIO(content), encoding, newline="").readline(len('"sep=,"  \r\n'))
    if stated := STATED.fullmatch(first):
        return Layout(encoding, stated[1], lines_on_top=1)
    layouts = [Layout(encoding, delimiter) for delimiter in rules().delimiters]
    return max(layouts, key=lambda layout: _regularity(content, layout))


def _regularity(content: bytes, layout: Layout) -> tuple[float, bool, int]:
    """How well a delimiter divides the first records: the higher, the better.

    Records that all have as many cells as there are headings speak for a delimiter, the more the
    more cells that is; the share counts twice, so that one comma in most records (a decimal one)
    does not win from twenty semicolons in all of them. Where no delimiter makes records fit the
    headings, one that divides most of them equally is right (there is something above the headings,
    which reading them will find), else the one that divides the fewest.
    """
    widths, whole = _widths(content, layout)
    if not widths:
        return -1.0, False, 0
    headings, records = widths[0], widths[1:]
    fitting = sum(1.0 if width == headings else SHORT_RECORD for width in records if 1 < width <= headings)
    share = fitting / len(records) if records else 1.0
    longer = Counter(width for width in records if width > headings)
    equal = any(2 * times > len(records) for times in longer.values())
    return share**2 * (headings - 1) * (1.0 if whole else SHORT_RECORD), equal, -longer.total()


def _widths(content: bytes, layout: Layout) -> tuple[list[int], bool]:
    """Cells in each of the first records that are not blank, and whether their quotes were whole."""
    widths: list[int] = []
    filled = (row for _, row in _rows(content, layout) if any(cell and cell.strip() for cell in row))
    try:
        for row in islice(filled, rules().sample_records):
            widths.append(len(row))
    except BrokenQuotesError:
        return widths, False
    return widths, True
