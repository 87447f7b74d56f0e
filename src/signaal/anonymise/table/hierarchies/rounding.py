"""Numbers that are rounded, on each level to a larger step."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from signaal.anonymise.table.hierarchies.bands import Numbers, Width, check_nested, default_names
from signaal.anonymise.table.hierarchies.hierarchy import Calculated, Reader
from signaal.schemas.column import Column, Name

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,17}")


@dataclass(frozen=True)
class Rounding(Calculated[int]):
    """Numbers rounded to the nearest step, halves up.

    Each level rounds what the one before it made, as levels could not be nested otherwise: 45 is 50
    to tens and so 100 to hundreds.
    """

    numbers: Numbers
    steps: tuple[int, ...]

    def reader(self, column: Column) -> Reader:
        """Reads numbers."""
        return lambda cell: self._read(cell, column)

    def _read(self, cell: str, column: Column) -> str | None:
        number = self.numbers.read(cell, column.decimal)
        # Halves of the finest step are seen in the number itself, before it becomes a whole one.
        return None if number is None else str(int((number / self.steps[0] + 0.5) // 1) * self.steps[0])

    def parse(self, label: str) -> int | None:
        """The number that the label is."""
        return int(label) if _WHOLE_NUMBER.fullmatch(label) else None

    def write(self, value: int, level: int) -> str:
        """The number rounded by each level up to this one."""
        for step in self.steps[: level + 1]:
            value = (2 * value + step) // (2 * step) * step
        return str(value)


class RoundingDefinition(Numbers):
    """``{kind: rounding, steps: [10, 100]}``.

    Raises:
        ValueError: a step is no multiple of the one before it, or there are not as many levels.
    """

    kind: Literal["rounding"]
    steps: Annotated[tuple[Width, ...], Field(min_length=1)]
    levels: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def check_levels(self) -> Self:
        """Levels are nested and each has a name."""
        check_nested(self.steps)
        if self.levels and len(self.levels) != len(self.steps):
            raise ValueError("levels must have a name for each of the steps")
        return self

    def build(self, name: str, folder: Path) -> Rounding:
        """The hierarchy; it needs no other file."""
        numbers = Numbers(units=self.units, lowest=self.lowest, highest=self.highest)
        return Rounding(name, self.levels or default_names("step", self.steps), numbers, self.steps)
