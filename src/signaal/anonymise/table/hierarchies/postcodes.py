"""Dutch postcodes: all of it, its digits, its first two digits, and what those are part of.

A postcode is four digits from 1000 and two letters, ``1234 AB``; the first two digits are an area
(NEN 5825). People often give the digits alone.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from signaal.anonymise.table.hierarchies.hierarchy import Defined, Hierarchy, Reader
from signaal.anonymise.table.hierarchies.rows import read_rows
from signaal.anonymise.table.hierarchies.table import Table, table_of
from signaal.schemas.column import Column

_CELL = re.compile(r"([1-9][0-9]{3})[\s.-]{0,3}([A-Z]{2})?", re.IGNORECASE | re.ASCII)
_LABELS = (re.compile(r"[1-9][0-9]{3}(?: [A-Z]{2})?"), re.compile(r"[1-9][0-9]{3}"))
FIGURES = ("postcode6", "postcode4")
REGIONS = Path(__file__).parent / "data" / "postcode_regions.csv"
_AREA = re.compile(r"[1-9][0-9]")


@dataclass(frozen=True)
class Postcodes(Hierarchy):
    """Postcodes that lose their letters, then their last two digits, then all of them.

    areas: the levels from the first two digits on.
    """

    areas: Table

    def reader(self, column: Column) -> Reader:
        """Reads 1234 AB in any case, with or without a space, and 1234."""
        return self._read

    def _read(self, cell: str) -> str | None:
        found = _CELL.fullmatch(cell.strip())
        if not found or self.areas.read(found[1][:2]) is None:
            return None
        return f"{found[1]} {found[2].upper()}" if found[2] else found[1]

    def lift(self, label: str, level: int, to: int) -> str | None:
        """The label with fewer signs, or the area that it is in."""
        if not self.has(level, to):
            return None
        lowest = len(FIGURES)
        if level >= lowest:
            return self.areas.lift(label, level - lowest, to - lowest)
        if not _LABELS[level].fullmatch(label) or (area := self.areas.read(label[:2])) is None:
            return None
        if to >= lowest:
            return self.areas.lift(area, 0, to - lowest)
        return label if to == 0 else label[:4]


class PostcodesDefinition(Defined):
    """``{kind: postcode}``, or with a table of one's own of what the first two digits are part of."""

    kind: Literal["postcode"]
    table: str | None = None

    def build(self, name: str, folder: Path) -> Postcodes:
        """The hierarchy, with the levels of the table above those of the postcode.

        Raises:
            TableError: the table is not right.
        """
        rows = read_rows(REGIONS if self.table is None else folder / self.table)
        for row in rows.body:
            if not _AREA.fullmatch(row.cells[0]):
                raise row.error("the first cell must be the first two digits of postcodes, from 10 to 99")
        return Postcodes(name, (*FIGURES, *rows.header.cells), table_of(name, rows))
