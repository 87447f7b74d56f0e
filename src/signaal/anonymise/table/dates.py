"""Reads the dates that Dutch forms and survey programs write."""

import re
from datetime import date

from signaal.anonymise.table.spellings import spellings

_TIME = (
    r"(?:(?:T|,?\s+|,)(?:om\s+)?(?:[01]?[0-9]|2[0-4])[:.][0-5][0-9](?:[:.][0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?:\s*[ap]\.?m\.?)?(?:\s*uur)?(?:\s*(?:Z|[A-Z]{3,5})?(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?))?"
)
_ISO = re.compile(
    rf"(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}}){_TIME}", re.IGNORECASE
)
_FIGURES = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<mark>[-/. ])(?P<second>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})"
    rf"{_TIME}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?P<day>[0-9]{{1,2}})[ -](?P<name>[a-z]+)\.?[ -](?P<year>[0-9]{{4}}){_TIME}", re.IGNORECASE
)
CENTURY_TURNS_AT = 30
"""A year of two digits lies from 1930 to 2029: a rule, the same for every file, and no guess."""


def parse_date(text: str, month_first: bool = False) -> date | None:
    """The date in a cell, or None where it is none that exists; a time of day behind it is dropped.

    Year, month, day (ISO 8601), or day, month, year as the Dutch write it, with figures or the name
    of the month. ``month_first`` is what the column declares: 3/14/2026 is then read as Americans
    do, and 14/3/2026 is no date. ``CENTURY_TURNS_AT`` has the rule for a year of two digits.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _date(found["year"], int(found["month"]), int(found["day"]))
    if found := _NAMED.fullmatch(text):
        return _date(found["year"], spellings().month(found["name"]), int(found["day"]))
    if not (found := _FIGURES.fullmatch(text)):
        return None
    first, second = int(found["first"]), int(found["second"])
    return _date(found["year"], *((first, second) if month_first else (second, first)))


def _date(year: str, month: int, day: int) -> date | None:
    try:
        return date(_full_year(year), month, day)
    except ValueError:
        return None


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - digits of a short year
        return year
    return year + (2000 if year < CENTURY_TURNS_AT else 1900)
