"""Makes quasi-identifiers coarser: one rule a generalisation."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from signaal.anonymise.table.dates import parse_date, writes_month_first
from signaal.anonymise.table.numbers import parse_number
from signaal.schemas.declaration import Generalisation

Rule = Callable[[str], str | None]
OLDEST_AGE = 90  # HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C): 90 and over is one group
_POSTCODE = re.compile(r"([1-9]\d{3})\s?(?:[A-Za-z]{2})?")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def rule(generalisation: Generalisation, cells: Iterable[str]) -> Rule:
    """What a generalisation makes of a cell of this column; None where the cell does not fit it.

    A cell that does not fit is emptied, never passed on as it stands.
    """
    if generalisation in _BY_DATE:
        month_first = writes_month_first(cells)
        write = _BY_DATE[generalisation]
        return lambda cell: write(found) if (found := _date_or_year(cell, month_first)) else None
    return _BY_CELL[generalisation]


def _postcode(digits: int) -> Rule:
    def shorten(cell: str) -> str | None:
        found = _POSTCODE.fullmatch(cell.strip())
        return found[1][:digits] if found else None

    return shorten


def _band(width: int) -> Rule:
    def band(cell: str) -> str | None:
        age = re.sub(r"\s*jaar$", "", cell.strip())
        number = parse_number(age)
        if number is None or number < 0:
            return None
        low = int(number) // width * width
        return f"{OLDEST_AGE}+" if low >= OLDEST_AGE else f"{low}-{low + width - 1}"

    return band


def _date_or_year(cell: str, month_first: bool) -> date | int | None:
    if _YEAR.fullmatch(cell.strip()):
        return int(cell)
    return parse_date(cell, month_first)


def _year(found: date | int) -> str:
    return str(found if isinstance(found, int) else found.year)


def _decade(found: date | int) -> str:
    low = int(_year(found)) // 10 * 10
    return f"{low}-{low + 9}"


def _month(found: date | int) -> str | None:
    return None if isinstance(found, int) else f"{found.year}-{found.month:02}"


def _quarter(found: date | int) -> str | None:
    return None if isinstance(found, int) else f"{found.year}-K{(found.month + 2) // 3}"


_BY_DATE: dict[Generalisation, Callable[[date | int], str | None]] = {
    Generalisation.MONTH: _month,
    Generalisation.QUARTER: _quarter,
    Generalisation.YEAR: _year,
    Generalisation.DECADE: _decade,
}
_BY_CELL: dict[Generalisation, Rule] = {
    Generalisation.NONE: str.strip,
    Generalisation.POSTCODE4: _postcode(4),
    Generalisation.POSTCODE2: _postcode(2),
    Generalisation.BAND5: _band(5),
    Generalisation.BAND10: _band(10),
}
