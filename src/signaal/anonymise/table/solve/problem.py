"""What the solver is asked, and what it answers."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
"""A number from 0 for each row, without large gaps; rows with equal numbers have equal values."""


@dataclass(frozen=True, repr=False)
class Attribute:
    """A quasi-identifier.

    levels: its codes at every level that may be published, finest first; 0 is an empty cell. Rows that
        are equal on a level are equal on every coarser one, and the same cells are empty on all of them.
    """

    name: str
    levels: tuple[Codes, ...]


@dataclass(frozen=True, repr=False)
class Sensitive:
    """A sensitive column; its codes are in the order of the values where it is ``ordered``, 0 is missing."""

    name: str
    codes: Codes
    ordered: bool


@dataclass(frozen=True, repr=False)
class Problem:
    """All records of a source with the thresholds that their publication must meet.

    newcomer: the rows that were not published before.
    k, l, t: as ``Thresholds`` has them.
    allowed: how many cells that are not empty may be emptied.
    """

    attributes: tuple[Attribute, ...]
    sensitive: tuple[Sensitive, ...]
    newcomer: npt.NDArray[np.bool_]
    k: int
    l: int  # noqa: E741 - the field's own name for it
    t: float | None
    allowed: int


@dataclass(frozen=True, repr=False)
class Solved:
    """The answer of the solver.

    levels: which of its levels each attribute has.
    emptied: rows by attributes, the cells that are emptied though they were not empty.
    lost: share of each attribute's information that is lost, emptied cells included, from 0 to 1
        (non-uniform entropy, Gionis and Tassa 2009), against its first level. total_lost: the mean of them.
    discernibility: how many records a record cannot be told from, on average (Bayardo and Agrawal
        2005); a record without any cell left counts all of them.
    optimal: whether it is certain that no combination of levels would lose less by emptying whole rows,
        as the optimal searches of the literature do it (``search``). By emptying single cells the
        answer mostly loses much less than the best of those; how little could do is not known.
    checked: combinations that were looked at, of ``possible``.
    obstacle: None where every row meets the thresholds and no more than ``allowed`` cells are
        emptied; else the column that stands in the way most.
    """

    levels: tuple[int, ...]
    emptied: npt.NDArray[np.bool_]
    lost: tuple[float, ...]
    total_lost: float
    discernibility: float
    optimal: bool
    checked: int
    possible: int
    obstacle: str | None
