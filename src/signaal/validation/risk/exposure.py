"""What of a table falls short of a limit: the worst class, and the records in every class like it."""

from dataclasses import dataclass

import numpy as np

from signaal.validation.risk.state import Chosen, TableState


@dataclass(frozen=True)
class Exposure:
    """A measure that is to be held against its limit.

    measured: in the worst class. records: in all classes that do not meet the limit. column: the
    sensitive column of which that is so, where there is one.
    """

    measured: float
    limit: float
    records: int
    column: str | None = None


def size_of_classes(state: TableState, k: int) -> Exposure:
    """The smallest class, which should have k records."""
    sizes = state.classes.sizes
    return Exposure(state.classes.smallest, k, _records(state, sizes < k))


def diversity_of_classes(state: TableState, fewest: int) -> Exposure | None:
    """The class with the fewest values of a sensitive column, which should have l; None without such."""
    found = [
        Exposure(int(spread.diversity.min()), fewest, _records(state, spread.diversity < fewest), name)
        for name, spread in state.spreads.items()
    ]
    return min(found, key=lambda one: (one.measured, -one.records), default=None)


def closeness_of_classes(state: TableState, most: float) -> Exposure | None:
    """The class whose values of a sensitive column are farthest from those of the source; None without."""
    found = [
        Exposure(float(t.max()), most, _records(state, t > most), name) for name, t in state.closeness.items()
    ]
    return max(found, key=lambda one: (one.measured, one.records), default=None)


def exposed_newcomers(state: TableState, k: int, fewest: int) -> Exposure:
    """The smallest class of newcomers, with all those whose class is too small or has too few values.

    ``column`` has the fewest values, where there are too few.
    """
    exposed = state.classes.sizes < k
    for spread in state.spreads.values():
        exposed = exposed | (spread.diversity < fewest)
    least = diversity_of_classes(state, fewest)
    column = least.column if least and least.measured < fewest else None
    return Exposure(state.classes.smallest, k, _records(state, exposed), column)


def _records(state: TableState, classes: Chosen) -> int:
    return int(np.sum(state.classes.sizes[classes]))
