"""Short lists of words, as data beside this module."""

import csv
from collections.abc import Iterator
from pathlib import Path


def rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a list, in its order."""
    with (Path(__file__).parent / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def words(file: str, **values: str) -> frozenset[str]:
    """The words of a list in the rows that have these values."""
    wanted = values.items()
    return frozenset(row["word"] for row in rows(file) if wanted <= row.items())
