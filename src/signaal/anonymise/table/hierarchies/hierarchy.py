"""What a hierarchy is: levels of labels, each coarser than the one before."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from signaal.schemas.column import Column, Frozen, Generalise, Name
from signaal.schemas.errors import ConfigurationError

Reader = Callable[[str], str | None]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Hierarchy(ABC):
    """Labels on levels, the finest level first.

    Levels are nested: what has one label on a level has one label on every coarser level, so that
    going there by way of another level comes to the same (domain generalisation hierarchy, Sweeney 2002).
    A label is made of what the hierarchy knows, never of what a cell says beside that; only
    ``category`` passes cells on.

    ``finest``: the finest level on which it is published, where a declaration does not name one; finer
    levels point at people by themselves, as a date of birth does.
    """

    name: str
    levels: tuple[str, ...]
    finest: str | None = field(default=None, kw_only=True)

    @abstractmethod
    def reader(self, column: Column) -> Reader:
        """What reads a raw cell of this column: its label on level 0, or None where it does not fit."""

    @abstractmethod
    def lift(self, label: str, level: int, to: int) -> str | None:
        """A label of ``level`` on the level ``to``, which is as coarse or coarser.

        Gives None where ``level`` can have no such label, or ``to`` is finer: that cell is to be emptied.
        """

    def fit(
        self,
        counts: Mapping[str, int],
        kept: Collection[str] | None,
        k: int,
    ) -> "Hierarchy":
        """The hierarchy for the values of a source: itself, where it does not depend on them.

        Args:
            counts: how often each label of level 0 is there.
            kept: the labels that were published on the first level that depends on the values; None
                where nothing was.
            k: what fewer records have is rare.
        """
        return self

    def has(self, level: int, to: int) -> bool:
        """Whether both are levels, and the second is no finer."""
        return 0 <= level <= to < len(self.levels)


class Defined(Frozen):
    """What the YAML file of every kind may say beside the kind: the finest level that is published."""

    finest: Name | None = None


@dataclass(frozen=True)
class Calculated(Hierarchy, Generic[Value]):
    """A hierarchy whose labels are worked out, not looked up."""

    @abstractmethod
    def parse(self, label: str) -> Value | None:
        """What a label of any level stands for, or None where it is none."""

    @abstractmethod
    def write(self, value: Value, level: int) -> str | None:
        """The label of a value on a level, or None where it has none."""

    def lift(self, label: str, level: int, to: int) -> str | None:
        """The label on another level, of what this level writes in the very same way."""
        value = self.parse(label) if self.has(level, to) else None
        if value is None or self.write(value, level) != label:
            return None
        return self.write(value, to)


def level_range(hierarchy: Hierarchy, generalise: Generalise) -> range:
    """The places of the levels on which a column may be published, the finest first.

    Raises:
        ConfigurationError: the hierarchy has no such level, or coarsest is finer than finest.
    """
    named = generalise.finest or hierarchy.finest
    finest = 0 if named is None else _place(hierarchy, named)
    last = len(hierarchy.levels) - 1
    coarsest = last if generalise.coarsest is None else _place(hierarchy, generalise.coarsest)
    if coarsest < finest:
        raise ConfigurationError(
            f"level {generalise.coarsest} of hierarchy {hierarchy.name} is finer than {named}: "
            "exchange coarsest and finest"
        )
    return range(finest, coarsest + 1)


def _place(hierarchy: Hierarchy, level: str) -> int:
    if level in hierarchy.levels:
        return hierarchy.levels.index(level)
    known = ", ".join(hierarchy.levels)
    raise ConfigurationError(f"hierarchy {hierarchy.name} has no level {level}: give one of {known}")
