"""What the store says when it cannot work, and that it quotes nothing."""

import pickle
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from store_samples import batch, contents, rows, survey

from signaal.schemas.errors import Code, SignaalError
from signaal.store import open_store
from signaal.store.interface import ExportFormat, StoreBusyError, StoreCounts
from signaal.store.tables import SCHEMA_VERSION

HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def test_before_the_first_load_there_is_nothing_and_asking_makes_no_file(path: Path) -> None:
    store = open_store(path)
    assert store.counts() == StoreCounts()
    assert not store.is_loaded("b")
    assert store.held_before("b", "e", 0) is None
    assert store.last_runs(5) == []
    assert store.source_rows("buurt") == 0
    assert (released := store.released(survey())).rows.empty
    assert (released.levels, released.emptied, len(released.first_class)) == ({}, {}, 0)
    with pytest.raises(SignaalError, match="no store yet"):
        store.export(path.parent / "out", [ExportFormat.CSV])
    assert not path.parent.exists()


def test_a_store_that_another_program_has_open_is_busy_and_works_afterwards(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        for operation in (lambda: store.load(batch(survey(), "twee", ["r2"])), store.counts):
            with pytest.raises(StoreBusyError, match="open in another program") as caught:
                operation()
            assert caught.value.__context__ is None
            assert isinstance(pickle.loads(pickle.dumps(caught.value)), StoreBusyError)  # noqa: S301
        other.communicate("")
    store.load(batch(survey(), "twee", ["r2"]))
    assert store.counts().batches == 2


def test_a_researcher_who_reads_in_this_process_makes_it_busy_too(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    with duckdb.connect(path, read_only=True), pytest.raises(StoreBusyError):
        store.load(batch(survey(), "twee", ["r2"]))


def test_a_researcher_can_read_between_two_loads_and_reads_nothing_half(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    assert rows(path, "SELECT count(*) FROM survey_buurt") == [(1,)]
    store.load(batch(survey(), "twee", ["r2"]))
    assert rows(path, "SELECT count(*) FROM survey_buurt") == [(2,)]


def test_file_and_folder_are_their_owners_alone(path: Path) -> None:
    open_store(path).begin_run("run", datetime(2026, 1, 1, tzinfo=UTC), "e1")
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_error_of_the_database_loses_its_words_but_not_its_kind(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    clash = batch(survey("wijk"), "een", ["r1"])
    clash = batch(survey("wijk"), "een", ["r1"], signals=clash.signals.assign(signal_id="s buurt r1"))
    before = contents(path)
    with pytest.raises(SignaalError, match="ConstraintException") as caught:
        store.load(clash)
    assert caught.value.code is Code.STORE
    assert "buurt" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert contents(path) == before


@pytest.mark.parametrize("content", [b"", b"Wim Planten, Kerkstraat 1" * 1000])
def test_a_file_that_is_no_database_is_left_as_it_is(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for operation in (open_store(path).counts, lambda: open_store(path).load(batch(survey(), "een", ["r1"]))):
        with pytest.raises(SignaalError, match="put a backup back"):
            operation()
    assert path.read_bytes() == content


def test_another_database_is_not_written_in(path: Path) -> None:
    path.parent.mkdir()
    duckdb.connect(path).execute("CREATE TABLE mine (a INTEGER)").close()
    with pytest.raises(SignaalError, match="no signaal store"):
        open_store(path).load(batch(survey(), "een", ["r1"]))
    assert rows(path, "SELECT table_name FROM duckdb_tables()") == [("mine",)]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [(SCHEMA_VERSION + 1, "newer version of signaal"), (1, "again into a new workspace")],
)
def test_a_store_of_another_version_is_refused(path: Path, version: int, sentence: str) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE schema_version SET version = ?", [version])
    for operation in (store.counts, lambda: store.load(batch(survey(), "twee", ["r2"]))):
        with pytest.raises(SignaalError, match=sentence):
            operation()


def test_a_log_without_its_store_is_not_taken_for_a_new_store(path: Path) -> None:
    path.parent.mkdir()
    path.with_name(f"{path.name}.wal").write_bytes(b"rows that were committed")
    with pytest.raises(SignaalError, match="put a backup back"):
        open_store(path).load(batch(survey(), "een", ["r1"]))
    assert not path.exists()


def test_what_a_killed_process_left_of_a_new_store_is_cleared(path: Path) -> None:
    path.parent.mkdir()
    path.with_name(f".{path.name}.new").write_bytes(b"half a header")
    open_store(path).load(batch(survey(), "een", ["r1"]))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_made_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SignaalError) as caught:
        open_store(tmp_path / "file" / "s.duckdb").load(batch(survey(), "een", ["r1"]))
    assert caught.value.code is Code.STORE
