"""Answers that name several values of a table at once, such as "vmbo, mavo, mbo-1"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from signaal.anonymise.table.hierarchies.hierarchy import Hierarchy, Reader
from signaal.anonymise.table.hierarchies.keys import letters, plain
from signaal.anonymise.table.hierarchies.table import Table
from signaal.schemas.column import Column

_JOINT = re.compile(r"[,;/+&()]|\b(?:en|of)\b")
JOIN = ", "
MOST_PARTS = 20


@dataclass(frozen=True)
class Joined(Hierarchy):
    """A table whose values may be named together, where they have one label on the next level.

    Their label names each value once, in the order of the table.
    """

    table: Table
    order: dict[str, int]

    @classmethod
    def of(cls, table: Table) -> "Joined":
        """The hierarchy over a table that is looked up with ``joined_key``."""
        return cls(
            table.name, table.levels, table, {label: place for place, label in enumerate(table.above[0])}
        )

    def reader(self, column: Column) -> Reader:
        """Reads values of the table, or several of them with commas, slashes, "en" or "of" between them."""
        return self._read

    def _read(self, cell: str) -> str | None:
        parts = [letters(part) for part in _JOINT.split(plain(cell))]
        found = self._labels([part for part in parts if part])
        if not found:
            return None
        label = JOIN.join(sorted(set(found), key=self.order.__getitem__))
        return label if self._together(label, 1) is not None else None

    def _labels(self, parts: Sequence[str]) -> list[str] | None:
        """The values that the parts name; as many of them as can be are taken for one."""
        found: list[str] = []
        while parts and len(parts) <= MOST_PARTS:
            ends = range(len(parts), 0, -1)
            named = ((end, self.table.values.get("".join(parts[:end]))) for end in ends)
            end, label = next(((end, label) for end, label in named if label), (0, None))
            if label is None:
                return None
            found.append(label)
            parts = parts[end:]
        return found if not parts else None

    def lift(self, label: str, level: int, to: int) -> str | None:
        """The label that all values share."""
        if level > 0 or not self.has(level, to):
            return self.table.lift(label, level, to)
        if self._together(label, 1) is None:
            return None
        return label if to == 0 else self._together(label, to)

    def _together(self, label: str, to: int) -> str | None:
        """What all values of a label on level 0 come to on a level; None where they differ."""
        parts = label.split(JOIN)
        places = [self.order.get(part, -1) for part in parts]
        if -1 in places or places != sorted(set(places)):
            return None
        lifted = {self.table.lift(part, 0, to) for part in parts}
        return lifted.pop() if len(lifted) == 1 else None


def joined_key(text: str) -> str:
    """What makes spellings of a value equal: letters and digits, without what stands between values."""
    return "".join(letters(part) for part in _JOINT.split(plain(text)))
