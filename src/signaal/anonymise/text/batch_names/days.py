"""Days in the columns, such as a date of birth, in whatever way a text writes the same day."""

from collections.abc import Iterator
from datetime import date

from signaal.anonymise.text.batch_names.tokens import Tokens, tokens_of
from signaal.anonymise.text.operators.written_date import date_words, written_date
from signaal.anonymise.text.people.known import Known

_SHORT, _YEAR = range(1, 3), 4
_SIZES = frozenset(
    {*((day, year) for day in _SHORT for year in (2, _YEAR)), *((_YEAR, day) for day in _SHORT)}
)
"""Digits of what comes first and last: a day and a year, or a year and a day."""
_ORDINALS = frozenset({"e", "de", "ste"})
_LONGEST_GAP = 3


class Days:
    """The days of a batch by the calendar."""

    def __init__(self) -> None:
        self._days: dict[date, Known] = {}
        self._months = frozenset(name for names in date_words().months for name in names)

    def add(self, known: Known) -> date | None:
        """Takes in a day; None where the value is none."""
        tokens = tokens_of(known.value)
        days = (day for at in range(len(tokens.folded)) for _, day in self._read(tokens, at))
        day = next(days, None)
        if day:
            self._days.setdefault(day, known)
        return day

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, Known]]:
        """Start, end and what it is, of every place where one of these days is written, with its year."""
        for at in tokens.numbers if self._days else ():
            for end, day in self._read(tokens, at):
                if day in self._days:
                    yield tokens.places[at][0], tokens.places[end - 1][1], self._days[day]

    def _read(self, tokens: Tokens, at: int) -> Iterator[tuple[int, date]]:
        """The day that is written from a token on, and the token behind it."""
        end = self._end(tokens, at)
        if end is None or any(len(gap) > _LONGEST_GAP for gap in tokens.gaps(at, end)):
            return
        written = written_date(tokens.text[tokens.places[at][0] : tokens.places[end - 1][1]])
        if written and written.has_year:
            yield end, written.day

    def _end(self, tokens: Tokens, at: int) -> int | None:
        """Where a day, a month and a year end, whichever comes first; None where there are none."""
        first = tokens.folded[at]
        if not first.isdigit() or at + 2 >= len(tokens.folded):
            return None
        month = at + 1 + (tokens.folded[at + 1] in _ORDINALS)
        if month + 1 >= len(tokens.folded):
            return None
        second, third = tokens.folded[month], tokens.folded[month + 1]
        if not (second in self._months or (second.isdigit() and len(second) in _SHORT)):
            return None
        fits = third.isdigit() and (len(first), len(third)) in _SIZES
        return month + 2 if fits else None
