"""Takes rare combinations out of a table, so that nobody stands alone in it."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, repr=False)
class Suppressed:
    """A table whose rare combinations are emptied, and the share of the quasi-identifying cells that were."""

    table: pd.DataFrame
    share: float


def smallest_class(table: pd.DataFrame, columns: list[str]) -> int | None:
    """k: how many rows share the rarest combination; None for no rows or no columns (Sweeney 2002).

    An empty cell is a value like any other: rows with empty cells are not left out of the count.
    """
    if not columns or table.empty:
        return None
    return int(_sizes(table, columns).min())


def suppress(table: pd.DataFrame, columns: list[str], k: int) -> Suppressed:
    """Empties the quasi-identifiers of every row in a class smaller than k.

    The emptied rows are a class too: while that one is smaller than k, the smallest class that is
    left is emptied with it (Samarati 2001).
    """
    if not columns or table.empty:
        return Suppressed(table, 0.0)
    sizes = _sizes(table, columns)
    empty = table[columns].isna().all(axis=1)
    out = (sizes < k) & ~empty
    while 0 < int((out | empty).sum()) < min(k, len(table)):
        classes = table.groupby(columns, dropna=False, observed=True).ngroup()
        rest = ~(out | empty)
        out |= classes == classes[rest & (sizes == sizes[rest].min())].iloc[0]
    result = table.copy()
    result.loc[out, columns] = None
    emptied = int(table.loc[out, columns].notna().sum().sum())
    return Suppressed(result, emptied / (len(table) * len(columns)))


def _sizes(table: pd.DataFrame, columns: list[str]) -> "pd.Series[int]":
    return table.groupby(columns, dropna=False, observed=True)[columns[0]].transform("size")
