"""Cells as tables have them: stripped text or None; equal short ones are one string in memory."""

import datetime

LONGEST_SHARED = 100
"""Characters of a cell that is worth remembering, because it may come back."""
MOST_SHARED = 20_000
"""Different cells that are remembered of one column; a column with more of them hardly repeats any."""
LARGEST_EXACT = 10**15
"""Whole numbers below this one are exact in a spreadsheet (15 digits, ECMA-376 part 1, 18.17.5.2)."""


class TooLongError(Exception):
    """A cell has more characters than allowed."""


class Cells(dict[str | None, str | None]):
    """What becomes of the cells of one column: ``cells[raw]`` is the cell as tables have it.

    A dictionary, so that a column of cells that come back passes through it at the speed of C.

    Raises:
        TooLongError: the cell has more than ``max_characters``.
    """

    def __init__(self, max_characters: int) -> None:
        super().__init__({None: None, "": None})
        self._max_characters = max_characters

    def __missing__(self, raw: str) -> str | None:
        text = raw.strip()
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > self._max_characters:
            raise TooLongError
        cell = text or None
        if len(raw) <= LONGEST_SHARED and len(self) < MOST_SHARED:
            self[raw] = cell
        return cell


def number(value: float) -> str:
    """A number with a point: fifteen digits, without what binary arithmetic adds to them."""
    shown = float(f"{value:.15g}")
    return str(int(shown)) if shown.is_integer() and abs(shown) < LARGEST_EXACT else repr(shown)


def to_the_second(value: datetime.datetime) -> datetime.datetime:
    """A moment rounded to the second."""
    return (value + datetime.timedelta(milliseconds=500)).replace(microsecond=0)


def duration(value: datetime.timedelta) -> str:
    """Hours, of which there may be more than a day's, minutes and seconds: ``30:05:00``."""
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
