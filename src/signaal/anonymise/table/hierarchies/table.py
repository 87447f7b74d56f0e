"""Hierarchies that are looked up in a table: a value, and its label on each coarser level."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from signaal.anonymise.table.hierarchies.hierarchy import Hierarchy, Reader
from signaal.anonymise.table.hierarchies.keys import plain
from signaal.anonymise.table.hierarchies.rows import Row, Rows
from signaal.schemas.column import Column

Key = Callable[[str], str]


@dataclass(frozen=True, eq=False)
class Table(Hierarchy):
    """A hierarchy in a table.

    values: the label on level 0 of every known spelling, by its key. above: for each level, the
    labels of each of its labels from that level on. key: what makes spellings equal.
    """

    values: Mapping[str, str]
    above: tuple[Mapping[str, tuple[str, ...]], ...]
    key: Key

    def reader(self, column: Column) -> Reader:
        """Knows the values of the table, and their other spellings."""
        return self.read

    def read(self, cell: str) -> str | None:
        """The label on level 0 of a value, however it is spelt."""
        return self.values.get(self.key(cell))

    def lift(self, label: str, level: int, to: int) -> str | None:
        """The label that the table has for it."""
        if not self.has(level, to) or (labels := self.above[level].get(label)) is None:
            return None
        return labels[to - level]


def table_of(name: str, rows: Rows, variants: Iterable[Row] = (), key: Key = plain) -> Table:
    """The hierarchy that a table describes; its header names the levels.

    Args:
        name: of the hierarchy.
        rows: a value, then its labels, from fine to coarse.
        variants: rows with a value of the table, then other spellings of it.
        key: what makes spellings of a value equal.

    Raises:
        TableError: a value is there twice, labels are not nested, or a variant is of no value.
    """
    return Table(name, rows.header.cells, _values(rows, variants, key), _above(rows), key)


def _values(rows: Rows, variants: Iterable[Row], key: Key) -> dict[str, str]:
    values: dict[str, str] = {}
    for row in rows.body:
        spelling = key(row.cells[0])
        if not spelling or spelling in values:
            raise row.error("the value is there twice, or has no letters; keep one line for each value")
        values[spelling] = row.cells[0]
    known = set(values.values())
    for row in variants:
        value, *spellings = row.cells
        if value not in known:
            raise row.error("the first cell is no value of the table; write it as it is there")
        for spelling in map(key, spellings):
            if not spelling or values.setdefault(spelling, value) != value:
                raise row.error("a variant is one of another value as well; remove one of the two")
    return values


def _above(rows: Rows) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """For each level the labels from there on; a label has the same ones above it in every row."""
    levels = rows.header.cells
    above: list[dict[str, tuple[str, ...]]] = [{} for _ in levels]
    for row in rows.body:
        for level, known, label in zip(count(), above, row.cells, strict=False):
            if known.setdefault(label, row.cells[level:]) != row.cells[level:]:
                raise row.error(
                    f"its label on level {levels[level]} has other labels above it than on an earlier line; "
                    "levels must be nested, so make them equal"
                )
    return tuple(above)
