"""How much information a level, and an emptied cell, takes away."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve.problem import Attribute, Codes

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class Loss:
    """Non-uniform entropy of one attribute (Gionis and Tassa 2009), as a share of all its information.

    A cell with value r that is published as R costs log2(n(R) / n(r)) bits, n being how many cells have
    it; an emptied one costs log2(n / n(r)), n being all cells that are not empty. A cell that was empty
    before costs nothing, and a column with a single value has nothing to lose.

    of_level: the share that each level costs; it never falls from a level to a coarser one.
    of_cell: for each level and code the share that is lost on top when one cell with it is emptied.
    bits: the entropy of the whole column, in bits a cell.
    """

    of_level: tuple[float, ...]
    of_cell: tuple[Shares, ...]
    bits: float

    def to_empty(self, level: int) -> float:
        """The share that is lost on top when a column on this level is emptied."""
        return 1 - self.of_level[level] if self.bits else 0.0

    def gain(self, level: int) -> float:
        """The share that the next finer level would keep."""
        return self.of_level[level] - self.of_level[level - 1]


def loss(attribute: Attribute) -> Loss:
    """The losses of an attribute, measured against its finest level."""
    counts = [_counts(codes) for codes in attribute.levels]
    kept = [_kept(count) for count in counts]
    filled = int(counts[0].sum())
    everything = filled * float(np.log2(max(filled, 1))) - kept[0]
    if np.count_nonzero(counts[0]) <= 1:
        return Loss(tuple(0.0 for _ in counts), tuple(np.zeros(len(count)) for count in counts), 0.0)
    shares = np.maximum.accumulate([(bits - kept[0]) / everything for bits in kept])
    of_cell = tuple(_to_empty(count, filled) / everything for count in counts)
    return Loss(tuple(np.minimum(shares, 1.0).tolist()), of_cell, everything / filled)


def _counts(codes: Codes) -> npt.NDArray[np.int64]:
    counts = np.bincount(codes, minlength=1)
    counts[0] = 0
    return counts


def _kept(counts: npt.NDArray[np.int64]) -> float:
    some = counts[counts > 0]
    return float(np.sum(some * np.log2(some)))


def _to_empty(counts: npt.NDArray[np.int64], filled: int) -> Shares:
    costs = np.zeros(len(counts))
    some = counts > 0
    costs[some] = np.log2(filled / counts[some])
    return costs
