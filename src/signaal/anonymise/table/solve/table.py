"""A problem made ready: what is worked out once and used by every step."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from signaal.anonymise.table.solve.closeness import closeness
from signaal.anonymise.table.solve.loss import Loss, loss
from signaal.anonymise.table.solve.problem import Codes, Problem, Sensitive
from signaal.anonymise.table.solve.rule import Rule

Levels = tuple[int, ...]
"""For each attribute one of its levels, 0 the finest; one past the last stands for emptied altogether."""

FINER = 1e-9
"""What a level costs on top of the information that is lost."""


@dataclass(frozen=True, repr=False)
class Table:
    """The rows of a problem, with its rule and losses."""

    problem: Problem

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.problem.newcomer)

    @property
    def top(self) -> Levels:
        """The coarsest level of each attribute."""
        return tuple(len(attribute.levels) - 1 for attribute in self.problem.attributes)

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """Of each attribute."""
        return tuple(loss(attribute) for attribute in self.problem.attributes)

    @cached_property
    def sensitive(self) -> tuple[Sensitive, ...]:
        """The sensitive columns that hold anything at all; others publish nothing."""
        return tuple(column for column in self.problem.sensitive if column.codes.any())

    @cached_property
    def rule(self) -> Rule:
        """The thresholds."""
        t = self.problem.t
        near = () if t is None else tuple(closeness(column, t) for column in self.sensitive)
        return Rule(self.problem.k, self.problem.l, near)

    def columns(self, levels: Levels) -> Sequence[Codes]:
        """The codes at these levels; an attribute that is emptied altogether is left out."""
        chosen = zip(self.problem.attributes, levels, strict=True)
        return [attribute.levels[level] for attribute, level in chosen if level < len(attribute.levels)]

    def cost(self, levels: Levels, lost: Sequence[float] | None = None) -> float:
        """What levels are compared by: the mean share of information that is lost, over the attributes.

        lost: the share of each attribute, where it is more than what the levels cost. Of levels that
        lose as much, finer ones cost less.
        """
        if lost is None:
            lost = [each.of_level[level] for each, level in zip(self.losses, levels, strict=True)]
        return float(np.mean(lost)) + FINER * sum(levels)
