"""What solving a survey with eight quasi-identifiers costs, from ten thousand rows to a million.

    python -m benchmarks.solver [--rows 10000 100000 1000000]

Each size has a process of its own, since memory is the peak of a process. Seconds are those of the processor,
and the cost of a row is given as a ratio to that of the first size: machines are noisy. The rows are
invented, with common values and rare ones as a population has them.
"""

import argparse
import multiprocessing
import resource
import sys
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaal.anonymise.table.solve import Attribute, Problem, Sensitive, Solved, solve

SIZES = (10_000, 100_000, 1_000_000)
TARGET_SECONDS = 20
TARGET_MB = 1_000
"""Of solving the last size; memory beside that of the rows themselves."""
MAX_SUPPRESSED = 0.05
Cells = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cost:
    """What one size took."""

    rows: int
    seconds: float
    table_mb: float
    peak_mb: float
    lost: float
    emptied: float
    checked: int
    possible: int
    optimal: bool
    obstacle: str | None


def main() -> int:
    """Runs the benchmark; the exit code is 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=list(SIZES))
    sizes = parser.parse_args().rows
    print("      rows  seconds  per row  table MB  solving MB   lost  emptied  combinations")
    costs = [_in_a_process(rows) for rows in sizes]
    for cost in costs:
        print(_line(cost, costs[0]))
    last, first = costs[-1], costs[0]
    growth = (last.seconds / last.rows) / (first.seconds / first.rows)
    print(
        f"cost of a row at {last.rows:,} rows: {growth:.2f} times that at {first.rows:,} (target: at most 1)"
    )
    memory = last.peak_mb - last.table_mb
    return int(growth > 1 or last.seconds > TARGET_SECONDS or memory > TARGET_MB)


def measure(rows: int) -> Cost:
    """Solves so many rows."""
    problem = survey(rows)
    table, start = _peak_mb(), time.process_time()
    solved: Solved = solve(problem)
    seconds = time.process_time() - start
    return Cost(
        rows=rows,
        seconds=seconds,
        table_mb=table,
        peak_mb=_peak_mb(),
        lost=solved.total_lost,
        emptied=float(solved.emptied.mean()),
        checked=solved.checked,
        possible=solved.possible,
        optimal=solved.optimal,
        obstacle=solved.obstacle,
    )


def survey(rows: int, seed: int = 1) -> Problem:
    """A survey of invented people: the same for the same numbers."""
    chance = np.random.default_rng(seed)
    neighbourhood = chance.choice(4_000, size=rows, p=_uneven(chance, 4_000))
    street = neighbourhood * 200 + _skewed(chance, rows, 110, 0.3)
    age_in_days = (np.clip(chance.normal(45, 20, rows), 0, 105) * 365.25).astype(np.int64)
    year, month = age_in_days // 365, age_in_days // 30
    country = _skewed(chance, rows, 200, 2.2)
    education, household = _skewed(chance, rows, 8, 0.5), _skewed(chance, rows, 7, 0.9)
    town = neighbourhood // 12
    work = _skewed(chance, rows, 430, 0.7)
    everybody = np.zeros(rows, dtype=np.int64)
    attributes = (
        _attribute("postcode", street, neighbourhood, neighbourhood // 45, everybody),
        _attribute("birth_date", month, year, year // 5, year // 10, everybody, empty=0.01, chance=chance),
        _attribute("sex", chance.choice(3, size=rows, p=[0.49, 0.5, 0.01]), everybody),
        _attribute("country", country, np.where(country == 0, 0, 1 + country % 6), everybody),
        _attribute("education", education, education // 3, everybody, empty=0.03, chance=chance),
        _attribute("household", household, everybody),
        _attribute("municipality", town, town // 6, town // 30, everybody),
        _attribute("occupation", work, work // 8, work // 40, everybody, empty=0.05, chance=chance),
    )
    income = Sensitive("income", (_skewed(chance, rows, 60, 0.5) + 1).astype(np.int32), True)
    illness = Sensitive("illness", _skewed(chance, rows, 12, 1.3).astype(np.int32), False)
    allowed = int(MAX_SUPPRESSED * rows * len(attributes))
    return Problem(attributes, (income, illness), np.ones(rows, dtype=np.bool_), 5, 2, None, allowed)


def _attribute(
    name: str, *levels: Cells, empty: float = 0.0, chance: np.random.Generator | None = None
) -> Attribute:
    missing = chance.random(len(levels[0])) < empty if chance else np.zeros(len(levels[0]), dtype=np.bool_)
    return Attribute(name, tuple(np.where(missing, 0, level + 1).astype(np.int32) for level in levels))


def _skewed(chance: np.random.Generator, rows: int, values: int, steepness: float) -> Cells:
    """Values of which the first is the most common one (Zipf)."""
    weights = 1 / np.arange(1, values + 1) ** steepness
    return chance.choice(values, size=rows, p=weights / weights.sum())


def _uneven(chance: np.random.Generator, values: int) -> npt.NDArray[np.float64]:
    weights = chance.lognormal(0, 1, values)
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _in_a_process(rows: int) -> Cost:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (rows,))


def _line(cost: Cost, first: Cost) -> str:
    per_row = (cost.seconds / cost.rows) / (first.seconds / first.rows)
    best = "" if cost.optimal else ", not searched whole"
    stuck = f"; {cost.obstacle} stands in the way" if cost.obstacle else ""
    return (
        f"{cost.rows:10,} {cost.seconds:8.1f} {per_row:8.2f} {cost.table_mb:9,.0f}"
        f" {cost.peak_mb - cost.table_mb:11,.0f} {cost.lost:6.2f} {cost.emptied:8.3f}"
        f"  {cost.checked} of {cost.possible:,}{best}{stuck}"
    )


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    sys.exit(main())
