"""Reads the cells of a column as what its declaration says that they are."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from signaal.anonymise.table.dates import parse_date
from signaal.anonymise.table.numbers import parse_number
from signaal.anonymise.table.spellings import spellings
from signaal.schemas.column import Column, DataType, DateOrder

Parser = Callable[[str], object | None]
"""What a cell is, or None where it does not fit its column."""

_NO_FRACTION = re.compile(r"(?<=[0-9])[.,]0{1,2}$")


@dataclass(frozen=True, repr=False)
class TypedCells:
    """The cells of a column as they were read.

    values: by row; floats for numbers (NaN for an empty cell), else objects with None for an empty
        cell. misfit: which rows hold something that does not fit; their value is empty.
    """

    values: "pd.Series[Any]"
    misfit: npt.NDArray[np.bool_]


def parser(column: Column) -> Parser:
    """What reads one cell of a column: text as it stands, a float, a date or a boolean.

    Nothing is guessed: a cell that does not fit the declared type, or fits it in two ways, is None.
    """
    match column.type:
        case DataType.TEXT:
            return lambda cell: cell
        case DataType.NUMBER:
            return lambda cell: parse_number(cell, column.decimal)
        case DataType.DATE:
            month_first = column.date_order is DateOrder.MONTH_FIRST
            return lambda cell: parse_date(cell, month_first)
        case DataType.BOOLEAN:
            answers = dict.fromkeys(map(plain, column.is_true or spellings().is_true), True)
            answers |= dict.fromkeys(map(plain, column.is_false or spellings().is_false), False)
            return lambda cell: answers.get(plain(cell))


def read_column(cells: "pd.Series[str]", column: Column) -> TypedCells:
    """The cells of a kept or sensitive column; codes for "no answer" are empty, and fit."""
    read = parser(column)
    if column.type is not DataType.NUMBER:
        return read_cells(cells, read, column.missing)
    typed = read_cells(cells, read, column.missing)
    codes = [number for code in column.missing if (number := read(code)) is not None]
    numbers = typed.values.astype(float)
    return TypedCells(numbers.mask(numbers.isin(codes)), typed.misfit)


def read_cells(cells: "pd.Series[str]", read: Parser, missing: Iterable[str] = ()) -> TypedCells:
    """The cells as ``read`` gives them, each different cell read once.

    Blank cells and those that are a code of ``missing`` (whatever its case; 99.0 for 99) are empty.
    """
    codes = {plain(code) for code in missing}
    places, different = pd.factorize(cells.to_numpy(dtype=object))
    filled = [isinstance(cell, str) and bool(said := plain(cell)) and said not in codes for cell in different]
    made = [read(cell) if there else None for cell, there in zip(different, filled, strict=True)]
    misfit = [there and value is None for value, there in zip(made, filled, strict=True)]
    # An empty cell has place -1, the last one.
    values = pd.Series([*made, None], dtype=object).to_numpy()[places]
    wrong = np.array([*misfit, False], dtype=np.bool_)[places]
    return TypedCells(pd.Series(values, index=cells.index, dtype=object), wrong)


def plain(cell: str) -> str:
    """A short answer or code without what makes no difference: 99 for ``99,0``, ja for `` JA``."""
    return _NO_FRACTION.sub("", cell.strip().casefold())
