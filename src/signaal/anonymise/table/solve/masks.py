"""In which order cells are emptied."""

from collections.abc import Sequence
from itertools import combinations, islice

Mask = tuple[int, ...]
"""Attributes whose cells are emptied, by number."""
MOST_MASKS = 255
"""All sets of eight attributes."""


def masks(costs: Sequence[float]) -> list[Mask]:
    """Sets of attributes to empty, few attributes first, among as many those that cost least information.

    At most ``MOST_MASKS``; emptying everything is always the last of them.
    """
    attributes = range(len(costs))
    some = (
        chosen
        for size in range(1, len(costs))
        for chosen in sorted(combinations(attributes, size), key=lambda mask: sum(costs[a] for a in mask))
    )
    return [*islice(some, MOST_MASKS - 1), tuple(attributes)]
