"""Dates as the day, month, quarter, year or band of years that they are in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from signaal.anonymise.table.dates import parse_date
from signaal.anonymise.table.hierarchies.hierarchy import Calculated, Defined, Reader
from signaal.schemas.column import Column, DateOrder, Name

DAY, MONTH, QUARTER, YEAR = 1, 31, 92, 366
"""How long a period is at the most, in days: periods that start with a longer one hold shorter ones."""
_NAMED = {"day": DAY, "month": MONTH, "quarter": QUARTER, "year": YEAR}
FIRST_YEAR, LAST_YEAR = 1900, 2099
_LABEL = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|-K(?P<quarter>[1-4])|-(?P<last>[0-9]{4}))?"
)
_SHORTER = {"day": DAY, "month": MONTH, "quarter": QUARTER}
Years = Annotated[int, Field(ge=2, le=100)]


@dataclass(frozen=True)
class Moment:
    """The first day of the period that a date is known to be in, and how long that is."""

    start: date
    length: int


@dataclass(frozen=True)
class Periods(Calculated[Moment]):
    """Dates that become coarser. A cell that gives less than a date stays as coarse as it is.

    lengths: of each level in days, as above; a band of years is so many times a year.
    """

    lengths: tuple[int, ...]

    def reader(self, column: Column) -> Reader:
        """Reads dates, months (2026-03), quarters (2026-K1) and years from 1900 to 2099."""
        month_first = column.date_order is DateOrder.MONTH_FIRST
        return lambda cell: self._read(cell, month_first)

    def _read(self, cell: str, month_first: bool) -> str | None:
        moment = self.parse(cell.strip())
        if moment is None or moment.length > YEAR:
            found = parse_date(cell, month_first)
            moment = None if found is None else Moment(found, DAY)
        return None if moment is None else self.write(moment, 0)

    def parse(self, label: str) -> Moment | None:
        """The first day of what a label is, and how long that is."""
        if not (found := _LABEL.fullmatch(label)):
            return None
        quarter = found["quarter"]
        month = 3 * int(quarter) - 2 if quarter else int(found["month"] or 1)
        length = next((days for part, days in _SHORTER.items() if found[part]), YEAR)
        if found["last"]:
            length = YEAR * (int(found["last"]) - int(found["year"]) + 1)
        try:
            return Moment(date(int(found["year"]), month, int(found["day"] or 1)), length)
        except ValueError:
            return None

    def write(self, value: Moment, level: int) -> str | None:
        """The period of this level, or the shortest coarser one where no more is known than that."""
        last_year = value.start.year + max(value.length // YEAR, 1) - 1
        if last_year < FIRST_YEAR or value.start.year > LAST_YEAR:
            return None
        if value.length > max(self.lengths[level], YEAR):
            return None
        length = next((days for days in self.lengths[level:] if days >= value.length), None)
        return None if length is None else _written(value.start, length)


def _written(day: date, length: int) -> str:
    if length == DAY:
        return day.isoformat()
    if length == MONTH:
        return f"{day:%Y-%m}"
    if length == QUARTER:
        return f"{day.year}-K{(day.month + 2) // 3}"
    years = length // YEAR
    first = day.year // years * years
    return str(first) if years == 1 else f"{first}-{first + years - 1}"


class PeriodsDefinition(Defined):
    """``{kind: date, levels: {day: day, month: month, year: year, five_years: 5}}``.

    levels: a name for each level, and what it is: day, month, quarter, year or a number of years.

    Raises:
        ValueError: levels are not nested.
    """

    kind: Literal["date"]
    levels: Annotated[Mapping[Name, Literal["day", "month", "quarter", "year"] | Years], Field(min_length=1)]

    @field_validator("levels")
    @classmethod
    def check_nested(cls, levels: Mapping[str, str | int]) -> Mapping[str, str | int]:
        """Each level holds whole periods of the one before it."""
        lengths = _lengths(levels)
        for shorter, longer in pairwise(lengths):
            if longer <= shorter or (shorter >= YEAR and longer % shorter):
                raise ValueError(
                    "each level must hold whole periods of the one before it, so that levels are nested"
                )
        return levels

    def build(self, name: str, folder: Path) -> Periods:
        """The hierarchy; it needs no other file."""
        return Periods(name, tuple(self.levels), _lengths(self.levels))


def _lengths(levels: Mapping[str, str | int]) -> tuple[int, ...]:
    return tuple(_NAMED[each] if isinstance(each, str) else YEAR * each for each in levels.values())
