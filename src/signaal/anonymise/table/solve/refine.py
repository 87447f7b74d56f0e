"""Tries levels by emptying single cells on them, which leaves room for finer levels than whole rows do.

How many cells that takes follows no order that could be relied on, so that this is no proof: levels finer
than ones on which it takes too many are not tried, and after ``TRIES`` it is enough.
"""

from dataclasses import dataclass, field

from signaal.anonymise.table.solve.cells import Cells
from signaal.anonymise.table.solve.rollup import RollUp
from signaal.anonymise.table.solve.search import Answer
from signaal.anonymise.table.solve.suppress import suppress, suppress_rows
from signaal.anonymise.table.solve.table import Levels

TRIES = 40
WORK = 40
"""For each row of the table, how many pieces may be gone through."""
EXPLORING = 0.6
"""The share of that which goes to finding out where the limit lies, before the best of it is sought."""
LEAST_WORK = 10_000_000
PER_ROW = 1.25
"""Cells that a failing row takes, about, where it was not counted to the end. It takes one at least where
none of its cells was empty before."""


@dataclass(repr=False)
class Trials:
    """Empties cells at levels to see what comes of it, and keeps the best that fits.

    known, rows: what was answered. work: how many pieces were gone through.
    """

    rollup: RollUp
    best: Cells | None = None
    cost: float = float("inf")
    known: dict[Levels, Answer] = field(default_factory=dict)
    rows: dict[Levels, Answer] = field(default_factory=dict)
    work: int = 0

    def ask(self, levels: Levels) -> Answer:
        """What it takes at these levels; where that is certainly too much, a number above what is allowed."""
        if levels not in self.known:
            self.known[levels] = self._try(levels)
        return self.known[levels]

    def enough(self) -> bool:
        """Whether it is time to be content."""
        return self._used >= 1

    def hurry(self) -> bool:
        """Whether it is time to seek the best of what is known."""
        return self._used >= EXPLORING

    @property
    def _used(self) -> float:
        most = max(LEAST_WORK, WORK * self.rollup.table.rows)
        return max(len(self.known) / TRIES, self.work / most)

    def ask_rows(self, levels: Levels) -> Answer:
        """The same, where whole rows may be emptied instead if that loses less."""
        answer = self.ask(levels)
        if levels in self.rows:
            return self.rows[levels]
        cells = suppress_rows(self.rollup.table, levels, self.rollup.pieces(levels))
        whole = self._answer(cells)
        self.rows[levels] = min(answer, whole, key=lambda each: each.cost)
        return self.rows[levels]

    def _try(self, levels: Levels) -> Answer:
        table = self.rollup.table
        allowed = table.problem.allowed
        failing = self.rollup.failing(levels, allowed)
        if failing.full > allowed:
            taken = int(failing.full * PER_ROW)
            return Answer(taken, taken, False, float("inf"))
        cells = suppress(table, levels, self.rollup.pieces(levels), allowed)
        self.work += cells.work + len(cells.pieces)
        return self._answer(cells)

    def _answer(self, cells: Cells) -> Answer:
        table, levels = self.rollup.table, cells.levels
        allowed = table.problem.allowed
        taken = cells.emptied if cells.finished else max(int(cells.at_least(1) * PER_ROW), allowed + 1)
        fits = taken <= allowed and not len(cells.left)
        cost = table.cost(levels, cells.lost()) if fits else float("inf")
        if cost < self.cost:
            self.best, self.cost = cells, cost
        return Answer(taken, taken, fits, cost)
