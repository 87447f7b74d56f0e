"""Numbers groups of equal rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Index = npt.NDArray[np.int64]
Whole = npt.NDArray[np.integer] | npt.NDArray[np.bool_]
LARGEST = 2**62
SPARSE = 4
"""Up to so many possible keys an item, a table of all possible keys is quicker than hashing."""


@dataclass(frozen=True, repr=False)
class Groups:
    """``of``: the group of each item, from 0; ``number``: how many groups there are."""

    of: Index
    number: int


def group(columns: Sequence[Whole], items: int) -> Groups:
    """Items that are equal in every column are one group; without columns all of them are.

    The codes of the columns become the digits of one number with a radix for each column. Where that
    would not fit 64 bits, what came before is numbered anew first, so that the result stays exact.
    """
    keys = np.zeros(items, dtype=np.int64)
    possible = 1
    for codes in columns:
        width = int(codes.max(initial=0)) + 1
        if possible > LARGEST // width:
            groups = _numbered(keys, possible)
            keys, possible = groups.of.copy(), groups.number
        keys *= width
        keys += codes
        possible *= width
    return _numbered(keys, possible)


def first_of(groups: Groups) -> Index:
    """The first item of each group."""
    first = np.empty(groups.number, dtype=np.int64)
    first[groups.of[::-1]] = np.arange(len(groups.of) - 1, -1, -1)
    return first


def summed(groups: Groups, amounts: Whole) -> Index:
    """The sum of whole amounts in each group; exact up to 2**53."""
    return np.bincount(groups.of, weights=amounts, minlength=groups.number).astype(np.int64)


def _numbered(keys: Index, possible: int) -> Groups:
    if possible <= max(SPARSE * len(keys), 64):
        present = np.zeros(possible, dtype=np.bool_)
        present[keys] = True
        number = np.cumsum(present) - 1
        return Groups(number[keys], int(number[-1]) + 1 if len(number) else 0)
    of, different = pd.factorize(keys)
    return Groups(of.astype(np.int64, copy=False), len(different))
