"""One quasi-identifier over a whole source, on every level on which it may be published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from signaal.anonymise.table.hierarchies import Hierarchy, level_range
from signaal.schemas.column import Column, Generalise, Role
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import ConfigurationError

Codes = npt.NDArray[np.int32]
Key = tuple[int, str]
"""A label, and the level of the hierarchy that it is on."""


@dataclass(frozen=True, repr=False)
class Keyed:
    """The cells of a column, as places in a list of different keys; -1 for an empty one."""

    places: Codes
    keys: tuple[Key, ...]

    @classmethod
    def of(cls, labels: "pd.Series[Any]", level: int) -> "Keyed":
        """Labels that are all on one level."""
        places, different = pd.factorize(labels.astype(object))
        return cls(places.astype(np.int32), tuple((level, label) for label in different))

    @classmethod
    def joined(cls, parts: Iterable["Keyed"]) -> "Keyed":
        """The cells of several columns, one after another."""
        known: dict[Key, int] = {}
        places = []
        for part in parts:
            moved = [known.setdefault(key, len(known)) for key in part.keys]
            places.append(np.asarray([*moved, -1], dtype=np.int32)[part.places])
        return cls(np.concatenate(places), tuple(known))

    def where(self, other: "Keyed", instead: npt.NDArray[np.bool_]) -> "Keyed":
        """These cells, with those of another column where ``instead`` says so."""
        both = Keyed.joined((self, other))
        half = len(self.places)
        return Keyed(np.where(instead, both.places[half:], both.places[:half]).astype(np.int32), both.keys)


@dataclass(frozen=True, repr=False)
class Leveled:
    """A quasi-identifier: its cells, and the levels between which the solver may choose.

    ``levels`` are places in the hierarchy, the finest first.
    """

    name: str
    hierarchy: Hierarchy
    levels: tuple[int, ...]
    cells: Keyed

    def codes(self, level: int) -> Codes:
        """A code for every cell on a level, equal where the labels are; 0 for an empty cell."""
        known: dict[str, int] = {}
        codes = [
            0 if label is None else known.setdefault(label, len(known) + 1) for label in self._lifted(level)
        ]
        return np.asarray([*codes, 0], dtype=np.int32)[self.cells.places]

    def labels(self, level: int, rows: slice, emptied: npt.NDArray[np.bool_]) -> "pd.Series[Any]":
        """The cells of some rows as they are published on a level."""
        lifted = np.asarray([*self._lifted(level), None], dtype=object)
        return pd.Series(lifted[np.where(emptied, -1, self.cells.places[rows])], dtype=object)

    def raw_codes(self) -> Codes:
        """A code for every cell as it is known, without generalisation; 0 for an empty one."""
        return self.cells.places + np.int32(1)

    def _lifted(self, level: int) -> list[str | None]:
        """The label of every key on a level; None for one that the hierarchy does not know (any more)."""
        # What the coarsest level does not have is empty on every level, so that levels stay nested.
        last = self.levels[-1]
        return [
            self._lift(key, level) if self._lift(key, last) is not None else None for key in self.cells.keys
        ]

    def _lift(self, key: Key, level: int) -> str | None:
        at, label = key
        return self.hierarchy.lift(label, at, max(level, at))


def allowed_levels(hierarchy: Hierarchy, generalise: Generalise, published: int | None) -> tuple[int, ...]:
    """Places of the levels on which a column may be published.

    What was published on a level is never published on a finer one, also where the declaration would
    allow that now.
    """
    declared = level_range(hierarchy, generalise)
    if published is None:
        return tuple(declared)
    return tuple(range(max(declared.start, published), max(declared.stop, published + 1)))


def check_declared(declaration: Declaration, hierarchies: Mapping[str, Hierarchy]) -> None:
    """Whether every hierarchy and level that a declaration names is there.

    Raises:
        ConfigurationError: one is not; the sentence names the source and the column.
    """
    tables = [declaration.columns, *(repeat.columns for repeat in declaration.repeats.values())]
    for heading, column in (item for columns in tables for item in columns.items()):
        if column.generalise is None:
            continue
        hierarchy = hierarchies.get(column.generalise.hierarchy)
        if hierarchy is None:
            known = ", ".join(sorted(hierarchies))
            raise ConfigurationError(
                f"{declaration.name}.yaml: there is no hierarchy {column.generalise.hierarchy}, which column "
                f'"{heading}" asks for; give one of {known}, or put it in sources/hierarchies'
            )
        level_range(hierarchy, column.generalise)


def published_level(hierarchy: Hierarchy, released: tuple[str, str] | None) -> int | None:
    """The place of the level on which a column was published with this hierarchy, else None."""
    if released is None or released[0] != hierarchy.name or released[1] not in hierarchy.levels:
        return None
    return hierarchy.levels.index(released[1])


def gets_finer(
    column: Column | None, hierarchies: Mapping[str, Hierarchy], released: tuple[str, str]
) -> bool:
    """Whether a column would be published by another hierarchy than before, or as it came.

    What two hierarchies make of a value can be finer together than each of them, and a column that is
    published as it came is finer than any.
    """
    if column is None or column.role not in {Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.KEEP}:
        return False
    if column.generalise is None:
        return True
    return published_level(hierarchies[column.generalise.hierarchy], released) is None
