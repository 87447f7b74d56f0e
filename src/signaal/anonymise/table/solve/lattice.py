"""All combinations of levels, and which of them may still be the answer."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve.table import FINER, Levels, Table

Numbers = npt.NDArray[np.float64]
ALIKE = 1e-12
"""Losses that differ less are the same: sums are rounded."""


@dataclass(repr=False)
class Lattice:
    """The combinations of levels, from the finest to the coarsest.

    nodes: one row a combination. cost: of each, as ``Table.cost`` has it. bits: what each leaves
    of each attribute's entropy. open: those that may still be the answer. passed: those of which it is
    known that few enough cells fail, without regard to closeness.
    """

    sizes: tuple[int, ...]
    nodes: npt.NDArray[np.int16]
    cost: Numbers
    bits: Numbers
    open: npt.NDArray[np.bool_] = field(init=False)
    passed: npt.NDArray[np.bool_] = field(init=False)
    order: npt.NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        self.open = np.ones(len(self.nodes), dtype=np.bool_)
        self.passed = np.zeros(len(self.nodes), dtype=np.bool_)
        self.order = np.argsort(self.cost, kind="stable")

    def close_finer(self, levels: Levels) -> None:
        """Neither these levels nor finer ones are the answer."""
        self.open &= ~np.all(self.nodes <= np.array(levels), axis=1)

    def close(self, levels: Levels) -> None:
        """These levels alone are not the answer, or are known as one."""
        self.open[self.place(levels)] = False

    def pass_coarser(self, levels: Levels) -> None:
        """At these levels and coarser ones few enough cells fail."""
        self.passed |= np.all(self.nodes >= np.array(levels), axis=1)

    def close_dearer(self, cost: float) -> None:
        """Only what costs less may still be the answer."""
        self.open &= self.cost < cost - ALIKE

    def place(self, levels: Levels) -> int:
        """The number of a combination."""
        return int(np.ravel_multi_index(levels, self.sizes))

    def levels(self, place: int) -> Levels:
        """The combination with this number."""
        return tuple(self.nodes[place].tolist())

    def finer(self) -> Numbers:
        """For each combination, how many open ones are as fine or finer."""
        counts = self.open.reshape(self.sizes).astype(np.int64)
        for axis in range(counts.ndim):
            counts = np.cumsum(counts, axis=axis)
        return counts.reshape(-1).astype(np.float64)

    def dearer(self, cost: Numbers) -> Numbers:
        """How many open combinations cost at least each of these."""
        costs = self.cost[self.order][self.open[self.order]]
        return (len(costs) - np.searchsorted(costs, cost - ALIKE)).astype(np.float64)


def lattice(table: Table) -> Lattice:
    """The lattice of a table's attributes, all of it open."""
    sizes = tuple(len(attribute.levels) for attribute in table.problem.attributes)
    nodes = np.indices(sizes, dtype=np.int16).reshape(len(sizes), -1).T
    columns = list(zip(table.losses, nodes.T, strict=True))
    shares = np.mean([np.array(loss.of_level)[levels] for loss, levels in columns], axis=0)
    cost = shares + FINER * nodes.sum(axis=1)
    bits = np.stack([loss.bits * (1 - np.array(loss.of_level))[levels] for loss, levels in columns], axis=1)
    return Lattice(sizes, nodes, cost, bits)
