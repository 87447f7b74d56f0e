"""How the cells of a column are written, and how many of them a hierarchy can read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from signaal.anonymise.propose.rules import limits, words
from signaal.anonymise.table.dates import parse_date
from signaal.anonymise.table.hierarchies import Hierarchy, load_hierarchies
from signaal.anonymise.table.numbers import parse_number
from signaal.anonymise.table.spellings import spellings
from signaal.anonymise.table.typed import Parser, parser, plain
from signaal.schemas.column import Column, DateOrder, Decimal, Generalise, Role

CATEGORY = Generalise(hierarchy="category")
_DATES = frozenset({"date", "birth_date"})


@cache
def hierarchies() -> Mapping[str, Hierarchy]:
    """The hierarchies that ship with the program."""
    return load_hierarchies(None)


def reads_dates(generalise: Generalise | None) -> bool:
    """Whether a hierarchy is one of dates."""
    return generalise is not None and generalise.hierarchy in _DATES


def reader_of(column: Column) -> Parser:
    """What reads a cell of a column: its hierarchy where it has one, else its type."""
    if column.generalise is None:
        return parser(column)
    return hierarchies()[column.generalise.hierarchy].reader(column)


@dataclass(frozen=True, repr=False)
class Fits:
    """The different cells of a column with how often each is there. A cell is never shown.

    by_machine: the file is no text but of a program that stores numbers as such, so that they come
    with a decimal point.
    """

    counts: Mapping[str, int]
    by_machine: bool = False

    @cached_property
    def decimal(self) -> Decimal | None:
        """What stands before a fraction, where cells show that it is one sign only."""
        comma = self._only(parse_comma, parse_point)
        point = self._only(parse_point, parse_comma)
        if comma and point:
            return None
        if comma:
            return Decimal.COMMA
        return Decimal.POINT if point or self.by_machine else None

    @cached_property
    def date_order(self) -> DateOrder:
        """Which order more of the dates can only be read in; the Dutch one where none says."""
        month_first = self._only(lambda cell: parse_date(cell, month_first=True), parse_date)
        day_first = self._only(parse_date, lambda cell: parse_date(cell, month_first=True))
        return DateOrder.MONTH_FIRST if month_first > day_first else DateOrder.DAY_FIRST

    @cached_property
    def is_boolean(self) -> bool:
        """Whether the cells are two answers that are each other's opposite, such as ja and nee."""
        found = {plain(cell) for cell in self.counts}
        pairs = zip(spellings().is_true, spellings().is_false, strict=True)
        if not any(found == set(pair) for pair in pairs):
            return False
        return not any(map(str.isdigit, found)) or sum(self.counts.values()) >= limits().boolean_cells

    def share(self, generalise: Generalise) -> float:
        """Share of the cells that a hierarchy can read, from 0 to 1, known words for no answer aside."""
        column = Column(role=Role.QUASI_IDENTIFIER, generalise=generalise, date_order=self.date_order)
        read = reader_of(column)
        fit = sum(count for cell, count in self.counts.items() if read(cell) is not None)
        aside = sum(self.counts[cell] for cell in self.unanswered(read))
        return fit / (sum(self.counts.values()) - aside) if fit else 0.0

    def unanswered(self, read: Parser) -> list[str]:
        """The cells that do not fit and are known to say that there is no answer."""
        known = {*map(plain, words().no_answers), *words().no_answer_codes}
        return [cell for cell in self.counts if plain(cell) in known and read(cell) is None]

    def _only(self, fits: Callable[[str], object], not_fits: Callable[[str], object]) -> int:
        return sum(
            count for cell, count in self.counts.items() if fits(cell) is not None and not_fits(cell) is None
        )


def parse_comma(cell: str) -> float | None:
    """The number of a cell with a decimal comma."""
    return parse_number(cell, Decimal.COMMA)


def parse_point(cell: str) -> float | None:
    """The number of a cell with a decimal point."""
    return parse_number(cell, Decimal.POINT)
