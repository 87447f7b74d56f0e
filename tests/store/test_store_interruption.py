"""A load that is cut off leaves all or nothing, and the next one ends where it would have ended."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import store_samples
from store_samples import CutOff, contents, loads

from signaal.schemas.batch import CleanBatch
from signaal.schemas.errors import SignaalError
from signaal.store import open_store

Tables = dict[str, list[tuple[object, ...]]]
# Statements of the three loads: 12 closes the new file, 69, 128 and 189 commit, 70 closes a loaded one,
# 94 removes rows of a repeat group, 105 makes older rows coarser, 153 drops a column.
KILL_POINTS = (
    "before-5",
    "before-12",
    "after-12",
    "before-47",
    "before-69",
    "during-69",
    "after-69",
    "after-70",
    "after-94",
    "before-106",
    "during-128",
    "after-128",
    "after-153",
    "before-188",
    "during-189",
    "after-189",
)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[Tables]:
    """The store after each load, as it should be."""
    store = open_store(path := tmp_path_factory.mktemp("undisturbed") / "s.duckdb")
    states = []
    for each in loads(path):
        store.load(each)
        states.append(contents(path))
    return states


def test_a_load_that_fails_at_any_statement_leaves_nothing_and_can_be_repeated(
    path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: list[Tables]
) -> None:
    for each, state in zip(loads(path), undisturbed, strict=True):
        if state == undisturbed[-1]:
            assert fail_everywhere(monkeypatch, path, each) > 40
        else:
            open_store(path).load(each)
    assert contents(path) == undisturbed[-1]


def fail_everywhere(monkeypatch: pytest.MonkeyPatch, path: Path, each: CleanBatch) -> int:
    """Lets each statement of a load fail in its turn, the last one behind the commit; how many there are."""
    before = contents(path)
    for at in range(1, 200):
        with monkeypatch.context() as patch:
            patch.setattr(duckdb, "connect", CutOff(at, fail).connect)
            with pytest.raises(SignaalError) as caught:
                open_store(path).load(each)
        assert "Planten" not in repr(caught.value)
        assert caught.value.__context__ is None
        if contents(path) != before:
            open_store(path).load(each)
            return at
    raise AssertionError("the load never went through")


def fail() -> None:
    """What DuckDB may say, with a value in it."""
    raise duckdb.IOException("IO Error: something with Wim Planten")


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what was left of the store at each kill point."""
    folder = tmp_path_factory.mktemp("killed")
    subprocess.run([sys.executable, store_samples.__file__, str(folder), *KILL_POINTS], check=True)
    return folder


@pytest.mark.parametrize("point", KILL_POINTS)
def test_a_process_killed_while_it_loads_leaves_all_or_nothing_and_the_next_completes(
    killed: Path, undisturbed: list[Tables], point: str
) -> None:
    path = killed / point / "s.duckdb"
    assert {oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()} == {"0o600"}
    found = contents(path) if path.exists() else {}
    done = undisturbed.index(found) + 1 if found.get("batch") else 0
    for place, each in enumerate(loads(path)):
        if place >= done:
            open_store(path).load(each)
    assert contents(path) == undisturbed[-1]
    assert {file.name for file in path.parent.iterdir()} <= {path.name, f"{path.name}.wal"}
