"""Reads numbers as the Dutch write them."""

import re

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DUTCH = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),(?:\d+|-)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}")


def parse_number(text: str) -> float | None:
    """The number in a cell, or None: ``3.5``, ``3,5``, ``1.234,50``, ``€ 12,-``, ``40%``.

    A single point with three digits behind it (``1.234``) could mean either; exports are written by
    machines, which mean a decimal point.
    """
    bare = re.sub(r"[\s€%]|EUR", "", text)
    if _PLAIN.fullmatch(bare):
        return float(bare)
    if _DUTCH.fullmatch(bare):
        return float(bare.replace(".", "").replace(",-", "").replace(",", "."))
    if _THOUSANDS.fullmatch(bare):
        return float(bare.replace(".", ""))
    return None
