"""A survey of many rows through every stage: seconds and peak memory of each.

    python -m benchmarks.large_table [--rows 100000] [--different-answers 2000]

Memory is the peak of the whole process (VmHWM, or ru_maxrss) in MB after each stage, so that a later
number is never lower. Seconds depend on the machine; memory hardly does. The target is 1,500 MB.
"""

import argparse
import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine
from signaal.intake.discover import discover
from signaal.intake.identity import batch_id, content_id
from signaal.intake.parse import parse
from signaal.intake.snapshot import take
from signaal.schemas.declaration import Declaration
from signaal.store import open_store
from signaal.validation.validate import validate, warm_up

T = TypeVar("T")
LIMIT_MB = 1_500
ABOUT = {
    "name": "groot",
    "kind": "survey",
    "files": ["*.csv"],
    "owner": "proef",
    "purpose": "meten",
    "legal_basis": "verzonnen gegevens",
    "retention_days": 1,
}
DECLARATION = {
    **ABOUT,
    "columns": {
        "Nr": {"role": "record_id"},
        "Naam": {"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"},
        "E-mail": {"role": "direct_identifier", "entity": "EMAIL_ADDRESS"},
        "Postcode": {"role": "quasi_identifier", "generalise": "postcode"},
        "Geboortedatum": {"role": "quasi_identifier", "generalise": "birth_date"},
        "Geslacht": {"role": "quasi_identifier", "generalise": "category"},
        **{f"Stelling {number}": {"role": "keep", "type": "number"} for number in range(1, 11)},
        "Toelichting": {"role": "free_text"},
    },
}
HEADINGS = list(Declaration.model_validate(DECLARATION).columns)
WORDS = (
    *("de", "straat", "is", "te", "donker", "en", "er", "mag", "wel", "meer", "groen", "bij"),
    *("want", "ik", "wil", "veilig", "naar", "huis", "lopen", "in", "de", "winter"),
)


def main() -> int:
    """Runs the benchmark; the exit code is 1 where the memory goes over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--different-answers", type=int, default=2_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_survey(Path(folder) / "groot.csv", arguments.rows, arguments.different_answers)
        peak = run(Path(folder))
    print(f"peak {peak:,.0f} MB of {LIMIT_MB:,} MB")
    return int(peak > LIMIT_MB)


def write_survey(path: Path, rows: int, different_answers: int) -> None:
    """An invented survey, the same for the same numbers; a third of its answers is filled."""
    chance = random.Random(rows)  # noqa: S311 - invented data, no secret
    answers = [" ".join(chance.choices(WORDS, k=12)) + f" {number}" for number in range(different_answers)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        for row in range(rows):
            scale = [chance.randint(1, 5) for _ in range(10)]
            born = f"{chance.randint(1, 28)}-{chance.randint(1, 12)}-{chance.randint(1945, 2005)}"
            postcode = f"{chance.choice([30, 31, 32])}{chance.randint(10, 99)} AB"
            answer = chance.choice(answers) if row % 3 == 0 else ""
            name, mail = f"Persoon Nummer{row}", f"p{row}@voorbeeld.nl"
            writer.writerow([row, name, mail, postcode, born, chance.choice("mvx"), *scale, answer])


def run(folder: Path) -> float:
    """Takes the survey through the stages; gives the peak of the process in MB."""
    declaration, keys = Declaration.model_validate(DECLARATION), Keys(bytes(32))
    anonymiser = step("engine", lambda: Anonymiser(TextEngine(), keys))
    step("checks", warm_up)
    (file,) = discover([folder / "groot.csv"], keys.keyed)
    snapshot = step("take", lambda: take(file, 1_000_000_000))
    content = content_id(snapshot, declaration, keys.keyed)
    batch = step(
        "parse",
        lambda: parse(
            snapshot,
            declaration,
            content_id=content,
            batch_id=batch_id(content, declaration, keys.keyed),
            max_text_characters=1_000_000,
        ),
    )
    clean = step("anonymise", lambda: anonymiser.anonymise(batch))
    verdict = step("validate", lambda: validate(clean))
    step("load", lambda: open_store(folder / "store.duckdb").load(clean))
    print(f"{len(clean.records):,} records, {len(clean.signals):,} texts, passed: {verdict.passed}")
    return peak_mb()


def step(name: str, work: Callable[[], T]) -> T:
    """Does one stage and prints what it cost."""
    start = time.perf_counter()
    result = work()
    print(f"{name:10} {time.perf_counter() - start:7.1f} s {peak_mb():8,.0f} MB")
    return result


def peak_mb() -> float:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    sys.exit(main())
