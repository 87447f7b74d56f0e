"""Classes: the records of a table that nobody can tell apart by their quasi-identifiers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]
"""A number for each cell: equal where the cells are, 0 for an empty one."""


@dataclass(frozen=True, repr=False)
class Classes:
    """The class of every record, numbered from 0 without gaps."""

    of: Codes

    @cached_property
    def sizes(self) -> Codes:
        """How many records each class has."""
        return np.bincount(self.of).astype(np.int64)

    @property
    def records(self) -> int:
        """How many records there are."""
        return len(self.of)

    @property
    def smallest(self) -> int:
        """k: the records in the smallest class (Sweeney 2002); 0 without records."""
        return int(self.sizes.min()) if self.records else 0

    @property
    def share_alone(self) -> float:
        """Share of the records that are alone in their class; there must be records."""
        return int((self.sizes == 1).sum()) / self.records


def codes_of(cells: "pd.Series[Any]", ordered: bool = False) -> Codes:
    """The codes of cells of any type; with ``ordered`` in the order of the values.

    Raises:
        TypeError: values that should have an order have none.
    """
    codes, values = pd.factorize(cells)
    places = np.arange(1, len(values) + 2)
    if ordered:
        places[np.argsort(np.asarray(values), kind="stable")] = np.arange(1, len(values) + 1)
    places[-1] = 0
    return places[codes]


def classes_of(columns: Iterable[Codes], records: int) -> Classes:
    """The classes of records that have equal codes in every column, an empty cell being a value too."""
    return Classes(reduce(_apart, columns, np.zeros(records, dtype=np.int64)))


def _apart(classes: Codes, codes: Codes) -> Codes:
    """The classes, each divided by the codes of one more column."""
    combined = classes * (int(codes.max(initial=0)) + 1) + codes
    return pd.factorize(combined)[0].astype(np.int64)
