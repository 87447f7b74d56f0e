"""The second look: searches what would be published for personal data that is left in it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from signaal.validation.known_values import KnownValues
from signaal.validation.personal_numbers import has_personal_number
from signaal.validation.shapes import shapes
from signaal.validation.spelling import plain

_REMEMBERED = 100
"""Cells up to this length come back often, and are searched once."""
_DATE = len("2026-11-23")


class SecondLook:
    """Searches cells of any type for what is known of the batch and for what has a telling form.

    It counts by column how many cells failed, and keeps nothing else of them. It must not outlive
    the validation of its batch: it holds raw values.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = KnownValues(known)
        self._remembered: dict[str, bool] = {}
        self.failures: Counter[str] = Counter()

    def __repr__(self) -> str:
        return "SecondLook()"

    def passes(self, column: "pd.Series[str]", stand_in: bool) -> "pd.Series[bool]":
        """True for each cell without personal data; ``failures`` keeps how many are not.

        A column of keyed stand-ins (``stand_in``) must hold nothing but those: digits in them mean
        nothing, so that their form is looked at instead.

        Raises:
            TypeError: two columns share the name.
        """
        if not isinstance(column, pd.Series):
            raise TypeError("two columns share a name")
        finds = self.finds_in_stand_in if stand_in else self.finds
        passed = pd.Series([not finds(cell) for cell in column], index=column.index, dtype=bool)
        name = str(column.name)
        self.failures[name] = max(self.failures[name], int((~passed).sum()))
        return passed

    def finds(self, cell: object) -> bool:
        """Whether personal data is left in a cell: a known value, or a number of somebody.

        A yes or no is neither.
        """
        if isinstance(cell, bool | np.bool_):
            return False
        text = _text(cell)
        if text not in self._remembered:
            found = self._known.are_in(text) or has_personal_number(text)
            if len(text) > _REMEMBERED:
                return found
            self._remembered[text] = found
        return self._remembered[text]

    def finds_in_stand_in(self, cell: object) -> bool:
        """Whether a cell is anything else than a keyed stand-in."""
        text = _text(cell)
        return not shapes().stand_in.fullmatch(text) or self._known.are_in(text)


_LOOK: ContextVar[SecondLook] = ContextVar("second_look")


@contextmanager
def looking(look: SecondLook) -> Iterator[None]:
    """Lends a second look to the expectations that are validated inside the block.

    Great Expectations writes the arguments of an expectation into every result, so that known
    values may never be one.
    """
    token = _LOOK.set(look)
    try:
        yield
    finally:
        _LOOK.reset(token)


def current_look() -> SecondLook:
    """The second look of the batch that is being validated here.

    Raises:
        LookupError: none was lent.
    """
    return _LOOK.get()


def _text(cell: object) -> str:
    """The cell as a person would read it: a whole number without the fraction of a float, a date as ISO."""
    if isinstance(cell, np.datetime64):
        cell = pd.Timestamp(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:_DATE]
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", errors="replace")
    if isinstance(cell, float | np.floating | Decimal) and cell == cell // 1:
        return str(int(cell))
    text = plain(str(cell))
    whole = shapes().whole_decimal.fullmatch(text.strip())
    return whole[1] if whole else text
