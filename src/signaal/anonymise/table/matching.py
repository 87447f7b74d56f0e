"""One person, one name: rows with the same BSN, in memory and for nothing else.

A source that the law allows to use the number (Wet algemene bepalingen burgerservicenummer, art. 10-12)
may say who is who by it. The rows of one number then bear one spelling of the name, so that they get one
pseudonym. The number is in nothing that comes out.
"""

from collections.abc import Mapping

import pandas as pd
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from signaal.anonymise.pseudonyms import normalise
from signaal.anonymise.text.people import names_nobody
from signaal.schemas.column import Action, Column, Role
from signaal.schemas.declaration import Declaration
from signaal.schemas.entities import Entity


def matched_names(frame: pd.DataFrame, declaration: Declaration) -> dict[str, "pd.Series[str]"]:
    """The columns of names in which rows of one BSN have one spelling, by heading.

    A number belongs to the pseudonymised column of names that is declared nearest to it, the one before
    it where two are as near: "Naam", "BSN", "Naam partner" says nothing of the partner. The spelling is
    the fullest of the person's (the longest, then the first in the alphabet). Rows whose number is
    missing or fails the 11-test, and cells without a name, stay as they are.

    Args:
        frame: the raw records, every cell a string or None.
        declaration: their source.
    """
    matched: dict[str, pd.Series[str]] = {}
    for number, name in _pairs(declaration.columns).items():
        if number in frame and name in frame:
            numbers = _valid(frame[number], declaration.columns[number])
            matched[name] = _one_spelling(matched.get(name, frame[name]), numbers, declaration.columns[name])
    return matched


def _pairs(columns: Mapping[str, Column]) -> dict[str, str]:
    """The column of names to which each column of numbers belongs."""
    order = list(columns)
    names = [
        place
        for place, heading in enumerate(order)
        if columns[heading].role is Role.DIRECT_IDENTIFIER
        and columns[heading].entity is Entity.PERSON
        and columns[heading].action is Action.PSEUDONYM
    ]
    return {
        heading: order[min(names, key=lambda name: (abs(name - place), name))]
        for place, heading in enumerate(order)
        if names and columns[heading].action is Action.MATCH
    }


def _valid(cells: "pd.Series[str]", column: Column) -> "pd.Series[str]":
    """The numbers in nine digits; None for what is no BSN."""
    made = {cell: _nine_digits(cell) for cell in cells.unique() if _answers(cell, column)}
    return pd.Series([made.get(cell) for cell in cells], index=cells.index, dtype=object)


def _nine_digits(cell: str) -> str | None:
    try:
        return str(bsn.validate(cell))
    except ValidationError:
        return None


def _answers(cell: object, column: Column) -> bool:
    """Whether a cell holds anything but a code or words for "no answer"."""
    return isinstance(cell, str) and cell.strip() not in column.missing and not names_nobody(cell)


def _one_spelling(names: "pd.Series[str]", numbers: "pd.Series[str]", column: Column) -> "pd.Series[str]":
    """The names, each that of its number where there is one."""
    filled = {name for name in names.unique() if _answers(name, column)}
    known = numbers.notna() & names.isin(filled)
    pairs = pd.DataFrame({"number": numbers[known], "name": names[known]}).drop_duplicates()
    unlike = pairs[pairs["number"].duplicated(keep=False)]
    fullest = {
        number: min(spellings, key=_fullest_first)
        for number, spellings in unlike.groupby("number", sort=False)["name"]
    }
    found = numbers[known].map(fullest)
    changed = names.copy()
    changed[found.dropna().index] = found.dropna()
    return changed


def _fullest_first(name: str) -> tuple[int, str, str]:
    plain = normalise(Entity.PERSON, name)
    return -len(plain), plain, name
