"""Numbers the Dutch way: 1.234, 0,5 %, 3,4 MB. A number that is none is said to be so."""

import math
from collections.abc import Callable

MISSING = "–"
NO_BREAK = "\N{NO-BREAK SPACE}"
KILO = 1000


def count(number: int) -> str:
    """A whole number with points between the thousands."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, decimals: int = 1) -> str:
    """A number with at most so many decimals, behind a comma."""
    if not math.isfinite(number):
        return MISSING
    text = f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return text.rstrip("0").rstrip(",") if decimals else text


def percent(share: float | None, decimals: int = 1) -> str:
    """A share of 1 as a percentage. What is not nothing is never shown as 0 %, nor as 100 % short of all."""
    if share is None or not math.isfinite(share):
        return MISSING
    step = 10.0**-decimals
    shown = share * 100
    if 0 < shown < step:
        return f"< {decimal(step, decimals)}{NO_BREAK}%"
    if 100 - step < shown < 100:  # noqa: PLR2004 - a whole in percent
        return f"> {decimal(100 - step, decimals)}{NO_BREAK}%"
    return f"{decimal(shown, decimals)}{NO_BREAK}%"


def percent_beside(share: float, limit: float) -> tuple[str, str]:
    """A measured share and its limit, with as many decimals as it takes to tell them apart."""
    return _beside(share, limit, percent, range(1, 5))


def decimal_beside(number: float, limit: float) -> tuple[str, str]:
    """A measured number and its limit, with as many decimals as it takes to tell them apart."""
    return _beside(number, limit, decimal, range(3, 7))


def _beside(
    number: float, limit: float, notation: Callable[[float, int], str], precision: range
) -> tuple[str, str]:
    for decimals in precision:
        said = notation(number, decimals), notation(limit, decimals)
        if said[0] != said[1] or number == limit:
            break
    return said


def size(octets: int) -> str:
    """A file's size: bytes, kB, MB or GB (powers of 1000)."""
    amount = float(octets)
    for unit in ("B", "kB", "MB"):
        if abs(amount) < KILO:
            return f"{decimal(amount)}{NO_BREAK}{unit}"
        amount /= KILO
    return f"{decimal(amount)}{NO_BREAK}GB"
