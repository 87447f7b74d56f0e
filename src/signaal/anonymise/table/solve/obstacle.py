"""Names what stands in the way of thresholds that cannot be met."""

import numpy as np

from signaal.anonymise.table.solve.rollup import RollUp
from signaal.anonymise.table.solve.table import Table


def hopeless(table: Table) -> bool:
    """Whether the thresholds cannot be met even with every cell empty: too few rows, or too few codes."""
    return _too_few_rows(table) or _too_few_codes(table) is not None


def in_the_way(rollup: RollUp) -> str:
    """The column that stands in the way.

    A sensitive one where it has fewer codes than are asked for, in all or among newcomers, though there
    are rows enough. Else the attribute without which, on the coarsest levels, the fewest rows would be
    left failing; of some that make no difference the one with the most codes on its coarsest level.
    """
    table = rollup.table
    if not _too_few_rows(table) and (name := _too_few_codes(table)) is not None:
        return name

    def left_failing(place: int) -> tuple[int, int]:
        without = (*table.top[:place], table.top[place] + 1, *table.top[place + 1 :])
        codes = np.unique(table.problem.attributes[place].levels[-1])
        return rollup.failing(without).rows, -len(codes)

    return table.problem.attributes[min(range(len(table.top)), key=left_failing)].name


def _too_few_rows(table: Table) -> bool:
    newcomers = int(table.problem.newcomer.sum())
    return table.rows < table.problem.k or 0 < newcomers < table.problem.k


def _too_few_codes(table: Table) -> str | None:
    newcomer = table.problem.newcomer
    for column in table.sensitive:
        codes = column.codes[newcomer] if newcomer.any() else column.codes
        if len(np.unique(codes)) < table.problem.l:
            return column.name
    return None
