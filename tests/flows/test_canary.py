"""Promise 1: raw stays inside. Whatever a run leaves behind is searched for what was planted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.canary import leaks
from support.inboxes import PLANTED, fill, make_workspace

FAILING_RUN = Path(__file__).parent / "failing_run.py"
SIGNAAL = Path(sys.executable).parent / "signaal"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which everything is that the program may write to: workspace, home, temporary files."""
    place = tmp_path_factory.mktemp("canary")
    for part in ("home", "tmp", "work"):
        (place / part).mkdir()
    fill(make_workspace(place / "workspace") / "inbox")
    return place


def run(place: Path, *command: object) -> subprocess.CompletedProcess[bytes]:
    """Runs the program with nowhere else to write to, and no server but its own."""
    spared = ("PREFECT_", "SIGNAAL_", "XDG_")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(spared)}
    places = {
        "HOME": str(place / "home"),
        "TMPDIR": str(place / "tmp"),
        "SIGNAAL_WORKSPACE": str(place / "workspace"),
    }
    return subprocess.run(
        list(map(str, command)),
        cwd=place / "work",
        env=surroundings | places,
        capture_output=True,
        check=False,
    )


def search(place: Path, *outputs: subprocess.CompletedProcess[bytes]) -> list[str]:
    said = [part for output in outputs for part in (output.stdout, output.stderr)]
    return leaks(place, PLANTED, but=[place / "workspace" / "inbox"], also=said)


def test_nothing_planted_is_found_outside_the_inbox(place: Path) -> None:
    first = run(place, SIGNAAL, "ingest")
    second = run(place, SIGNAAL, "ingest")
    assert (first.returncode, second.returncode) == (1, 1), first.stderr.decode()
    assert b"loaded" in first.stdout
    exported = run(place, SIGNAAL, "export")
    assert exported.returncode == 0
    assert (place / "workspace" / "store" / "signaal.duckdb").exists()
    assert (place / "workspace" / "prefect" / "prefect.db").exists()
    assert search(place, first, second, exported) == []


def test_exceptions_full_of_personal_data_leave_nothing_either(place: Path) -> None:
    failed = run(place, sys.executable, FAILING_RUN)
    assert failed.returncode == 3, failed.stderr.decode()
    assert b"failed" in failed.stdout
    assert search(place, failed) == []


def test_detection_leaves_nothing_but_its_output(place: Path) -> None:
    lines = place / "workspace" / "inbox" / "texts.jsonl"
    lines.write_text('{"id": 1, "text": "Zehra Karatepe belde 06-48291735"}\n', encoding="utf-8")
    detected = run(place, SIGNAAL, "detect", lines, place / "out.jsonl")
    lines.unlink()
    assert detected.returncode == 0, detected.stderr.decode()
    assert b"[TELEFOON]" in (place / "out.jsonl").read_bytes()
    assert search(place, detected) == []
