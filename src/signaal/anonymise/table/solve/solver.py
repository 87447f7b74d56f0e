"""The solver: the least generalisation that meets the thresholds, and cells emptied where that is cheaper."""

from dataclasses import dataclass
from math import prod

import numpy as np

from signaal.anonymise.table.solve.lattice import lattice
from signaal.anonymise.table.solve.obstacle import hopeless, in_the_way
from signaal.anonymise.table.solve.outcome import Outcome
from signaal.anonymise.table.solve.problem import Problem, Solved
from signaal.anonymise.table.solve.refine import Trials
from signaal.anonymise.table.solve.rollup import RollUp
from signaal.anonymise.table.solve.search import Answer, Search, descend
from signaal.anonymise.table.solve.suppress import suppress
from signaal.anonymise.table.solve.table import Levels, Table

MOST_NODES = 100_000
MOST_ATTRIBUTES = 32
"""Of a lattice that is searched whole."""
MOST_CHECKS = 600
WORK = 100
"""For each row, how many pieces the search may go through."""
LEAST_WORK = 10_000_000


def solve(problem: Problem) -> Solved:
    """Chooses a level for each attribute and empties cells, until every row meets the thresholds.

    Levels are tried by emptying single cells on them (``refine``), and then it is made certain that none
    of those on which it is enough to empty whole rows would lose less (``search``). What comes out is
    checked once more as a whole. Where the thresholds cannot be met within ``allowed`` cells the levels
    are the coarsest, and as many cells are emptied as it takes to meet them all the same, or, where that is
    not possible either, all cells of the rows that fail: nobody is worse protected for it.
    The same problem has the same answer, and the order of the rows has no say in the levels.
    """
    table = Table(problem)
    if not table.rows or not problem.attributes:
        return nothing_to_solve(problem)
    rollup = RollUp(table)
    return Solver(rollup, Trials(rollup)).solve()


def nothing_to_solve(problem: Problem) -> Solved:
    """The answer where there are no rows or no attributes: nothing is lost."""
    rows, attributes = len(problem.newcomer), len(problem.attributes)
    return Solved(
        levels=(0,) * attributes,
        emptied=np.zeros((rows, attributes), dtype=np.bool_),
        lost=(0.0,) * attributes,
        total_lost=0.0,
        discernibility=float(rows),
        optimal=True,
        checked=0,
        possible=prod(len(attribute.levels) for attribute in problem.attributes),
        obstacle=None,
    )


@dataclass(repr=False)
class Solver:
    """The steps, on one table."""

    rollup: RollUp
    trials: Trials

    @property
    def table(self) -> Table:
        """The rows."""
        return self.rollup.table

    @property
    def possible(self) -> int:
        """How many combinations of levels there are."""
        return prod(len(attribute.levels) for attribute in self.table.problem.attributes)

    @property
    def small(self) -> bool:
        """Whether the lattice can be searched whole."""
        return self.possible <= MOST_NODES and len(self.table.top) <= MOST_ATTRIBUTES

    def solve(self) -> Solved:
        """The answer."""
        table, rollup, trials = self.table, self.rollup, self.trials
        certain = hopeless(table) or self.search()
        checked = len(rollup.known.keys() | trials.known.keys())
        cells = trials.best or suppress(table, table.top, rollup.pieces(table.top), None)
        outcome = Outcome(cells)
        lost = cells.lost()
        return Solved(
            levels=cells.levels,
            emptied=outcome.emptied,
            lost=lost,
            total_lost=float(np.mean(lost)),
            discernibility=outcome.discernibility,
            optimal=certain,
            checked=checked,
            possible=self.possible,
            obstacle=None if trials.best and outcome.passes else in_the_way(rollup),
        )

    def search(self) -> bool:
        """Tries levels, and says whether it is certain that whole rows alone would lose no less."""
        table, trials = self.table, self.trials
        fits = trials.ask(table.top).fits
        if self.small:
            if fits:
                self.single_cells()
            return self.whole_rows()
        if fits:
            descend(table.top, trials.cost, table, trials.ask, trials.enough)
        return self.possible == 1

    def single_cells(self) -> None:
        """Looks for the best levels on which it is enough to empty single cells."""
        allowed = self.table.problem.allowed
        dear = allowed / (self.table.rows * len(self.table.top))
        search = Search(lattice(self.table), self.trials.ask, allowed, dear, self.trials.hurry)
        search.hear(self.table.top, self.trials.ask(self.table.top))
        search.run(self.trials.enough)

    def whole_rows(self) -> bool:
        """Tries all levels that may lose less, where whole rows are enough; whether it came to the end."""
        open_ones = lattice(self.table)
        open_ones.close_dearer(self.trials.cost)
        search = Search(open_ones, self.of_whole_rows, self.table.problem.allowed)
        for levels in list(self.rollup.known):
            search.hear(levels, self.of_whole_rows(levels))
        return search.run(self.enough)

    def of_whole_rows(self, levels: Levels) -> Answer:
        """What fails at these levels; where whole rows are enough, what is lost then, or by single cells."""
        allowed = self.table.problem.allowed
        failing = self.rollup.failing(levels, allowed)
        if failing.cells > allowed:
            return Answer(failing.bound, failing.cells, False, self.table.cost(levels))
        tried = self.trials.ask_rows(levels)
        return Answer(failing.bound, failing.cells, tried.fits, tried.cost)

    def enough(self) -> bool:
        """Whether the search has taken long enough."""
        most = max(LEAST_WORK, WORK * self.table.rows)
        return len(self.rollup.known) >= MOST_CHECKS or self.rollup.work >= most
