"""Rows that are alike, taken together: the solver never looks at more of them than it must."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve.keys import Groups, Index, first_of, group, summed
from signaal.anonymise.table.solve.problem import Codes


@dataclass(frozen=True, repr=False)
class Spread:
    """How often which code of a sensitive column stands in which piece; sorted by piece."""

    piece: Index
    code: Codes
    count: Index

    def over(self, groups: Groups) -> "Spread":
        """The same for groups of pieces."""
        return _spread(groups.of[self.piece], self.code, self.count)

    @cached_property
    def _ends(self) -> Index:
        return np.cumsum(np.bincount(self.piece))

    def of_pieces(self, chosen: Index) -> "Spread":
        """That of some pieces only, numbered by their place in ``chosen``."""
        ends = self._ends
        sizes = np.diff(ends, prepend=0)[chosen]
        place = np.repeat(np.arange(len(chosen)), sizes)
        within = np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        at = (ends[chosen] - sizes)[place] + within
        return Spread(place, self.code[at], self.count[at])


@dataclass(frozen=True, repr=False)
class Pieces:
    """Groups of rows with the same codes at some levels, all of them newcomers or all published before.

    first: a row that stands for each piece. size: its rows. cells: how many cells of them are not empty.
    new: whether they are newcomers. alike: groups of pieces that differ in nothing but that.
    low, high: of each sensitive column the lowest and highest code.
    source: the pieces that these were made of; None where those are the rows themselves. of: in which
        piece each of the source's pieces, or each row, is.
    """

    first: Index
    size: Index
    cells: Index
    new: npt.NDArray[np.bool_]
    alike: Groups
    low: tuple[Codes, ...]
    high: tuple[Codes, ...]
    of: npt.NDArray[np.int32]
    source: "Pieces | None"
    sensitive: tuple[Codes, ...]

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def spreads(self) -> tuple[Spread, ...]:
        """Of each sensitive column how its codes are spread over the pieces."""
        groups = Groups(self.of.astype(np.int64), len(self))
        if self.source is not None:
            return tuple(spread.over(groups) for spread in self.source.spreads)
        ones = np.ones(len(self.of), dtype=np.int64)
        return tuple(_spread(groups.of, codes, ones) for codes in self.sensitive)

    def of_rows(self) -> Index:
        """The piece of each row."""
        return (
            self.of.astype(np.int64)
            if self.source is None
            else self.of[self.source.of_rows()].astype(np.int64)
        )

    def merged(self, groups: Groups) -> "Pieces":
        """Larger pieces: those of one group in one, but newcomers apart from the others."""
        parts = _apart(groups, self.new)
        first = first_of(parts)
        low = tuple(_reduced(np.minimum, parts, codes, np.iinfo(np.int32).max) for codes in self.low)
        high = tuple(_reduced(np.maximum, parts, codes, -1) for codes in self.high)
        return Pieces(
            self.first[first],
            summed(parts, self.size),
            summed(parts, self.cells),
            self.new[first],
            Groups(groups.of[first], groups.number),
            low,
            high,
            parts.of.astype(np.int32),
            self,
            self.sensitive,
        )


def pieces_of_rows(
    columns: Sequence[Codes], newcomer: npt.NDArray[np.bool_], sensitive: Sequence[Codes]
) -> Pieces:
    """The rows that are equal in every column, as pieces."""
    rows = len(newcomer)
    cells = sum(((codes != 0).astype(np.int64) for codes in columns), np.zeros(rows, dtype=np.int64))
    groups = group(columns, rows)
    parts = _apart(groups, newcomer)
    first = first_of(parts)
    return Pieces(
        first,
        np.bincount(parts.of, minlength=parts.number),
        summed(parts, cells),
        newcomer[first],
        Groups(groups.of[first], groups.number),
        tuple(_reduced(np.minimum, parts, codes, np.iinfo(np.int32).max) for codes in sensitive),
        tuple(_reduced(np.maximum, parts, codes, -1) for codes in sensitive),
        parts.of.astype(np.int32),
        None,
        tuple(sensitive),
    )


def _apart(groups: Groups, new: npt.NDArray[np.bool_]) -> Groups:
    if new.all() or not new.any():
        return groups
    return group((groups.of, new), len(new))


def _reduced(how: np.ufunc, groups: Groups, codes: Codes, start: int) -> Codes:
    made = np.full(groups.number, start, dtype=np.int32)
    how.at(made, groups.of, codes)
    return made


def _spread(piece: Index, code: Codes, count: Index) -> Spread:
    pairs = group((piece, code), len(piece))
    first = first_of(pairs)
    order = np.argsort(piece[first], kind="stable")
    return Spread(piece[first][order], code[first][order], summed(pairs, count)[order])
