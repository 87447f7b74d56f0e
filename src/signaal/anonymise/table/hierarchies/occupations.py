"""Occupations by the International Standard Classification of Occupations (ISCO-08, ILO 2012).

A title belongs to one of 43 sub-major groups of two digits, such as ``53 Verzorgend personeel``, and
with that to one of ten major groups of one digit. A code of one to four digits is read as well; one
or two digits are a group, and stay as coarse as that.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from signaal.anonymise.table.hierarchies.hierarchy import Defined
from signaal.anonymise.table.hierarchies.keys import letters
from signaal.anonymise.table.hierarchies.rows import Row, Rows, read_ragged, read_rows
from signaal.anonymise.table.hierarchies.table import Table, table_of

_DATA = Path(__file__).parent / "data" / "isco08"
GROUPS, UNITS, TITLES = (_DATA / f"{name}.csv" for name in ("groups", "units", "titles"))
LEVELS = ("occupation", "sub_major_group", "major_group")
_DIGITS = re.compile("[0-9]+")


class OccupationsDefinition(Defined):
    """``{kind: occupation}``; a table of one's own has a title, the code of its group, other spellings."""

    kind: Literal["occupation"]
    table: str | None = None

    def build(self, name: str, folder: Path) -> Table:
        """The hierarchy of titles and codes.

        Raises:
            TableError: the table is not right, or names a group that there is not.
        """
        titles = read_ragged(TITLES if self.table is None else folder / self.table)
        groups = {row.cells[0]: row for row in read_rows(GROUPS).body}
        rows = (*_titles(titles, groups), *_codes(groups))
        variants = [_with(row, (row.cells[0], *row.cells[2:])) for row in titles.body]
        variants += [
            _with(row, (_label(row), code)) for code, row in groups.items() if _DIGITS.fullmatch(code)
        ]
        return table_of(name, Rows(_with(titles.header, LEVELS), rows), variants, letters)


def _titles(titles: Rows, groups: Mapping[str, Row]) -> Iterator[Row]:
    for row in titles.body:
        code = row.cells[1] if len(row.cells) > 1 else ""
        if code not in groups:
            raise row.error(
                "the second cell must be the code of a group of ISCO-08, of one or two digits, such as 53"
            )
        yield _with(row, (row.cells[0], *_above(code, groups)))


def _codes(groups: Mapping[str, Row]) -> Iterator[Row]:
    """Codes of groups, and of the minor and unit groups within them."""
    for code, row in groups.items():
        if _DIGITS.fullmatch(code):
            yield _with(row, (_label(row), *_above(code, groups)))
    for row in read_rows(UNITS).body:
        minor, units = row.cells
        for code in (minor, *(minor + unit for unit in units)):
            yield _with(row, (code, *_above(code[:2], groups)))


def _above(code: str, groups: Mapping[str, Row]) -> tuple[str, str]:
    """The labels of a group and of the major group that it is in."""
    return _label(groups[code]), _label(groups[code[0]])


def _label(row: Row) -> str:
    """``53 Verzorgend personeel``; groups that ISCO-08 has not got have letters, which say nothing."""
    code, name = row.cells
    return f"{code} {name}" if _DIGITS.fullmatch(code) else name


def _with(row: Row, cells: tuple[str, ...]) -> Row:
    return Row(row.file, row.line, cells)
