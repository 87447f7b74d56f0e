"""Promise 3: nothing lost, nothing twice, whenever the run is killed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.inboxes import fill, make_workspace

DRIVER = Path(__file__).parent / "kill_driver.py"
MOMENTS_OF_EACH_KIND = 6


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
