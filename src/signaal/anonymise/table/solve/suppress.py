"""Empties cells one by one until nobody that is left stands alone."""

from itertools import groupby

from signaal.anonymise.table.solve.bare import find_company
from signaal.anonymise.table.solve.cells import Cells
from signaal.anonymise.table.solve.masks import masks
from signaal.anonymise.table.solve.pieces import Pieces
from signaal.anonymise.table.solve.table import Levels, Table


def suppress(table: Table, levels: Levels, pieces: Pieces, limit: int | None) -> Cells:
    """The table at these levels with as many cells emptied as the thresholds need.

    Local suppression by sets of attributes, small ones first: rows that fail settle where they are like
    enough others once the cells of such a set are empty. Who is left without any cell gets company
    from rows that could stay otherwise (``find_company``).

    Args:
        table: the rows.
        levels: of each attribute.
        pieces: the rows that are alike at these levels.
        limit: how many cells may be emptied. Once it is certain that this is not enough the rest is left
            as it is, and the result not ``finished``. None: no limit.
    """
    cells = Cells(table, levels, pieces)
    if limit is not None and cells.at_least(1) > limit:
        return cells
    cells.check()
    costs = [loss.to_empty(level) for loss, level in zip(table.losses, levels, strict=True)]
    for size, some in groupby(masks(costs), key=len):
        if limit is not None and cells.at_least(size) > limit:
            return cells
        for mask in some:
            if len(cells.left):
                cells.empty(mask)
    if len(cells.left):
        find_company(cells)
    cells.finished = True
    return cells


def suppress_rows(table: Table, levels: Levels, pieces: Pieces) -> Cells:
    """The table at these levels with the rows that fail emptied altogether."""
    cells = Cells(table, levels, pieces)
    cells.check()
    if len(cells.left):
        find_company(cells)
    cells.finished = True
    return cells
