"""Reads numbers as the Dutch and their programs write them; what could be two numbers is none."""

import math
import re

from signaal.schemas.column import Decimal

_MARKS = {Decimal.COMMA: ",", Decimal.POINT: "."}
_PARTS = re.compile(
    r"(?P<before>[^0-9.,]{0,8})"
    r"(?P<figures>[0-9.,](?:[0-9.,\s]*[0-9])?(?:[eE][+-][0-9]{1,3})?)"
    r"(?P<after>[^0-9]{0,8})"
)
_MONEY = frozenset({"€", "eur", "euro"})
_MINUS = frozenset("-\u2212")
_ROUND = ",-"
_BLANKS = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_SCIENTIFIC = re.compile(r"[0-9](?:(?P<mark>[.,])[0-9]+)?[eE].*")
_FIGURES = re.compile("[0-9]+")
_WHOLE = r"(?:0?[0-9]|[1-9][0-9]*)"
"""At most one zero in front, as in a month: what starts with more is a code or a phone number."""
_GROUPED = r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+"
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def parse_number(text: str, decimal: Decimal | None = None) -> float | None:
    """The number in a cell, or None: ``3.5``, ``3,5``, ``1.234,50``, ``€ 12,-``, ``40%``.

    ``decimal`` is what the column declares to stand before a fraction; the other sign then only
    parts thousands. Without it one sign with three digits behind it, as in ``1.234``, could mean
    either, and is no number.
    """
    if not (found := _PARTS.fullmatch(text.strip())):
        return None
    before, after = ("".join(found[part].casefold().split()) for part in ("before", "after"))
    figures = _BLANKS.sub("", found["figures"])
    if after.startswith(_ROUND):
        after, figures = after.removeprefix(_ROUND), figures + ",00"
    sign = next((each for each in before if each in _MINUS or each == "+"), "")
    money = before.replace(sign, "", 1)
    if money not in _MONEY | {""} or after not in (_MONEY if not money else set()) | {"", "%"}:
        return None
    number = _number(figures, decimal)
    return -number if number is not None and sign in _MINUS else number


def _number(figures: str, decimal: Decimal | None) -> float | None:
    if decimal is not None:
        return _read(figures, _MARKS[decimal])
    if _EITHER.fullmatch(figures):
        return None
    read = (_read(figures, mark) for mark in _MARKS.values())
    return next((number for number in read if number is not None), None)


def _read(figures: str, mark: str) -> float | None:
    """The number in figures of which this sign stands before the fraction."""
    if scientific := _SCIENTIFIC.fullmatch(figures):
        number = float(figures.replace(",", "."))
        return number if scientific["mark"] in {None, mark} and math.isfinite(number) else None
    whole, *fraction = figures.split(mark)
    if len(fraction) > 1 or not all(map(_FIGURES.fullmatch, fraction)):
        return None
    if not (_is_whole(whole) or (fraction and not whole)):
        return None
    return float(".".join([re.sub(r"[.,]", "", whole) or "0", *fraction]))


def _is_whole(figures: str) -> bool:
    """Digits, or digits in groups of three between equal signs, of which the fraction has the other."""
    return bool(re.fullmatch(f"{_WHOLE}|{_GROUPED}", figures))
