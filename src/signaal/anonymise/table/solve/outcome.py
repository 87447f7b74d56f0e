"""The table as it would be published, checked and measured as a whole."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve.cells import Cells
from signaal.anonymise.table.solve.keys import summed
from signaal.anonymise.table.solve.pieces import Pieces, pieces_of_rows
from signaal.anonymise.table.solve.rule import Members


@dataclass(frozen=True, repr=False)
class Outcome:
    """What comes of emptying cells, worked out from the rows anew and not from what is remembered."""

    cells: Cells

    @cached_property
    def emptied(self) -> npt.NDArray[np.bool_]:
        """Rows by attributes: the cells that were emptied and were not empty before."""
        return self.cells.of_rows()

    @property
    def passes(self) -> bool:
        """Whether every row meets the thresholds."""
        pieces = self._pieces
        return bool(self.cells.table.rule.passing(Members.all_of(pieces), pieces.alike).all())

    @property
    def discernibility(self) -> float:
        """How many records a record cannot be told from, on average; all where nothing is left of it."""
        pieces, rows = self._pieces, self.cells.table.rows
        alike = summed(pieces.alike, pieces.size)[pieces.alike.of]
        told = np.where(pieces.cells == 0, rows, alike)
        return float(np.sum(told * pieces.size) / rows)

    @cached_property
    def _pieces(self) -> Pieces:
        table = self.cells.table
        columns = zip(table.columns(self.cells.levels), self.emptied.T, strict=True)
        published = [np.where(emptied, 0, column).astype(np.int32) for column, emptied in columns]
        sensitive = [column.codes for column in table.sensitive]
        return pieces_of_rows(published, table.problem.newcomer, sensitive)
