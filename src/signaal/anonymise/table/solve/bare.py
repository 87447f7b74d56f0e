"""Rows without any cell left are a group like any other: they get company where they are too few."""

from collections.abc import Callable, Sequence

import numpy as np

from signaal.anonymise.table.solve.cells import Cells
from signaal.anonymise.table.solve.donors import Donors
from signaal.anonymise.table.solve.keys import Groups, Index, first_of, group, summed
from signaal.anonymise.table.solve.problem import Codes
from signaal.anonymise.table.solve.rule import Flags, Members

DONORS = 8
"""Groups that single rows are taken from: the largest ones."""


def find_company(cells: Cells) -> None:
    """Empties what is left altogether, and as many other rows as it takes for those to pass.

    Single rows of large groups that can do without them, or else whole groups, the smallest first. Where
    even all rows together would not pass nothing is taken from the others, and those pieces stay unsettled.
    """
    everything = tuple(range(len(cells.codes)))
    left = cells.left
    kind = cells.pieces.new == bool(cells.pieces.new[left].any())
    cells.take(left, everything)
    if not cells.table.rule.closeness and (rows := _single_rows(cells, kind)) is not None:
        cells.take_rows(rows)
    elif (pieces := _whole_groups(cells, kind)) is not None:
        cells.take(pieces, everything)
    else:
        cells.settled[left] = False


def _single_rows(cells: Cells, kind: Flags) -> Index | None:
    """Rows of this kind, newcomers or others, that make up what the bare ones lack."""
    rule, columns = cells.table.rule, [column.codes for column in cells.table.sensitive]
    of_rows = cells.pieces.of_rows()
    bare = np.flatnonzero((kind & cells.bare)[of_rows])
    donors = _donors(cells, kind & ~cells.bare, of_rows, columns)
    for codes in columns:
        while len(present := np.unique(codes[np.concatenate([bare, donors.taken])])) < rule.diversity:
            if not donors.take_other(codes, present):
                return None
    lacking = rule.k - len(bare) - len(donors.taken)
    return donors.taken if donors.take_any(lacking) else None


def _donors(cells: Cells, kind: Flags, of_rows: Index, columns: Sequence[Codes]) -> Donors:
    """The rows of the largest groups of this kind."""
    pieces = np.flatnonzero(kind)
    groups = group([codes[pieces] for codes in cells.codes], len(pieces))
    size = summed(groups, cells.pieces.size[pieces])
    largest = np.flatnonzero(size >= np.sort(size)[-min(DONORS, len(size)) :][:1].sum())
    largest = largest[_in_order(cells, pieces[first_of(groups)[largest]], -size[largest])][:DONORS]
    place = np.full(groups.number + 1, -1)
    place[largest] = np.arange(len(largest))
    of_piece = np.full(len(cells.pieces), -1)
    of_piece[pieces] = place[groups.of]
    donor = of_piece[of_rows]
    return Donors.of(np.flatnonzero(donor >= 0), donor, size[largest] - cells.table.rule.k, columns)


def _whole_groups(cells: Cells, kind: Flags) -> Index | None:
    """The pieces of as few and small groups as it takes, those with rows of this kind first."""
    bare, pieces = np.flatnonzero(cells.bare), np.flatnonzero(~cells.bare)
    groups = group([codes[pieces] for codes in cells.codes], len(pieces))
    rank = _ranks(cells, kind, pieces, groups)

    def pass_with(number: int) -> bool:
        chosen = np.concatenate([bare, pieces[rank < number]])
        together = Groups(np.zeros(len(chosen), dtype=np.int64), 1)
        return bool(cells.table.rule.passing(Members.some_of(cells.pieces, chosen), together).all())

    number = _least(pass_with, groups.number)
    return None if number is None else pieces[rank < number]


def _ranks(cells: Cells, kind: Flags, pieces: Index, groups: Groups) -> Index:
    """For each piece how many groups come before its own."""
    full = np.sum([codes[pieces] != 0 for codes in cells.codes], axis=0)
    cost = summed(groups, full * cells.pieces.size[pieces])
    useless = (summed(groups, kind[pieces]) == 0).astype(np.int64)
    rank = np.empty(groups.number, dtype=np.int64)
    rank[_in_order(cells, pieces[first_of(groups)], cost, useless)] = np.arange(groups.number)
    return rank[groups.of]


def _least(enough: Callable[[int], bool], most: int) -> int | None:
    """The least number that is enough, where more of it is never less; None where ``most`` is not."""
    if enough(0):
        return 0
    low, high = 0, min(1, most)
    while high < most and not enough(high):
        low, high = high, min(high * 2, most)
    if not enough(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _in_order(cells: Cells, pieces: Index, *keys: Index) -> Index:
    """By these keys, the last of them first; then by their codes, so that the order of rows has no say."""
    return np.lexsort([*(codes[pieces].astype(np.int64) for codes in cells.codes), *keys])
