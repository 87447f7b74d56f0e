"""Promise 3: nothing lost, nothing twice, whenever the run is killed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.inboxes import fill, make_workspace

SIGNAAL = Path(sys.executable).parent / "signaal"
DRIVER = Path(__file__).parent / "kill_driver.py"
MOMENTS_OF_EACH_KIND = 5


@pytest.fixture(scope="module")
def outcome(prefect_server: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the driver saw of an undisturbed run and of runs killed anywhere and within the store."""
    place = tmp_path_factory.mktemp("kills")
    template = make_workspace(place / "template")
    fill(template / "inbox")
    (place / "runs").mkdir()
    command = [sys.executable, str(DRIVER), str(template), str(place / "runs"), str(MOMENTS_OF_EACH_KIND)]
    done = subprocess.run(
        command, env=os.environ | prefect_server, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_every_run_was_really_killed(outcome: dict[str, Any]) -> None:
    assert len(outcome["runs"]) == 2 * MOMENTS_OF_EACH_KIND
    assert all(run["killed"] for run in outcome["runs"])


def test_the_next_run_ends_as_an_undisturbed_one(outcome: dict[str, Any]) -> None:
    assert [run["again"] for run in outcome["runs"]] == [1] * len(outcome["runs"])


def test_the_store_is_the_same_row_for_row(outcome: dict[str, Any]) -> None:
    assert outcome["rows"] > 50
    assert [run for run in outcome["runs"] if not run["same"]] == []


def test_the_log_says_which_run_was_interrupted(outcome: dict[str, Any]) -> None:
    for run in outcome["runs"]:
        assert run["states"][-1] == "completed"
        assert set(run["states"][:-1]) <= {"interrupted", "completed"}


def test_no_process_is_left_of_a_run_that_was_killed(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    fill(workspace / "inbox")
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    run = subprocess.Popen(
        [SIGNAAL, "ingest", "--workspace", workspace],
        env=alone,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until((workspace / "store" / "signaal.duckdb").exists)
    run.kill()
    run.wait()
    until(lambda: not is_alive(run.pid))


def until(happened: Callable[[], bool], seconds: float = 90) -> None:
    """Waits for something that has to happen."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def is_alive(group: int) -> bool:
    """Whether a process of a group is alive."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
