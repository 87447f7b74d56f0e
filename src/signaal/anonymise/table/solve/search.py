"""Looks for the combination of levels that loses least and still fits, asking as little as it can.

The optimal search of a lattice as OLA (El Emam and others 2009) and Flash (Kohlmayer and others 2012) do
it: what fails at some levels settles every finer combination, and what costs more than an answer that was
found is not looked at. Where those follow paths from the bottom up, here the next question is the one that
by a guess settles most combinations (``Estimate``), which takes tens of counts instead of hundreds.

Why what fails settles the finer ones. On coarser levels every group of equal rows is a union of groups on
the finer ones. A newcomer that passes has k newcomers and l codes among them in its group, and keeps
those in any union. A row that was published before passes by such newcomers beside it, or by k rows and l
codes among its own kind; a union keeps either. So the rows that fail on coarser levels failed on the finer
ones already. Which cells of a row are empty is the same on all levels. The number of cells that are not
empty in failing rows, ``Answer.bound``, therefore never rises from levels to coarser ones.

Closeness to the whole source does not work that way once rows may be left out: two groups, of which one
is close and one far, may be far together, so that more rows fail than before. Levels that fail for it
alone settle themselves only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from signaal.anonymise.table.solve.estimate import Estimate
from signaal.anonymise.table.solve.lattice import Lattice
from signaal.anonymise.table.solve.table import Levels, Table


@dataclass(frozen=True)
class Answer:
    """What is known of levels once they were asked about.

    bound: cells that fail, and fail on every finer level. failing: all that fail. fits: whether these
    levels would do. cost: of the whole answer, as ``Table.cost`` has it.
    """

    bound: int
    failing: int
    fits: bool
    cost: float


Ask = Callable[[Levels], Answer]
Enough = Callable[[], bool]


@dataclass(repr=False)
class Search:
    """The search of a whole lattice, for the answer that loses least with at most ``allowed`` failing.

    dear: the share of information that failing cells cost, were they ``allowed``. hurry: whether it is
    time to ask about what promises most, and no longer about what settles most.
    best, cost: the best answer so far.
    """

    lattice: Lattice
    ask: Ask
    allowed: int
    dear: float = 0.0
    hurry: Enough = lambda: False
    best: Levels | None = None
    cost: float = np.inf
    _bound: Estimate = field(default_factory=Estimate)
    _failing: Estimate = field(default_factory=Estimate)

    def run(self, enough: Enough) -> bool:
        """Asks until all is settled: True, or it is ``enough``: False. One answer must be heard before."""
        while self.lattice.open.any():
            if enough():
                return False
            levels = self._next()
            self.hear(levels, self.ask(levels))
        return True

    def hear(self, levels: Levels, answer: Answer) -> None:
        """Settles what an answer settles."""
        bits = self.lattice.bits[self.lattice.place(levels)]
        self._bound.learn(bits, answer.bound, self.allowed)
        self._failing.learn(bits, answer.failing, self.allowed)
        if answer.bound > self.allowed:
            self.lattice.close_finer(levels)
            return
        self.lattice.close(levels)
        self.lattice.pass_coarser(levels)
        if answer.fits and answer.cost < self.cost:
            self.best, self.cost = levels, answer.cost
            self.lattice.close_dearer(answer.cost)

    def _next(self) -> Levels:
        """The levels whose answer is likely to settle most combinations, or to promise most."""
        lattice = self.lattice
        guess, failing = self._failing.guess(lattice.bits)
        cost = lattice.cost + self.dear * np.exp(np.minimum(guess, 0.0))
        value = np.zeros(len(cost))
        if self.best is not None and self.hurry():
            value = (1 - failing) * np.maximum(self.cost - cost, 0.0) * lattice.open
        if not value.any():
            _, bound = self._bound.guess(lattice.bits)
            value = np.where(lattice.passed, 0.0, bound * lattice.finer())
            value += (1 - failing) * lattice.dearer(cost) * lattice.open
        return lattice.levels(int(np.argmax(value if value.any() else lattice.open)))


def descend(start: Levels, cost: float, table: Table, ask: Ask, enough: Enough) -> Levels:
    """Greedy, for a lattice too large to be searched: from levels that fit to finer ones that lose less.

    Takes the step that gains most, as long as one is left that fits. A step that did not fit is not
    tried again: on the finer levels that follow even more would fail.
    """
    refused: set[int] = set()
    while steps := [place for place, level in enumerate(start) if level > 0 and place not in refused]:
        if enough():
            break
        place = max(steps, key=lambda step: table.losses[step].gain(start[step]))
        finer = (*start[:place], start[place] - 1, *start[place + 1 :])
        answer = ask(finer)
        if answer.fits and answer.cost < cost:
            start, cost = finer, answer.cost
        else:
            refused.add(place)
    return start
