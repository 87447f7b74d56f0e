"""The cells of a table at some levels, while some of them are emptied."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve.keys import Index, group
from signaal.anonymise.table.solve.masks import Mask
from signaal.anonymise.table.solve.pieces import Pieces
from signaal.anonymise.table.solve.problem import Codes
from signaal.anonymise.table.solve.rule import Members
from signaal.anonymise.table.solve.table import Levels, Table

SLOW = 3
"""How many pieces the rest of the rule counts for, for each row of the table."""


@dataclass(repr=False)
class Cells:
    """Cells are emptied of whole pieces, and in the end of single rows.

    codes: of each attribute the code of each piece; 0 once it is emptied. settled: pieces that need
    nothing more, by the quick part of the rule until ``check``. rows: single rows that were emptied
    altogether. emptied: how many cells were emptied so far. finished: whether nothing is left to try.
    work: how many pieces were gone through.
    """

    table: Table
    levels: Levels
    pieces: Pieces
    codes: list[Codes] = field(init=False)
    settled: npt.NDArray[np.bool_] = field(init=False)
    rows: Index = field(init=False)
    emptied: int = 0
    finished: bool = False
    work: int = 0

    def __post_init__(self) -> None:
        first = self.pieces.first
        self.codes = [codes[first] for codes in self.table.columns(self.levels)]
        self.settled = self.table.rule.rough.passing(Members.all_of(self.pieces), self.pieces.alike)
        self.rows = np.empty(0, dtype=np.int64)

    def check(self) -> None:
        """Applies the rest of the rule as well."""
        rule = self.table.rule
        if rule != rule.rough:
            self.work += SLOW * self.table.rows
            self.settled &= rule.passing(Members.all_of(self.pieces), self.pieces.alike)

    @property
    def left(self) -> Index:
        """The pieces that are not settled."""
        return np.flatnonzero(~self.settled)

    @property
    def bare(self) -> npt.NDArray[np.bool_]:
        """The pieces without any cell left."""
        bare = np.ones(len(self.pieces), dtype=np.bool_)
        for codes in self.codes:
            bare &= codes == 0
        return bare

    def empty(self, mask: Mask) -> None:
        """Settles the pieces that meet the thresholds once their cells of these attributes are empty.

        They may be like each other then, and like settled ones whose cells are empty there. Those only
        gain by more rows, except in closeness, where nothing is changed unless the whole group passes.
        """
        left = self.left
        beside = self.settled.copy()
        for place in mask:
            beside &= self.codes[place] == 0
        chosen = np.concatenate([left, np.flatnonzero(beside)])
        self.work += len(chosen)
        kept = [codes[chosen] for place, codes in enumerate(self.codes) if place not in mask]
        passed = self.table.rule.passing(Members.some_of(self.pieces, chosen), group(kept, len(chosen)))
        self.take(left[passed[: len(left)]], mask)

    def take(self, pieces: Index, mask: Mask) -> None:
        """Empties these cells of the pieces, and calls them settled."""
        self.settled[pieces] = True
        for place in mask:
            full = pieces[self.codes[place][pieces] != 0]
            self.emptied += int(self.pieces.size[full].sum())
            self.codes[place][full] = 0

    def take_rows(self, rows: Index) -> None:
        """Empties single rows altogether."""
        self.rows = rows
        pieces = self.pieces.of_rows()[rows]
        self.emptied += sum(int(np.count_nonzero(codes[pieces])) for codes in self.codes)

    def at_least(self, size: int) -> int:
        """How many cells will have been emptied, where what is left needs sets of so many attributes.

        A row with cells that were empty before needs fewer: they may be in the set.
        """
        left = self.left
        needed = np.full(len(left), size, dtype=np.int64)
        for codes in self.codes:
            needed -= codes[left] == 0
        return self.emptied + int((self.pieces.size[left] * np.maximum(needed, 0)).sum())

    def lost(self) -> tuple[float, ...]:
        """Of each attribute the share of its information that levels and emptied cells cost."""
        columns = zip(self.table.columns(self.levels), self.codes, strict=True)
        of_rows = self.pieces.of_rows()[self.rows] if len(self.rows) else self.rows
        shares = []
        for place, (column, codes) in enumerate(columns):
            loss, level = self.table.losses[place], self.levels[place]
            emptied = codes == 0
            counts = np.bincount(
                column[self.pieces.first[emptied]],
                weights=self.pieces.size[emptied],
                minlength=len(loss.of_cell[level]),
            )
            single = column[self.rows[~emptied[of_rows]]]
            counts += np.bincount(single, minlength=len(counts))
            shares.append(min(1.0, loss.of_level[level] + float(np.sum(counts * loss.of_cell[level]))))
        return tuple(shares)

    def of_rows(self) -> npt.NDArray[np.bool_]:
        """Rows by attributes: the cells that were emptied and were not empty before."""
        pieces = self.pieces.of_rows()
        emptied = np.empty((self.table.rows, len(self.codes)), dtype=np.bool_)
        for place, column in enumerate(self.table.columns(self.levels)):
            gone = self.codes[place] == 0
            emptied[:, place] = gone[pieces]
            emptied[self.rows, place] = True
            emptied[:, place] &= column != 0
        return emptied
