"""Tells a row of headings from a first row of answers, which must not end up in a declaration."""

import re
from collections.abc import Sequence

import pandas as pd

from signaal.anonymise.propose.decide import recognised
from signaal.anonymise.propose.shapes import IDENTIFIERS, Shape, shapes_of
from signaal.schemas.errors import Code, FileNotTakenError

_NO_HEADER = (
    "the first row of the file looks like answers, not like headings; "
    "put a row on top with a heading above each column, and propose again"
)
_AGAIN = re.compile(r" \(\d+\)$")
_WEAK = frozenset({Shape.URL, Shape.COORDINATE, Shape.PLATE, Shape.STREET})
_CERTAIN = (frozenset(IDENTIFIERS) | {Shape.POSTCODE}) - _WEAK
_ALIKE = _WEAK | {Shape.DATE, Shape.NUMBER, Shape.NAME}
_ALIKE_SHARE = 0.6
_JOINED_COLUMNS = 3


def check_header(frame: pd.DataFrame) -> None:
    """Refuses a table without a row of headings.

    Raises:
        FileNotTakenError: a heading is itself an identifier, is one of the answers below it, or
            has the form of the answers below it. A declaration would copy it.
    """
    headings = [_AGAIN.sub("", str(heading)).strip() for heading in frame.columns]
    numbered = _are_counted(headings)
    records = _without_repeated(frame)
    for place, heading in enumerate(headings):
        if heading and _is_answer(heading, records.iloc[:, place], numbered):
            raise FileNotTakenError(Code.UNREADABLE, _NO_HEADER)


def _without_repeated(frame: pd.DataFrame) -> pd.DataFrame:
    """The records, without headings that come back where exports were joined."""
    if len(frame.columns) < _JOINED_COLUMNS:
        return frame
    return frame[(frame != list(frame.columns)).any(axis="columns")]


def _is_answer(heading: str, cells: "pd.Series[str]", numbered: bool) -> bool:
    shapes = shapes_of(heading)
    if shapes & _CERTAIN:
        return True
    if recognised(heading):
        return False
    below = _below(cells)
    if numbered and Shape.NUMBER in shapes:
        return False
    return _is_one_of(heading, below) or any(_alike(shape, below) for shape in _ALIKE if shape in shapes)


def _below(cells: "pd.Series[str]") -> list[str]:
    return [text for cell in cells.head(1000) if isinstance(cell, str) and (text := cell.strip())]


def _is_one_of(heading: str, below: Sequence[str]) -> bool:
    """Whether the heading is a category of its column; one box to tick has its heading as answer."""
    return heading in below and len(set(below)) > 1


def _alike(shape: Shape, below: Sequence[str]) -> bool:
    return sum(shape in shapes_of(text) for text in below) > _ALIKE_SHARE * len(below)


def _are_counted(headings: Sequence[str]) -> bool:
    """Whether the headings that are numbers are those of questions: 1, 2, 3 and so on."""
    numbers = [int(heading) for heading in headings if heading.isdecimal()]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
