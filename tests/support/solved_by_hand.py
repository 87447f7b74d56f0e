"""What the solver promises, worked out anew from its definitions: one row after the other, without numpy.

Slow, and sharing nothing with the solver but the form of the problem.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import log2

from signaal.anonymise.table.solve import Problem, Sensitive, Solved

Row = tuple[int, ...]


def combinations_of_levels(problem: Problem) -> Iterator[Row]:
    """Every combination of levels."""
    return product(*(range(len(attribute.levels)) for attribute in problem.attributes))


def rows_at(problem: Problem, levels: Sequence[int]) -> list[Row]:
    """The rows at these levels."""
    chosen = zip(problem.attributes, levels, strict=True)
    columns = [attribute.levels[level].tolist() for attribute, level in chosen]
    return list(zip(*columns, strict=True)) if columns else [() for _ in problem.newcomer]


def published(problem: Problem, solved: Solved) -> list[Row]:
    """The rows as they would be published."""
    rows, emptied = rows_at(problem, solved.levels), solved.emptied.tolist()
    return [
        tuple(0 if gone else code for code, gone in zip(row, flags, strict=True))
        for row, flags in zip(rows, emptied, strict=True)
    ]


def failing(problem: Problem, rows: list[Row]) -> set[int]:
    """The rows of a published table that do not meet the thresholds."""
    failed: set[int] = set()
    newcomer = problem.newcomer.tolist()
    for members in _classes(rows).values():
        new = [row for row in members if newcomer[row]]
        if not _enough(problem, members) or not _close(problem, members):
            failed |= set(members)
        if new and not _enough(problem, new):
            failed |= set(new)
    return failed


def must_go(problem: Problem, rows: list[Row], close: bool = True) -> set[int]:
    """The rows that have to be emptied where whole rows are: those that are left pass without them."""
    gone: set[int] = set()
    newcomer = problem.newcomer.tolist()
    for members in _classes(rows).values():
        new = [row for row in members if newcomer[row]]
        old = [row for row in members if not newcomer[row]]
        stay = new if new and _enough(problem, new) else []
        if stay or (old and _enough(problem, old)):
            stay = stay + old
        if close and stay and not _close(problem, stay):
            stay = []
        gone |= set(members) - set(stay)
    return gone


def cells_of(problem: Problem, rows: set[int]) -> int:
    """How many cells of these rows are not empty."""
    columns = [attribute.levels[0].tolist() for attribute in problem.attributes]
    return sum(column[row] != 0 for column in columns for row in rows)


def distance(sensitive: Sensitive, members: Sequence[int]) -> Fraction:
    """How far these rows are from all of them (earth mover's distance)."""
    codes = sensitive.codes.tolist()
    here = [codes[row] for row in members]
    if not sensitive.ordered:
        whole, part = _shares(codes), _shares(here)
        return sum((abs(part[code] - whole[code]) for code in whole), Fraction()) / 2
    filled = [code for code in codes if code]
    here = [code for code in here if code]
    if not here:
        return Fraction(len(filled), len(codes))
    whole, part, values = _shares(filled), _shares(here), sorted(set(filled))
    moved = [abs(sum((part[v] - whole[v] for v in values[: i + 1]), Fraction())) for i in range(len(values))]
    return sum(moved, Fraction()) / (len(values) - 1) if len(values) > 1 else Fraction()


def lost(problem: Problem, place: int, level: int, emptied: Sequence[bool]) -> float:
    """The share of one attribute's information that a level and emptied cells cost (non-uniform entropy)."""
    finest = problem.attributes[place].levels[0].tolist()
    codes = problem.attributes[place].levels[level].tolist()
    fine, coarse = Counter(finest), Counter(codes)
    filled = len(finest) - fine[0]
    spent = everything = 0.0
    for value, code, gone in zip(finest, codes, emptied, strict=True):
        if value:
            spent += log2((filled if gone else coarse[code]) / fine[value])
            everything += log2(filled / fine[value])
    return spent / everything if everything else 0.0


def discernibility(rows: list[Row]) -> float:
    """The mean number of rows that a row cannot be told from; all of them where it is empty."""
    classes = _classes(rows)
    return sum(len(classes[row]) if any(row) else len(rows) for row in rows) / len(rows)


def _classes(rows: list[Row]) -> dict[Row, list[int]]:
    classes: dict[Row, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        classes[row].append(number)
    return classes


def _enough(problem: Problem, members: Sequence[int]) -> bool:
    columns = [column.codes.tolist() for column in problem.sensitive if column.codes.any()]
    diverse = all(len({codes[row] for row in members}) >= problem.l for codes in columns)
    return len(members) >= problem.k and diverse


def _close(problem: Problem, members: Sequence[int]) -> bool:
    columns = [column for column in problem.sensitive if column.codes.any()]
    limit = problem.t
    return limit is None or all(distance(column, members) <= Fraction(limit) for column in columns)


def _shares(codes: Sequence[int]) -> dict[int, Fraction]:
    counts = Counter(codes)
    return defaultdict(Fraction, {code: Fraction(n, len(codes)) for code, n in counts.items()})
