"""A large survey of quasi-identifiers alone, solved and written: seconds, memory, cost per row.

    python -m benchmarks.survey_table [--rows 1000000]

Each size runs in a process of its own, so that its peak of memory is its own. The cost per row at the
largest size is compared with that at 10,000 rows in the same run. Targets, for 1,000,000 rows with
8 quasi-identifiers on two cores: solved and written (what ``anonymise`` and ``load`` do) in 60 s and
2,000 MB, and a cost per row no higher than at 10,000 rows.
"""

import argparse
import csv
import itertools
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from benchmarks.large_table import ABOUT, peak_mb
from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine
from signaal.intake.discover import discover
from signaal.intake.identity import batch_id, content_id
from signaal.intake.parse import parse
from signaal.intake.snapshot import take
from signaal.schemas.batch import Batch
from signaal.schemas.declaration import Declaration
from signaal.store import open_store
from signaal.validation.validate import validate, warm_up

T = TypeVar("T")
SMALL = 10_000
MOST_SECONDS, MOST_MB = 60, 2_000
MEASURED = ("anonymise", "load")
DECLARATION = {
    **ABOUT,
    "columns": {
        "Nr": {"role": "record_id"},
        "Postcode": {"role": "quasi_identifier", "generalise": "postcode"},
        "Geboortedatum": {"role": "quasi_identifier", "generalise": "birth_date"},
        "Geslacht": {"role": "quasi_identifier", "generalise": "category"},
        "Geboorteland": {"role": "quasi_identifier", "generalise": "country"},
        "Opleiding": {"role": "quasi_identifier", "generalise": "education"},
        "Huishouden": {"role": "quasi_identifier", "generalise": "household"},
        "Inkomen": {"role": "quasi_identifier", "generalise": "amount"},
        "Ingevuld op": {"role": "quasi_identifier", "generalise": "date"},
        "Gezondheid": {"role": "sensitive"},
        "Schuld": {"role": "sensitive", "type": "number", "decimal": "comma"},
        "Cijfer": {"role": "keep", "type": "number"},
    },
}
COUNTRIES = ("Nederland", "Marokko", "Turkije", "Suriname", "Polen", "Syrië", "Duitsland", "Ghana", "Peru")
SHARES = (80, 5, 5, 4, 2, 2, 1, 0.7, 0.3)


@dataclass
class Cost:
    """Seconds by stage, and the peak of memory in MB."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak: float = 0.0

    @property
    def measured(self) -> float:
        """Seconds that solving and writing took."""
        return sum(self.seconds[stage] for stage in MEASURED)


def main() -> int:
    """Runs the benchmark; the exit code is 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--alone", action="store_true", help="this size only, in this process")
    arguments = parser.parse_args()
    if arguments.alone:
        show(run(arguments.rows))
        return 0
    small, large = (apart(rows) for rows in (SMALL, arguments.rows))
    ratio = (large.measured / arguments.rows) / (small.measured / SMALL)
    print(
        f"solved and written: {large.measured:.1f} s of {MOST_SECONDS}, {large.peak:,.0f} MB of {MOST_MB:,}"
    )
    print(f"cost per row at {arguments.rows:,} rows is {ratio:.2f} of that at {SMALL:,}")
    return int(large.measured > MOST_SECONDS or large.peak > MOST_MB or ratio > 1)


def apart(rows: int) -> Cost:
    """One size in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.survey_table", "--alone", "--rows", str(rows)]
    print(f"== {rows:,} rows")
    cost = Cost()
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():  # noqa: S603
        print(line)
        stage, seconds, *_ = line.split()
        if stage == "peak":
            cost.peak = float(seconds)
        elif stage != "outcome":
            cost.seconds[stage] = float(seconds)
    return cost


def run(rows: int) -> Cost:
    """An invented survey of so many rows through the stages."""
    declaration, keys = Declaration.model_validate(DECLARATION), Keys(bytes(32))
    anonymiser = Anonymiser(TextEngine(), keys)
    warm_up()
    cost = Cost()
    with tempfile.TemporaryDirectory() as folder:
        write_survey(Path(folder) / "groot.csv", rows)
        batch = timed(cost, "parse", lambda: read(Path(folder) / "groot.csv", declaration, keys))
        clean = timed(cost, "anonymise", lambda: anonymiser.anonymise(batch))
        verdict = timed(cost, "validate", lambda: validate(clean))
        timed(cost, "load", lambda: open_store(Path(folder) / "store.duckdb").load(clean))
    cost.peak = peak_mb()
    if clean.solution is None:
        raise RuntimeError("a survey without quasi-identifiers")
    levels = " ".join(f"{column.variable}={column.name}" for column in clean.solution.columns)
    found = f"passed={verdict.passed} optimal={clean.solution.optimal} checked={clean.solution.checked}"
    print(f"outcome {found} lost={clean.solution.lost:.2f} emptied={clean.solution.suppressed:.3f} {levels}")
    return cost


def show(cost: Cost) -> None:
    """Prints what a run cost, a line a stage."""
    for stage, seconds in cost.seconds.items():
        print(f"{stage} {seconds:.2f}")
    print(f"peak {cost.peak:.0f}")


def read(path: Path, declaration: Declaration, keys: Keys) -> Batch:
    """The file as a batch."""
    (file,) = discover([path], keys.keyed)
    snapshot = take(file, 1_000_000_000)
    content = content_id(snapshot, declaration, keys.keyed)
    batch = batch_id(content, declaration, keys.keyed)
    return parse(snapshot, declaration, content_id=content, batch_id=batch, max_text_characters=1_000_000)


def timed(cost: Cost, stage: str, work: Callable[[], T]) -> T:
    """Does one stage and notes what it took."""
    start = time.perf_counter()
    result = work()
    cost.seconds[stage] = time.perf_counter() - start
    return result


def write_survey(path: Path, rows: int) -> None:
    """An invented survey, the same for the same number of rows; skewed as people are."""
    chance = random.Random(rows)  # noqa: S311 - invented data, no secret
    countries = list(itertools.accumulate(SHARES))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(Declaration.model_validate(DECLARATION).columns)
        for number in range(rows):
            writer.writerow(respondent(number, chance, countries))


def respondent(number: int, chance: random.Random, countries: list[float]) -> list[object]:
    """One invented respondent."""
    born = 1960 + int(40 * chance.betavariate(2, 1.6))
    return [
        number,
        f"{2000 + int(2500 * chance.betavariate(1.2, 2))} {chance.choice('ABCDE')}{chance.choice('ABCDE')}",
        f"{chance.randint(1, 28)}-{chance.randint(1, 12)}-{born}",
        chance.choices("vmx", (50, 49, 1))[0],
        chance.choices(COUNTRIES, cum_weights=countries)[0],
        chance.choices(("vmbo", "havo", "mbo", "hbo", "wo"), (25, 10, 35, 20, 10))[0],
        chance.choices(range(1, 8), (38, 32, 12, 11, 4, 2, 1))[0],
        int(chance.lognormvariate(10.1, 0.12)),
        f"{chance.randint(1, 28)}-{chance.randint(1, 6)}-2026",
        chance.choices(("goed", "redelijk", "matig", "slecht"), (50, 30, 15, 5))[0],
        f"{chance.choice([0, 0, 0, chance.randint(1, 40)]) * 250},00",
        chance.randint(1, 10),
    ]


if __name__ == "__main__":
    sys.exit(main())
