"""Kills runs at chosen moments, starts them again, and compares the stores.

Run by ``test_crash_safety`` in a process of its own: the libraries and the engine are loaded once, and
each run is a fork of this process. A moment is a number of calls into our own code, so that the
moments lie between stages and in the middle of them. Prints one JSON line with what was found.
"""

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from signaal.flows import commands, session
from signaal.flows.environment import prepare
from signaal.flows.workspace import open_workspace
from support.stores import log_states, rows_of

TEMPLATE, RUNS, MOMENTS = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
LOADING = "store"

prepare(open_workspace(TEMPLATE))
import signaal.flows.ingest  # noqa: E402, F401 - loaded before the forks


class Calls:
    """Counts calls into our code, all of them and those of the store; kills at a chosen one."""

    def __init__(self, kill_at: int = 0, only: str = "") -> None:
        self.kill_at, self.only, self.count, self.of_store = kill_at, only, 0, 0

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        if event != "call" or "/signaal/" not in (where := frame.f_code.co_filename):
            return
        in_store = f"/signaal/{LOADING}/" in where
        self.count += 1
        self.of_store += in_store
        if (
            self.kill_at
            and (self.of_store if self.only else self.count) == self.kill_at
            and (not self.only or in_store)
        ):
            os.kill(os.getpid(), signal.SIGKILL)


def in_fork(work: Callable[[], int]) -> int:
    """Does the work in a fork of this process; gives its exit code, or minus the signal that ended it."""
    sys.stdout.flush()
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os._exit(work())
    finally:
        os._exit(70)


def workspace(name: str) -> Path:
    """A new copy of the template."""
    return Path(shutil.copytree(TEMPLATE, RUNS / name))


def run(folder: Path, calls: Calls | None = None, tell: Path | None = None) -> int:
    """One run over the inbox of a workspace, counted where asked for."""
    if calls:
        threading.setprofile(calls)
        sys.setprofile(calls)
    code = int(commands.ingest(folder, []))
    sys.setprofile(None)
    if calls and tell:
        tell.write_text(json.dumps([calls.count, calls.of_store]))
    return code


def main() -> None:
    settings = open_workspace(TEMPLATE)
    keys = session.read_keys(settings)
    anonymiser = session._load_engine(settings, keys, session.load_hierarchies())
    session._load_engine = lambda *_: anonymiser  # type: ignore[assignment]
    told = RUNS / "calls.json"
    undisturbed = workspace("undisturbed")
    assert in_fork(lambda: run(undisturbed, Calls(), told)) == 1, "the undisturbed run did not end well"
    wanted = rows_of(undisturbed)
    calls, of_store = json.loads(told.read_text())
    share = [(number + 1) / (MOMENTS + 1) for number in range(MOMENTS)]
    moments = [(int(calls * part), "") for part in share] + [
        (int(of_store * part), LOADING) for part in share
    ]
    found = [attempt(*moment, wanted) for moment in moments]
    print(
        json.dumps(
            {"calls": calls, "of_store": of_store, "rows": sum(map(len, wanted.values())), "runs": found}
        )
    )


def attempt(at: int, only: str, wanted: dict[str, list[str]]) -> dict[str, object]:
    """Kills a run, starts it again, and says how both ended and whether the store is as it should be."""
    folder = workspace(f"killed-{only or 'anywhere'}-{at}")
    killed = in_fork(lambda: run(folder, Calls(at, only)))
    again = in_fork(lambda: run(folder))
    return {
        "at": at,
        "only": only,
        "killed": killed == -signal.SIGKILL,
        "again": again,
        "same": rows_of(folder) == wanted,
        "states": log_states(folder),
    }


main()
