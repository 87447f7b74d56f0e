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
# Statements of the three loads: 10 closes the new file, 37, 61 and 92 commit, 38 closes a loaded one.
KILL_POINTS = (
    "before-5",
    "before-10",
    "after-10",
    "before-28",
    "before-37",
    "during-37",
    "after-37",
    "after-38",
    "during-61",
    "after-61",
    "after-76",
    "before-88",
    "during-92",
    "after-92",
)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[Tables]:
    """The store after each load, as it should be."""
    store = open_store(path := tmp_path_factory.mktemp("undisturbed") / "s.duckdb")
    states = []
    for each in loads():
        store.load(each)
        states.append(contents(path))
    return states


def test_a_load_that_fails_at_any_statement_leaves_nothing_and_can_be_repeated(
    path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: list[Tables]
) -> None:
    first, second, last = loads()
    open_store(path).load(first)
    open_store(path).load(second)
    assert fail_everywhere(monkeypatch, path, last) > 20
    assert contents(path) == undisturbed[-1]


def fail_everywhere(monkeypatch: pytest.MonkeyPatch, path: Path, each: CleanBatch) -> int:
    """Lets each statement of a load fail in its turn, the last one behind the commit; how many there are."""
    before = contents(path)
    for at in range(1, 100):
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
    for each in loads()[done:]:
        open_store(path).load(each)
    assert contents(path) == undisturbed[-1]
    assert {file.name for file in path.parent.iterdir()} <= {path.name, f"{path.name}.wal"}
