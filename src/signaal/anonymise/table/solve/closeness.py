"""How close the distribution of a sensitive column in a group is to that in the whole source."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve.keys import Index
from signaal.anonymise.table.solve.problem import Codes, Sensitive

Shares = npt.NDArray[np.float64]
MARGIN = 1e-9
"""Whoever measures the result adds up in another order, and must not find more than was asked for."""


@dataclass(frozen=True, repr=False)
class Tally:
    """How often a code stands in a group; sorted by group, then by code, each pair once."""

    group: Index
    code: Index
    count: Index


@dataclass(frozen=True, repr=False)
class Closeness:
    """The earth mover's distance to the whole source, at most ``t`` (t-closeness, Li 2007).

    share: the share in the source of each code from 0.
    ordered: values lie as far apart as their places in the order of those that occur, and missing cells
        are left out of both distributions; a group with nothing else is as far away as the share of cells
        that are filled. Else any two values, or a value and a missing one, are equally far apart.
    """

    t: float
    share: Shares
    ordered: bool

    def near(self, tally: Tally, number: int) -> npt.NDArray[np.bool_]:
        """Which of so many groups are close enough."""
        distance = self._ordered(tally, number) if self.ordered else self._equal(tally, number)
        return distance <= self.t - MARGIN

    def _equal(self, tally: Tally, number: int) -> Shares:
        size = np.bincount(tally.group, weights=tally.count, minlength=number)
        share = self.share[tally.code]
        here = np.abs(tally.count / size[tally.group] - share) - share
        return (1 + np.bincount(tally.group, weights=here, minlength=number)) / 2

    def _ordered(self, tally: Tally, number: int) -> Shares:
        filled = tally.code != 0
        group, code, count = tally.group[filled], tally.code[filled], tally.count[filled]
        distance = np.full(number, 1 - self.share[0])
        distance[group] = 0.0
        if len(group) and len(self._places) > 1:
            distance += self._moved(group, np.searchsorted(self._places, code), count, number)
        return distance

    def _moved(self, group: Index, place: Index, count: Index, number: int) -> Shares:
        """The sum of the differences between the two cumulative distributions, in steps from value to value.

        That of a group is level from one of its values to the next, and that of the source only rises,
        so that they cross once at most in between: there is no need to look at every value of the source.
        """
        total = np.cumsum(count)
        is_last = np.append(group[1:] != group[:-1], True)
        is_first = np.append(True, is_last[:-1])
        before = (total - count)[is_first][np.cumsum(is_first) - 1]
        size = np.bincount(group, weights=count, minlength=number)[group]
        level = (total - before) / size
        end = np.append(place[1:], 0)
        end[is_last] = len(self._places)
        cross = np.clip(np.searchsorted(self._cumulative, level), place, end)
        sums = self._sums
        below = level * (cross - place) - (sums[cross] - sums[place])
        above = (sums[end] - sums[cross]) - level * (end - cross)
        moved = below + above + np.where(is_first, sums[place], 0.0)
        steps = len(self._places) - 1
        return np.asarray(np.bincount(group, weights=moved, minlength=number) / steps, dtype=np.float64)

    @cached_property
    def _places(self) -> Index:
        """The codes that occur in the source, but for missing."""
        return np.flatnonzero(self.share[1:]) + 1

    @cached_property
    def _cumulative(self) -> Shares:
        rising: Shares = np.cumsum(self.share[self._places])
        return np.asarray(rising / rising[-1], dtype=np.float64)

    @cached_property
    def _sums(self) -> Shares:
        return np.concatenate([[0.0], np.cumsum(self._cumulative)])


def closeness(sensitive: Sensitive, t: float) -> Closeness:
    """Measures the distance to this column as a whole."""
    counts = np.bincount(sensitive.codes)
    return Closeness(t, counts / counts.sum(), sensitive.ordered)


def tally(group: Index, code: Codes, count: Index) -> Tally:
    """Adds up what stands more than once."""
    width = int(code.max(initial=0)) + 1
    keys, at = np.unique(group * width + code, return_inverse=True)
    return Tally(keys // width, keys % width, np.bincount(at, weights=count).astype(np.int64))
