"""Counts the rows that fail at combinations of levels, each from the nearest finer one that is known."""

from dataclasses import dataclass, field

from signaal.anonymise.table.solve.keys import group
from signaal.anonymise.table.solve.pieces import Pieces, pieces_of_rows
from signaal.anonymise.table.solve.rule import Flags, Members
from signaal.anonymise.table.solve.table import Levels, Table

WORTH = 3
"""Pieces are kept to start from where there are so many times fewer of them than of their source."""
KEPT = 2
"""All that are kept have at most so many times as many pieces as there are rows."""


@dataclass(frozen=True)
class Failing:
    """The rows that do not meet the thresholds at some levels.

    rows: how many there are. full: those of them without an empty cell.
    cells: how many of their cells are not empty. bound: so many at least fail on every finer combination
        as well, which leaves closeness out (``search``).
    """

    rows: int
    full: int
    cells: int
    bound: int


@dataclass(repr=False)
class RollUp:
    """Remembers what it counted, and the pieces from which coarser levels are counted quickly.

    work: how many pieces it went through, the measure of what a search may cost.
    """

    table: Table
    known: dict[Levels, Failing] = field(default_factory=dict)
    kept: dict[Levels, Pieces] = field(default_factory=dict)
    work: int = 0

    def failing(self, levels: Levels, limit: int | None = None) -> Failing:
        """What fails at these levels; above the limit of cells not all that fails needs to be counted."""
        if levels not in self.known:
            self.known[levels] = self._count(levels, limit)
        return self.known[levels]

    def pieces(self, levels: Levels) -> Pieces:
        """The rows that are alike at these levels."""
        if levels in self.kept:
            return self.kept[levels]
        start = self._start(levels)
        groups = group([codes[start.first] for codes in self.table.columns(levels)], len(start))
        return start.merged(groups)

    def _count(self, levels: Levels, limit: int | None) -> Failing:
        start = self._start(levels)
        self.work += len(start)
        groups = group([codes[start.first] for codes in self.table.columns(levels)], len(start))
        members = Members.all_of(start)
        rule = self.table.rule

        def within(passed: Flags) -> bool:
            return limit is None or int(start.cells[~passed].sum()) <= limit

        alike = rule.rough.alike(members, groups)
        if rule != rule.rough and within(alike):
            alike = rule.alike(members, groups)
        passed = rule.close(members, groups, alike) if within(alike) else alike
        if groups.number * WORTH <= len(start):
            self._keep(levels, start.merged(groups))
        return Failing(
            rows=int(start.size[~passed].sum()),
            full=int(start.size[~passed & (start.cells == start.size * len(levels))].sum()),
            cells=int(start.cells[~passed].sum()),
            bound=int(start.cells[~alike].sum()),
        )

    def _start(self, levels: Levels) -> Pieces:
        """The fewest pieces of levels that are as fine or finer; those of the finest levels at first."""
        finer = [known for known in self.kept if all(a <= b for a, b in zip(known, levels, strict=True))]
        if finer:
            return self.kept[min(finer, key=lambda known: len(self.kept[known]))]
        table = self.table
        finest = tuple(0 for _ in levels)
        sensitive = [column.codes for column in table.sensitive]
        self.kept[finest] = pieces_of_rows(table.columns(finest), table.problem.newcomer, sensitive)
        return self.kept[finest]

    def _keep(self, levels: Levels, pieces: Pieces) -> None:
        if len(pieces) + sum(len(kept) for kept in self.kept.values()) <= KEPT * self.table.rows:
            self.kept[levels] = pieces
