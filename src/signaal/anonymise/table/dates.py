"""Reads the dates that Dutch forms and survey tools write."""

import re
from collections.abc import Iterable
from datetime import date

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:[T ].*)?")
_FIGURES = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})(?:[T ,].*)?")
_NAMED = re.compile(
    r"(?P<day>\d{1,2})[ -](?P<name>[a-z]{3})[a-z]*\.?[ -](?P<year>\d{4})(?:[ ,].*)?", re.IGNORECASE
)
_MAART = "maa"
CENTURY_TURNS_AT = 30  # '29 is 2029, '31 is 1931


def parse_date(text: str, month_first: bool = False) -> date | None:
    """The date at the start of a cell, or None where there is none that exists.

    Year-month-day (ISO 8601), day-month-year as the Dutch write it, with figures or the month's
    name; ``month_first`` reads 3/14/2026 as Americans do.
    """
    text = text.strip()
    if named := _NAMED.fullmatch(text):
        name = named["name"].lower().replace(_MAART, "mrt")
        month = MONTHS.index(name) + 1 if name in MONTHS else 0
        return _date(int(named["year"]), month, int(named["day"]))
    if not (found := _ISO.fullmatch(text) or _FIGURES.fullmatch(text)):
        return None
    day, month = int(found["day"]), int(found["month"])
    if month_first and "/" in text:
        day, month = month, day
    return _date(_full_year(found["year"]), month, day)


def writes_month_first(cells: Iterable[str]) -> bool:
    """Whether a column's dates put the month first: one of them can only be read that way."""
    figures = [found for cell in cells if "/" in cell and (found := _FIGURES.fullmatch(cell.strip()))]
    day_first_fails = any(int(found["month"]) > len(MONTHS) for found in figures)
    month_first_fails = any(int(found["day"]) > len(MONTHS) for found in figures)
    return day_first_fails and not month_first_fails


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - digits of a short year
        return year
    return year + (2000 if year < CENTURY_TURNS_AT else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
