"""How the values of one sensitive column are spread over the classes: l, t, and what can be inferred."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from signaal.validation.risk.classes import Classes, Codes

Shares = npt.NDArray[np.float64]

_DIGITS = 9
"""A distance is rounded to so many decimals: what lies beyond them comes from adding up in binary."""


@dataclass(frozen=True, repr=False)
class Spread:
    """Every value that occurs in every class, and how often.

    ``of`` is the class, ``value`` the code and ``count`` the records of each pair, ordered by class and
    then by value; ``start`` where each class begins.
    """

    of: Codes
    value: Codes
    count: Codes
    start: Codes

    @classmethod
    def over(cls, classes: Classes, values: Codes) -> "Spread":
        """How the values, one a record, are spread over classes."""
        width = int(values.max(initial=0)) + 1
        pairs, count = np.unique(classes.of * width + values, return_counts=True)
        of, value = np.divmod(pairs, width)
        start = np.flatnonzero(np.diff(of, prepend=-1))
        return cls(of, value, count.astype(np.int64), start)

    @cached_property
    def diversity(self) -> Codes:
        """The l of each class: its different values (distinct l-diversity, Machanavajjhala et al. 2007).

        An empty cell counts as one value of its own.
        """
        return np.diff(self.start, append=len(self.of))

    @cached_property
    def whole(self) -> Codes:
        """How often each code occurs in the whole source."""
        return np.bincount(self.value, weights=self.count).astype(np.int64)

    @property
    def inference(self) -> float:
        """How much better a value is guessed by who knows the class, from 0 to 1.

        Somebody who knows a record's class guesses the most frequent value in it, and somebody who
        knows nothing the most frequent one in the source. Their shares of right guesses a and c give
        (a - c) / (1 - c), the risk that is left above the baseline (Giomi et al. 2023, A Unified
        Framework for Quantifying Privacy Risk in Synthetic Data, eq. 1), for the inference test of WP216.
        An empty cell is a value like any other; 0 where all records have the same.
        """
        records = int(self.count.sum())
        apart = int(np.maximum.reduceat(self.count, self.start).sum()) if records else 0
        together = int(self.whole.max(initial=0))
        return (apart - together) / (records - together) if records > together else 0.0

    def closeness(self, ordered: bool) -> Shares:
        """The t of each class: how far its distribution is from that of the source, from 0 to 1.

        The earth mover's distance of Li et al. 2007 (t-closeness, section 4): with equal distances
        between values, or for ``ordered`` values with the distance of their ranks.
        """
        return np.round(self._ordered_distance() if ordered else self._equal_distance(), _DIGITS)

    def _equal_distance(self) -> Shares:
        """Half the sum of |p - q| over all values.

        Values that a class has not add their q, which is 1 minus the q of those that it has.
        """
        sizes = np.add.reduceat(self.count, self.start)
        p = self.count / sizes[self.of]
        q = (self.whole / self.whole.sum())[self.value]
        differences: Shares = np.add.reduceat(np.abs(p - q) - q, self.start)
        return (differences + 1) / 2

    def _ordered_distance(self) -> Shares:
        """The sum of |P - Q| over the m values in order but the last, divided by m - 1.

        P and Q are cumulative. Empty cells have no place in an order and are left out of both; a class
        of nothing else is as far away as the share of the source that is filled.
        """
        filled = self.value > 0
        classes, counts, ranks = self.of[filled], self.count[filled], self.value[filled] - 1
        present = np.bincount(classes, weights=counts, minlength=len(self.start)).astype(np.float64)
        whole = self.whole[1:]
        distances = np.full(len(self.start), whole.sum() / max(1, self.whole.sum()), dtype=np.float64)
        distances[present > 0] = 0
        if len(whole) > 1:
            steps = _Steps.of(classes, ranks, counts, present, whole)
            distances += np.bincount(classes, weights=steps.area(), minlength=len(self.start)) / (
                len(whole) - 1
            )
        return distances


@dataclass(frozen=True, repr=False)
class _Steps:
    """The cumulative distribution P of every class as steps: at ``height`` from ``begin`` up to ``end``.

    ``first`` marks the first step of a class, in front of which P is 0. ``whole`` is Q over all ranks.
    """

    height: Shares
    begin: Codes
    end: Codes
    first: npt.NDArray[np.bool_]
    whole: Shares

    @classmethod
    def of(cls, classes: Codes, ranks: Codes, counts: Codes, present: Shares, whole: Codes) -> "_Steps":
        """Steps of pairs that are ordered by class and rank; ``present`` has the records of each class."""
        first = np.diff(classes, prepend=-1) > 0
        running = np.cumsum(counts)
        before = np.where(first, running - counts, 0)
        height = (running - np.maximum.accumulate(before)) / present[classes]
        last = np.append(first[1:], True)
        end = np.where(last, len(whole), np.append(ranks[1:], 0))
        return cls(height, ranks, end, first, np.cumsum(whole) / whole.sum())

    def area(self) -> Shares:
        """What each step adds to the sum of |P - Q|, the first one with what lies in front of it.

        Q rises, so that it is below P up to one rank and above it from there.
        """
        sums = np.concatenate(([0.0], np.cumsum(self.whole)))
        cross = np.clip(np.searchsorted(self.whole, self.height, side="left"), self.begin, self.end)
        below = self.height * (cross - self.begin) - (sums[cross] - sums[self.begin])
        above = (sums[self.end] - sums[cross]) - self.height * (self.end - cross)
        area: Shares = below + above + np.where(self.first, sums[self.begin], 0.0)
        return area
