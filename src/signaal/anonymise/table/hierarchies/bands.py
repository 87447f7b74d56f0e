"""Numbers in bands: of one width, or from bounds that are given."""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from signaal.anonymise.table.hierarchies.hierarchy import Calculated, Defined, Reader
from signaal.anonymise.table.numbers import parse_number
from signaal.schemas.column import Column, Decimal, Name

_LABEL = re.compile(r"(?P<below>onder )?(?P<low>-?[0-9]{1,17})(?P<more>\+)?(?:-(?P<high>-?[0-9]{1,17}))?")
_OR_MORE = r"\s*(?:\+|(?:of|en)\s+(?:meer|ouder|hoger))"
LONGEST_CELL = 60
"""No cell with more characters is a number; it is not searched for one."""
WHOLE = 2**53
"""Beyond it not every whole number is one of its own as a float."""
Width = Annotated[int, Field(ge=1, le=WHOLE)]


class Numbers(Defined):
    """Which cells of a hierarchy of numbers fit.

    units: words behind the number that may be left out, such as jaar. lowest, highest: what is
        beyond them does not fit.
    """

    units: tuple[str, ...] = ()
    lowest: Annotated[int, Field(ge=-WHOLE)] = 0
    highest: Annotated[int, Field(le=WHOLE)] = WHOLE

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """A unit at the end, and a number or more of it."""
        units = f"(?:{'|'.join(map(re.escape, self.units))})"
        unit = re.compile(rf"(?<=[0-9\s]){units}\s*$", re.IGNORECASE)
        return unit, re.compile(rf"\s*([0-9]{{1,15}})\s*{units}?{_OR_MORE}(?:\s*{units})?\s*", re.IGNORECASE)

    def read(self, cell: str, decimal: Decimal | None) -> float | None:
        """The number in a cell, or None where there is none that fits."""
        if len(cell) > LONGEST_CELL or "%" in cell:
            return None
        number = parse_number(self._patterns[0].sub("", cell), decimal)
        return number if number is not None and self.lowest <= number <= self.highest else None

    def read_or_more(self, cell: str) -> int | None:
        """The number in a cell such as ``90+``, ``90 jaar of ouder`` or ``5 of meer``."""
        found = self._patterns[1].fullmatch(cell) if len(cell) <= LONGEST_CELL else None
        return int(found[1]) if found else None


@dataclass(frozen=True)
class Scale:
    """The bands of one level: of a width, or from each of some starts to the next one.

    ``bottom`` and ``top``: what is below the one or from the other on is one group each.
    """

    width: int = 1
    starts: tuple[int, ...] = ()
    bottom: int | None = None
    top: int | None = None

    def write(self, number: int) -> str:
        """The label of the band that a number is in."""
        if self.bottom is not None and number < self.bottom:
            return f"onder {self.bottom}"
        if self.top is not None and number >= self.top:
            return f"{self.top}+"
        low, after = self._bounds(number)
        return str(low) if after - low == 1 else f"{low}-{after - 1}"

    def _bounds(self, number: int) -> tuple[int, int]:
        """Where the band starts, and where the next one does."""
        if self.starts:
            place = bisect_right(self.starts, number)
            return self.starts[place - 1], self.starts[place]
        low = number // self.width * self.width
        after = low + self.width
        low = low if self.bottom is None else max(low, self.bottom)
        return low, after if self.top is None else min(after, self.top)


@dataclass(frozen=True)
class Bands(Calculated[int]):
    """Numbers in bands that are nested."""

    numbers: Numbers
    scales: tuple[Scale, ...]

    def reader(self, column: Column) -> Reader:
        """Reads whole numbers, of a broken one its whole part, and what the highest group is called."""
        return lambda cell: self._read(cell, column.decimal)

    def _read(self, cell: str, decimal: Decimal | None) -> str | None:
        number = self.numbers.read(cell, decimal)
        if number is not None:
            return self.write(math.floor(number), 0)
        at_least = self.numbers.read_or_more(cell)
        if at_least is None or not self.numbers.lowest <= at_least <= self.numbers.highest:
            return None
        return self.scales[0].write(at_least) if at_least >= self._tops[0] else self._open(at_least, 0)

    @property
    def _tops(self) -> tuple[float, ...]:
        return tuple(math.inf if scale.top is None else scale.top for scale in self.scales)

    def _open(self, top: int, level: int) -> str | None:
        """The highest group of a level or a coarser one: what is given no finer stays as coarse as it is."""
        return f"{top}+" if top in self._tops[level:] else None

    def lift(self, label: str, level: int, to: int) -> str | None:
        """The band around another one, or the highest group where it is one of a coarser level."""
        if not label.endswith("+") or not self.has(level, to):
            return super().lift(label, level, to)
        top = self.parse(label)
        if top is None or self._open(top, level) != label:
            return None
        return self._open(top, to) or self.write(top, to)

    def parse(self, label: str) -> int | None:
        """The lowest number within the band that fits."""
        if not (found := _LABEL.fullmatch(label)):
            return None
        low = int(found["low"]) - bool(found["below"])
        # A band may start below what fits: of 15-19 only 18 and 19 do where the lowest is 18.
        return low if found["below"] else max(low, self.numbers.lowest)

    def write(self, value: int, level: int) -> str | None:
        """The band of a number that fits."""
        if not self.numbers.lowest <= value <= self.numbers.highest:
            return None
        return self.scales[level].write(value)


class BandsDefinition(Numbers):
    """``{kind: bands, widths: [5, 10], top: 90}`` or ``{kind: bands, starts: [[0, 18, 25, 65], [0, 18]]}``.

    widths: of the bands of each level. starts: where each band of a level starts; the last one is open.
    bottom, top: of bands with a width; what is below the one or from the other on is one group.
    levels: their names, else ``width_5`` and so on, or ``bands_3`` where there are three starts.

    Raises:
        ValueError: neither or both of widths and starts are given, they are not nested, or there are
            not as many levels.
    """

    kind: Literal["bands"]
    widths: tuple[Width, ...] = ()
    starts: tuple[Annotated[tuple[int, ...], Field(min_length=2)], ...] = ()
    bottom: int | None = None
    top: int | None = None
    levels: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def check_levels(self) -> Self:
        """Levels are nested and each has a name."""
        if bool(self.widths) == bool(self.starts):
            raise ValueError("bands need widths or starts, and not both")
        if self.starts and (self.bottom, self.top) != (None, None):
            raise ValueError(
                "bottom and top go with widths; the first and the last start are those of starts"
            )
        if self.bottom is not None and self.top is not None and self.bottom >= self.top:
            raise ValueError("bottom must be below top")
        check_nested(self.widths)
        for finer, coarser in pairwise(self.starts):
            if not set(coarser) < set(finer):
                raise ValueError("the starts of a level must be some of those of the level before it")
        if any(list(starts) != sorted(set(starts)) for starts in self.starts):
            raise ValueError("the starts of a level must go up")
        if self.levels and len(self.levels) != len(self.widths or self.starts):
            raise ValueError("levels must have a name for each of the levels")
        return self

    def build(self, name: str, folder: Path) -> Bands:
        """The hierarchy; it needs no other file."""
        own = (
            self.levels
            or default_names("width", self.widths)
            or default_names("bands", [len(starts) for starts in self.starts])
        )
        numbers = Numbers(units=self.units, lowest=self.lowest, highest=self.highest)
        return Bands(name, own, numbers, self._scales())

    def _scales(self) -> tuple[Scale, ...]:
        if self.widths:
            return tuple(Scale(width, (), self.bottom, self.top) for width in self.widths)
        return tuple(Scale(1, starts, starts[0], starts[-1]) for starts in self.starts)


def default_names(word: str, numbers: Sequence[int]) -> tuple[str, ...]:
    """Names of levels: the word, and the number of each."""
    return tuple(f"{word}_{number}" for number in numbers)


def check_nested(widths: Sequence[int]) -> None:
    """Whether what is in one band on a level is in one band on the next.

    Raises:
        ValueError: a width is no multiple of the one before it, or no larger.
    """
    if any(wider <= width or wider % width for width, wider in pairwise(widths)):
        raise ValueError(
            "each width or step must be a multiple of the one before it, so that levels are nested"
        )
