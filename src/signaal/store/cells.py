"""Cells of a batch in the types of the store, whatever a frame held them as."""

from collections.abc import Callable, Collection
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from signaal.schemas.column import DataType

Cells: TypeAlias = "pd.Series[Any]"

SQL_TYPES = {
    DataType.TEXT: "VARCHAR",
    DataType.NUMBER: "DOUBLE",
    DataType.DATE: "DATE",
    DataType.BOOLEAN: "BOOLEAN",
}
_DATES = frozenset({"date", "datetime", "datetime64", "empty"})


def typed(cells: Cells, data_type: DataType) -> Cells:
    """Cells that DuckDB takes for that type, each missing one as NULL, also where all of them are.

    Raises:
        TypeError, ValueError: a cell is of another type.
    """
    return _TYPED[data_type](cells)


def texts(rows: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    """Some columns of a frame, as text."""
    return pd.DataFrame({name: text(rows[name]) for name in names})


def text(cells: Cells) -> Cells:
    """Strings."""
    return cells.astype("string")


def number(cells: Cells) -> Cells:
    """Floats."""
    return pd.to_numeric(cells).astype("Float64")


def whole_number(cells: Cells) -> Cells:
    """Integers."""
    return number(cells).astype("Int64")


def boolean(cells: Cells) -> Cells:
    """Truth values."""
    return cells.astype("boolean")


def date(cells: Cells) -> Cells:
    """Days, which pandas keeps as moments: their tables cast them."""
    if pd.api.types.infer_dtype(cells, skipna=True) not in _DATES:
        raise TypeError("a date column has a cell that is no date")
    days = cells.where(cells.notna(), None).to_numpy(dtype="datetime64[D]")
    return pd.Series(days.astype("datetime64[s]"), index=cells.index)


_TYPED: dict[DataType, Callable[[Cells], Cells]] = {
    DataType.TEXT: text,
    DataType.NUMBER: number,
    DataType.DATE: date,
    DataType.BOOLEAN: boolean,
}


def as_objects(cells: Cells, data_type: DataType) -> Cells:
    """Cells that DuckDB gave back, as the contracts have them: strings, dates or truth values, or None.

    Equal cells of a categorical column are one object. Numbers are floats, with NaN for a missing one.
    """
    if data_type is DataType.NUMBER:
        return cells.astype("float64")
    if data_type is DataType.TEXT and not isinstance(cells.dtype, pd.CategoricalDtype):
        return cells.astype(object).where(cells.notna(), None)
    codes, values = pd.factorize(cells)
    plain = [_plain(value, data_type) for value in values.tolist()]
    return pd.Series(np.array([*plain, None], dtype=object)[codes], index=cells.index, dtype=object)


def _plain(value: object, data_type: DataType) -> object:
    if data_type is DataType.DATE:
        return pd.Timestamp(value).date()  # type: ignore[arg-type]
    return bool(value) if data_type is DataType.BOOLEAN else value
