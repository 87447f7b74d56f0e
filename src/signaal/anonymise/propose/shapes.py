"""What one cell looks like: each check but one looks at the whole cell."""

import ipaddress
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import StrEnum

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

from signaal.anonymise.propose.rules import words, words_of
from signaal.anonymise.table.numbers import parse_number
from signaal.schemas.column import Decimal
from signaal.schemas.entities import Entity

LONGEST = 200
"""Characters of a cell beyond which it is a text, whose form says nothing."""
_CENTURY = 100
_NEWEST_SHORT_YEAR = 29
_NAME_PARTS = range(2, 6)
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}", re.IGNORECASE)
_NINE_DIGITS = re.compile(r"\d{3}[ .-]?\d{3}[ .-]?\d{3}|\d{4}[ .-]\d{2}[ .-]\d{3}|\d{8}")
_POSTCODE = re.compile(r"[1-9]\d{3}\s?[A-Za-z]{2}")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PLATE = re.compile(
    r"(?=(?:-?[A-Z0-9]){6}$)(?=.*\d)(?=.*[A-Z])[A-Z0-9]{1,3}-[A-Z0-9]{1,3}-[A-Z0-9]{1,3}", re.I
)
_HANDLE = re.compile(r"@[\w.]{2,}")
_COORDINATE = re.compile(r"-?\d{1,3}[.,]\d{4,}(?:[ ,;]+-?\d+(?:[.,]\d+)?)*")
_PHONE = re.compile(r"(?:\+|00|\(?0|6(?=\d{8}$)|316(?=\d{8}$))[\d\s().\-/]{7,}")
_ADDRESS = re.compile(r"(?!\d+[ -])[^\W_][\w.'’ -]*[^\W\d_]\.?\s+\d{1,5}(?:\s?[-/]?\s?[\w-]{1,4})?(?:,.*)?")
_WITHIN = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|https?://|(?<!\d)(?:\+\d{2}|\(?0)(?:[\s().\-/]{0,2}\d){8,}"
    r"|(?<!\d)(?:\d[ .-]?){8}\d(?!\d)|\b[A-Z]{2}\d{2}\s?[A-Z]{4}\s?\d|\b[1-9]\d{3} ?[A-Z]{2}\b"
)
_CODE = re.compile(r"(?=.*\d)(?!\d{1,2}:\d{2})[\w./:+-]{4,}")
_DATES = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ,].*)?"),
    re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})(?:[T ,].*)?"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})(?:[T ,].*)?"),
)
_NAMED_DATE = re.compile(
    r"\d{1,2}[ -](?:jan|feb|m(?:aa|a)?rt|mar|apr|me?i|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?[ -]"
    r"(?P<year>\d{4})(?:[ ,].*)?",
    re.IGNORECASE,
)


class Shape(StrEnum):
    """A form that a cell can have. ``WITHIN`` is a cell with an identifier among other words."""

    EMAIL = "email"
    BSN = "bsn"
    IBAN = "iban"
    PHONE = "phone"
    IP = "ip"
    URL = "url"
    PLATE = "plate"
    HANDLE = "handle"
    COORDINATE = "coordinate"
    STREET = "street"
    POSTCODE = "postcode"
    DATE = "date"
    NUMBER = "number"
    ADDRESS = "address"
    NAME = "name"
    CODE = "code"
    WITHIN = "within"


IDENTIFIERS: dict[Shape, tuple[Entity, str]] = {
    Shape.EMAIL: (Entity.EMAIL_ADDRESS, "een e-mailadres"),
    Shape.BSN: (Entity.NL_BSN, "een geldig BSN"),
    Shape.IBAN: (Entity.IBAN_CODE, "een geldig rekeningnummer"),
    Shape.PHONE: (Entity.PHONE_NUMBER, "een telefoonnummer"),
    Shape.IP: (Entity.IP_ADDRESS, "een IP-adres"),
    Shape.URL: (Entity.URL, "een internetadres"),
    Shape.PLATE: (Entity.NL_LICENSE_PLATE, "een kenteken"),
    Shape.HANDLE: (Entity.SOCIAL_HANDLE, "een naam op sociale media"),
    Shape.COORDINATE: (Entity.LOCATION, "een plek op de kaart"),
    Shape.STREET: (Entity.NL_STREET_ADDRESS, "een adres"),
}
"""Shapes that point to one person, with how the declaration and its comment call them (in Dutch)."""


def shapes_of(cell: str) -> frozenset[Shape]:
    """Every shape that a cell has; none for a long text. Spaces around it do not count."""
    text = cell.strip()
    if not text or len(text) > LONGEST:
        return frozenset()
    return frozenset(shape for shape, check in _CHECKS.items() if check(text))


def year_of(cell: str) -> int | None:
    """The year of a date in figures or with a Dutch or English month, None if it is no date."""
    text = cell.strip()[:LONGEST]
    if named := _NAMED_DATE.fullmatch(text):
        return int(named["year"])
    for form in _DATES:
        if (found := form.fullmatch(text)) and (year := _year(found)) is not None:
            return year
    return None


def number_of(cell: str) -> float | None:
    """The number of a cell, None if it is none; a point or comma that could mean either is a decimal one."""
    if len(cell) > LONGEST:
        return None
    read = (parse_number(cell, decimal) for decimal in (None, *Decimal))
    found = [number for number in read if number is not None]
    return min(found, key=abs, default=None)


def is_closed(cell: str) -> bool:
    """Whether a cell says no more than yes, no, agree, or that somebody will not say."""
    if len(cell) > LONGEST:
        return False
    said = words_of(cell).split()
    return any(word.isalpha() for word in said) and all(
        word in words().answers or word.isdigit() for word in said
    )


def _year(found: re.Match[str]) -> int | None:
    year = int(found["year"])
    if year < _CENTURY:
        # Without a clock, so that the same file gives the same proposal: what counts is the span.
        year += 1900 if year > _NEWEST_SHORT_YEAR else 2000
    with suppress(ValueError):
        return date(year, int(found["month"]), int(found["day"])).year
    return None


def _is_phone(text: str) -> bool:
    if not _PHONE.fullmatch(text) or year_of(text):
        return False
    with suppress(phonenumbers.NumberParseException):
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "NL"))
    return False


def _is_ip(text: str) -> bool:
    with suppress(ValueError):
        return bool(ipaddress.ip_address(text))
    return False


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) and year_of(text) is None


def _is_street(text: str) -> bool:
    """An address whose last word before the number ends as Dutch streets do."""
    street = re.split(r"\s\d", text.lower(), maxsplit=1)[0].rstrip(".")
    return _is_address(text) and street.endswith(tuple(words().streets))


def _is_name(text: str) -> bool:
    """Two to five words with a capital, particles aside, as people write a full name."""
    parts = text.split()
    if len(parts) not in _NAME_PARTS or not re.fullmatch(r"[^\W\d_][^\d_,;:!?/()@]*", text):
        return False
    named = [part for part in parts if part.lower() not in words().name_particles]
    return bool(named) and all(part[:1].isupper() for part in named) and not is_closed(text)


_CHECKS: dict[Shape, Callable[[str], bool]] = {
    Shape.EMAIL: lambda text: bool(_EMAIL.fullmatch(text)),
    Shape.BSN: lambda text: bool(_NINE_DIGITS.fullmatch(text)) and bsn.is_valid(text),
    Shape.IBAN: iban.is_valid,
    Shape.PHONE: _is_phone,
    Shape.IP: _is_ip,
    Shape.URL: lambda text: bool(_URL.fullmatch(text)),
    Shape.PLATE: lambda text: bool(_PLATE.fullmatch(text)) and not year_of(text),
    Shape.HANDLE: lambda text: bool(_HANDLE.fullmatch(text)),
    Shape.COORDINATE: lambda text: bool(_COORDINATE.fullmatch(text)),
    Shape.STREET: _is_street,
    Shape.POSTCODE: lambda text: bool(_POSTCODE.fullmatch(text)),
    Shape.DATE: lambda text: year_of(text) is not None,
    Shape.NUMBER: lambda text: number_of(text) is not None,
    Shape.ADDRESS: _is_address,
    Shape.NAME: _is_name,
    Shape.WITHIN: lambda text: bool(_WITHIN.search(text)),
    Shape.CODE: lambda text: bool(_CODE.fullmatch(text)) and number_of(text) is None,
}
