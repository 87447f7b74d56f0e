"""A date as somebody wrote it: read, moved, and written the same way again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import yaml

from signaal.schemas.column import Frozen

_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_FULL_YEAR = 4
_ORDINARY_YEAR, _LEAP_YEAR = 2023, 2024
_TH_FROM, _TH = 20, {1, 8}


class DateWords(Frozen):
    """Names in dates; the data file says what each list is."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    day_parts: tuple[str, ...]
    seasons: tuple[str, ...]
    this_century_up_to: int


@lru_cache
def date_words() -> DateWords:
    """The names, read once."""
    file = Path(__file__).parent / "written_dates.yaml"
    return DateWords.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def _patterns(words: DateWords) -> Iterator[str]:
    weekday = (
        rf"(?P<weekday>{_one_of(words.weekdays)})(?:{'|'.join(words.day_parts)})?\.?,?\s+(?:de\s+|den\s+)?"
    )
    month = rf"(?P<month>{_one_of(words.months)})"
    day, year = r"(?P<day>\d{1,2})", r"(?P<year>\d{4}|\d{2})"
    mark = r"(?P<mark>\s?[-/.]\s?)"
    yield rf"(?:{weekday})?{day}{mark}(?P<month>\d{{1,2}})(?:(?P=mark){year})?"
    yield rf"(?P<year>\d{{4}})(?P<mark>[-/])(?P<month>\d{{1,2}})(?P=mark){day}"
    yield rf"(?:{weekday})?{day}(?P<th>ste|de|e)?(?:\.?\s+|-){month}\.?(?:(?:,?\s+|-|\s?['’‘`´]\s?){year})?"


def _one_of(names: tuple[tuple[str, ...], ...]) -> str:
    return "|".join(sorted((name for each in names for name in each), key=len, reverse=True))


@lru_cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _patterns(date_words()))


@dataclass(frozen=True, repr=False)
class WrittenDate:
    """A day of the calendar and where its parts stand in what was written.

    Without a year in it ``day`` is in a year of no meaning.
    """

    day: date
    written: re.Match[str]

    @property
    def has_year(self) -> bool:
        """Whether the year was written."""
        return self.written["year"] is not None

    @property
    def month_or_season(self) -> str:
        """The month with its year ("maart 2024"); without a year the season ("lente")."""
        words = date_words()
        at = self.day.month - 1
        return f"{words.months[at][0]} {self.day.year}" if self.has_year else words.seasons[at]

    def moved(self, days: int) -> str:
        """The day so many days earlier, written the same way; a weekday moves along."""
        day = self.day - timedelta(days=days)
        parts = {"day": self._digits("day", day.day), "month": self._month(day.month)}
        if self.has_year:
            parts["year"] = str(day.year)[-len(self.written["year"]) :]
        given = self.written.groupdict()
        if given.get("weekday"):
            parts["weekday"] = _moved_weekday(given["weekday"], days)
        if (given.get("th") or "e") != "e":
            parts["th"] = "ste" if day.day in _TH or day.day >= _TH_FROM else "de"
        return self._rewritten(parts)

    def _month(self, month: int) -> str:
        if self.written["month"].isdigit():
            return self._digits("month", month)
        return _renamed(self.written["month"], date_words().months, month - 1)

    def _digits(self, part: str, number: int) -> str:
        figures = [self.written["day"], *filter(str.isdigit, [self.written["month"]])]
        two = all(len(figure) > 1 for figure in figures) and (
            len(figures) > 1 or self.written[part].startswith("0")
        )
        return f"{number:02d}" if two else str(number)

    def _rewritten(self, parts: dict[str, str]) -> str:
        text, at, made = self.written.string, 0, []
        for start, end, new in sorted((*self.written.span(part), new) for part, new in parts.items()):
            made += [text[at:start], new]
            at = end
        return "".join([*made, text[at:]])


def written_date(text: str) -> WrittenDate | None:
    """The one day that a text writes and nothing else; None for anything that is read with less certainty."""
    for pattern in _compiled():
        if found := pattern.fullmatch(text):
            day = _day(found)
            return WrittenDate(day, found) if day else None
    return None


def _day(found: re.Match[str]) -> date | None:
    month = found["month"]
    number = int(month) if month.isdigit() else _place(month, date_words().months) + 1
    year = _year(found["year"])
    if year is None:
        year = _LEAP_YEAR if (int(found["day"]), number) == (29, 2) else _ORDINARY_YEAR
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, number, int(found["day"]))
    except ValueError:
        return None


def _year(written: str | None) -> int | None:
    if written is None or len(written) == _FULL_YEAR:
        return int(written) if written else None
    return int(written) + (2000 if int(written) <= date_words().this_century_up_to else 1900)


def _place(name: str, names: tuple[tuple[str, ...], ...]) -> int:
    return next(at for at, each in enumerate(names) if name.lower() in each)


def _moved_weekday(name: str, days: int) -> str:
    weekdays = date_words().weekdays
    return _renamed(name, weekdays, (_place(name, weekdays) - days) % len(weekdays))


def _renamed(name: str, names: tuple[tuple[str, ...], ...], to: int) -> str:
    """Another name of the list, as long or short and in the same letters as this one."""
    short = names[_place(name, names)].index(name.lower())
    new = names[to][min(short, len(names[to]) - 1)]
    if name.isupper():
        return new.upper()
    return new.capitalize() if name[0].isupper() else new
