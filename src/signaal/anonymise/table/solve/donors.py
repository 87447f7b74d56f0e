"""Rows that their groups can do without."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from signaal.anonymise.table.solve.keys import Index, group
from signaal.anonymise.table.solve.problem import Codes
from signaal.anonymise.table.solve.rule import Flags


@dataclass(repr=False)
class Donors:
    """Rows of large groups, in the order in which they are taken.

    group: of each row. spare: how many rows each group can still do without. free: rows that are not
    taken and may be: one row with each sensitive code stays in its group.
    """

    rows: Index
    group: Index
    spare: Index
    free: Flags
    taken: Index

    @staticmethod
    def of(rows: Index, groups: Index, spare: Index, columns: Sequence[Codes]) -> "Donors":
        """The rows; ``groups`` and ``columns`` are those of all rows."""
        rows = rows[np.lexsort([*(codes[rows].astype(np.int64) for codes in columns), groups[rows]])]
        free = np.ones(len(rows), dtype=np.bool_)
        for codes in columns:
            pairs = group([groups[rows], codes[rows]], len(rows))
            _, first = np.unique(pairs.of, return_index=True)
            free[first] = False
        return Donors(rows, groups[rows], spare.copy(), free, np.empty(0, dtype=np.int64))

    def take_other(self, codes: Codes, present: Codes) -> bool:
        """Takes one row with a code that is not present yet; False where there is none."""
        able = self.free & (self.spare[self.group] > 0) & ~np.isin(codes[self.rows], present)
        self._take(np.flatnonzero(able)[:1])
        return bool(able.any())

    def take_any(self, number: int) -> bool:
        """Takes so many rows; False where there are fewer."""
        able = np.flatnonzero(self.free)
        groups = self.group[able]
        rank = np.arange(len(able)) - np.searchsorted(groups, groups)
        able = able[rank < self.spare[groups]][: max(number, 0)]
        self._take(able)
        return len(able) >= number

    def _take(self, places: Index) -> None:
        self.free[places] = False
        self.spare -= np.bincount(self.group[places], minlength=len(self.spare))
        self.taken = np.concatenate([self.taken, self.rows[places]])
