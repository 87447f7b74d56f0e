"""The log of the runs."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest
from store_samples import batch, rows, survey

from signaal.schemas.declaration import Thresholds
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Check, Outcome
from signaal.store import open_store
from signaal.store.interface import RunRow, StoreCounts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HELD = FileReport(
    label="0123456789.csv",
    state=State.HELD,
    batch_id="b",
    source="buurt",
    held_for=(Outcome(check=Check.K_ANONYMITY, passed=False, measured=2, limit=5),),
)


def report(run_id: str, hour: int, *files: FileReport, engine: str = "e1") -> RunReport:
    started = NOON + timedelta(hours=hour)
    return RunReport(
        run_id=run_id,
        started=started,
        ended=started + timedelta(minutes=1),
        engine_version=engine,
        files=files,
    )


def test_a_run_is_noted_when_it_starts_and_when_it_ends(path: Path) -> None:
    store = open_store(path)
    store.begin_run("one", NOON, "e1")
    assert store.last_runs(5) == [RunRow("one", NOON, None, "e1", "running", 0, 0, 0, 0, 0, 0)]
    files = (HELD, *(FileReport(label=f"{state}.csv", state=state) for state in State))
    store.end_run(report("one", 0, *files))
    ended = NOON + timedelta(minutes=1)
    assert store.last_runs(5) == [RunRow("one", NOON, ended, "e1", "completed", 6, 1, 1, 2, 1, 1)]
    assert rows(path, "SELECT position, label, state, source, batch_id FROM run_file LIMIT 2") == [
        (0, "0123456789.csv", "held", "buurt", "b"),
        (1, "loaded.csv", "loaded", None, None),
    ]


def test_moments_are_kept_in_utc(path: Path) -> None:
    store = open_store(path)
    store.begin_run("one", NOON.astimezone(timezone(timedelta(hours=2))), "e1")
    assert store.last_runs(1)[0].started == NOON
    assert rows(path, "SELECT started FROM run") == [(NOON.replace(tzinfo=None),)]


def test_a_run_that_was_killed_is_interrupted_once_the_next_one_starts(path: Path) -> None:
    store = open_store(path)
    store.begin_run("one", NOON, "e1")
    store.begin_run("two", NOON + timedelta(hours=1), "e1")
    store.end_run(report("two", 1))
    store.begin_run("three", NOON + timedelta(hours=2), "e1")
    assert [(run.run_id, run.state) for run in store.last_runs(5)] == [
        ("three", "running"),
        ("two", "completed"),
        ("one", "interrupted"),
    ]
    assert [run.run_id for run in store.last_runs(1)] == ["three"]


def test_ending_a_run_twice_keeps_the_last_report(path: Path) -> None:
    store = open_store(path)
    store.end_run(report("one", 0, HELD, HELD))
    store.end_run(report("one", 0, HELD), state="failed")
    assert store.last_runs(5)[0].state == "failed"
    assert rows(path, "SELECT count(*) FROM run_file") == [(1,)]


def test_a_held_batch_is_remembered_as_it_was_reported(path: Path) -> None:
    store = open_store(path)
    store.end_run(report("one", 0, HELD))
    store.end_run(report("two", 1, FileReport(label="x.csv", state=State.LOADED, batch_id="other")))
    assert store.held_before("b", "e1", 0) == HELD
    assert store.held_before("other", "e1", 0) is None
    assert store.held_before("b", "e2", 0) is None


@pytest.mark.parametrize(
    ("report_of", "others", "remembered"),
    [
        ({}, 8, True),
        ({"thresholds": Thresholds(), "others": 7}, 7, True),
        ({"thresholds": Thresholds(), "others": 7}, 8, False),
        ({"repeats": (HELD.model_copy(update={"thresholds": Thresholds()}),), "others": 7}, 8, False),
    ],
    ids=["without quasi-identifiers", "nothing changed", "more records", "a repeat group"],
)
def test_a_batch_that_was_measured_with_its_source_is_examined_again_once_that_changed(
    path: Path, report_of: dict[str, object], others: int, remembered: bool
) -> None:
    store = open_store(path)
    store.end_run(report("one", 0, HELD.model_copy(update=report_of)))
    assert (store.held_before("b", "e1", others) is not None) is remembered


def test_only_the_last_report_counts(path: Path) -> None:
    store = open_store(path)
    store.end_run(report("one", 0, HELD))
    store.end_run(report("two", 1, HELD, engine="e2"))
    assert store.held_before("b", "e1", 0) is None
    assert store.held_before("b", "e2", 0) == HELD
    store.end_run(report("three", 2, HELD.model_copy(update={"state": State.LOADED, "held_for": ()})))
    assert store.held_before("b", "e1", 0) is None


def test_a_report_that_this_version_cannot_read_is_as_if_it_was_not_there(path: Path) -> None:
    store = open_store(path)
    store.end_run(report("one", 0, HELD))
    with duckdb.connect(path) as connection:
        connection.execute("""UPDATE run_file SET report = '{"label": "x", "unknown": 1}'""")
    assert store.held_before("b", "e1", 0) is None


def test_the_numbers_of_rows_are_counted_by_table(path: Path) -> None:
    store = open_store(path)
    store.begin_run("one", NOON, "e1")
    store.load(batch(survey(), "een", ["r1", "r2"]))
    store.load(batch(survey("wijk"), "een", ["r1"]))
    assert store.counts() == StoreCounts(2, 3, 3, 1, {"survey_buurt": 2, "survey_wijk": 1})
