"""A workspace with an invented store under given keys, and rotations of it that are killed (as a program).

As a program: each rotation is a fork of this process, killed after a number of calls into our own code.
Prints one JSON line with what was done.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

import pandas as pd

from signaal.anonymise.pseudonyms import Keys
from signaal.flows.key_commands import rotate
from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
from signaal.schemas.entities import Entity
from signaal.store import open_store
from signaal.store.interface import Store

FIRST = b"1" * 32
PEOPLE = ("Jan de Vries", "Fatima el Amrani", "Bos, A.")
SURVEY = Declaration.model_validate(
    {
        "name": "enquete",
        "kind": "survey",
        "files": ["*.csv"],
        "owner": "Onderzoek",
        "purpose": "onderzoek",
        "legal_basis": "toestemming",
        "retention_days": 365,
        "columns": {
            "Nr": {"role": "record_id"},
            "Naam": {"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"},
            "Opmerking": {"role": "free_text"},
        },
    }
)


def store_of(workspace: Path) -> Store:
    return open_store(workspace / "store" / "signaal.duckdb")


def fill(workspace: Path, keys: Keys) -> None:
    """Loads two batches of a survey, as the stages would give them under these keys."""
    for content in ("een", "twee"):
        store_of(workspace).load(of(keys, content))


def of(keys: Keys, content: str) -> CleanBatch:
    """A batch of a survey in which everybody has a pseudonym, in a column and in a text."""
    content_id = keys.short("content", content.encode(), 32)
    ids = [keys.short("record:enquete", f"{content}{person}".encode(), 20) for person in PEOPLE]
    people = [f"PERSOON-{keys.pseudonym(Entity.PERSON, person)}" for person in PEOPLE]
    signals = {
        "signal_id": [keys.short("signal", keys.origin(each).encode(), 20) for each in ids],
        "record_id": ids,
        "variable": "opmerking",
        "text": [f"Ik sprak met [{person}] over het plein." for person in people],
        "letters": 30,
        "masked": 10,
    }
    findings = {
        "record_id": ids,
        "variable": "naam",
        "entity_type": "PERSON",
        "start": pd.Series([None] * len(ids), dtype=object),
        "end": pd.Series([None] * len(ids), dtype=object),
        "score": 1.0,
        "recognizer": "declared role",
    }
    return CleanBatch(
        batch_id=keys.short("batch", f"{keys.origin(content_id)}{SURVEY.version}".encode(), 32),
        content_id=content_id,
        file_id=keys.short("file-name", content.encode(), 10),
        declaration=SURVEY,
        key_id=keys.key_id,
        engine_version="e1",
        records=pd.DataFrame({"record_id": ids, "naam": people}),
        signals=pd.DataFrame(signals),
        findings=pd.DataFrame(findings),
    )


class Calls:
    """Counts calls into our code and into C by it; kills this process at a chosen one.

    What SQL calls for a cell is not counted: how often it does so in this thread is DuckDB's choice.
    """

    def __init__(self, kill_at: int = 0) -> None:
        self.kill_at, self.count = kill_at, 0

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event not in {"call", "c_call"} or "/signaal/" not in code.co_filename:
            return
        if "_Changed." in code.co_qualname or code.co_filename.endswith("keys.py"):
            return
        self.count += 1
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def killed(workspace: Path, at: int, told: Path | None = None) -> bool:
    """Whether a rotation was killed at this call; else it ended, and ``told`` says how many there were."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    try:
        calls = Calls(at)
        sys.setprofile(calls)
        rotate(workspace)
        sys.setprofile(None)
        if told:
            told.write_text(json.dumps(calls.count))
        os._exit(0)
    finally:
        os._exit(70)


def moments_of(calls: int, number: int) -> list[int]:
    """Moments over the whole of a rotation, and as many at its end, where the store is committed."""
    spread = [calls * (place + 1) // (number + 1) for place in range(number)]
    return spread + [calls - 3 * place for place in range(number)]


def main(template: str, runs: str, moments: str) -> None:
    folder, number = Path(runs), int(moments)
    told = folder / "calls.json"
    undisturbed = shutil.copytree(template, folder / "undisturbed")
    assert not killed(undisturbed, 0, told), "the undisturbed rotation was killed"
    calls = json.loads(told.read_text())
    folders = []
    for at in moments_of(calls, number):
        copy = shutil.copytree(template, folder / f"killed-{at}")
        assert killed(copy, at), f"{at} of {calls} calls was not reached"
        folders.append(str(copy))
    print(json.dumps({"calls": calls, "killed": folders}))


if __name__ == "__main__":
    main(*sys.argv[1:])
