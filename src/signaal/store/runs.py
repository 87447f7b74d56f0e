"""The log of the runs: what became of every file, and when."""

from datetime import UTC, datetime

import duckdb
import pandas as pd

from signaal.schemas.report import FileReport, RunReport, State
from signaal.store.incoming import insert
from signaal.store.interface import RunRow, RunState, StoreCounts
from signaal.store.survey_table import survey_tables
from signaal.store.tables import quoted

_RUN_COLUMNS = "run_id, started, ended, engine_version, state, files, loaded, known, held, not_taken, failed"


def begin_run(
    connection: duckdb.DuckDBPyConnection, run_id: str, started: datetime, engine_version: str
) -> None:
    """Notes a run as running, and every other one that seems to be as interrupted."""
    connection.execute("UPDATE run SET state = ? WHERE state = ?", [RunState.INTERRUPTED, RunState.RUNNING])
    _note(connection, RunRow(run_id, _utc(started), None, engine_version, RunState.RUNNING, 0, 0, 0, 0, 0, 0))


def end_run(connection: duckdb.DuckDBPyConnection, report: RunReport, state: str) -> None:
    """Notes how a run ended, with its files."""
    numbers = [len(report.in_state(of)) for of in State]  # State has the order of RunRow
    started, ended = _utc(report.started), _utc(report.ended)
    row = RunRow(report.run_id, started, ended, report.engine_version, state, len(report.files), *numbers)
    _note(connection, row)
    connection.execute("DELETE FROM run_file WHERE run_id = ?", [report.run_id])
    if report.files:
        insert(connection, "run_file", _file_rows(report))


def held_before(
    connection: duckdb.DuckDBPyConnection, batch_id: str, engine_version: str, others: int
) -> FileReport | None:
    """The last report of a batch, if it was held then by this engine version beside as many others."""
    found = connection.execute(
        """SELECT run_file.state, run.engine_version, run_file.report
        FROM run_file JOIN run USING (run_id) WHERE batch_id = ?
        ORDER BY run.started DESC, run_id DESC, position DESC LIMIT 1""",
        [batch_id],
    ).fetchone()
    if found is None or found[:2] != (State.HELD, engine_version):
        return None
    try:
        report = FileReport.model_validate_json(found[2])
    except ValueError:  # written by a version with other fields: the file is examined again
        return None
    of_source = any(part.thresholds is not None for part in (report, *report.repeats))
    return None if of_source and report.others != others else report


def last_runs(connection: duckdb.DuckDBPyConnection, number: int) -> list[RunRow]:
    """The latest runs, the newest first."""
    found = connection.execute(
        f"SELECT {_RUN_COLUMNS} FROM run ORDER BY started DESC, run_id DESC LIMIT ?",  # noqa: S608 - fixed
        [number],
    )
    return [
        RunRow(run_id, started.replace(tzinfo=UTC), ended and ended.replace(tzinfo=UTC), *rest)
        for run_id, started, ended, *rest in found.fetchall()
    ]


def counts(connection: duckdb.DuckDBPyConnection) -> StoreCounts:
    """How many rows there are."""
    batches, signals, findings, runs = (
        _rows(connection, table) for table in ("batch", "signal", "finding", "run")
    )
    tables = {table: _rows(connection, table) for table in survey_tables(connection)}
    return StoreCounts(batches, signals, findings, runs, tables)


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()  # noqa: S608 - quoted
    return int(found[0]) if found else 0


def _note(connection: duckdb.DuckDBPyConnection, run: RunRow) -> None:
    """Writes the row of a run, in the place of an earlier one."""
    moments = [run.started.replace(tzinfo=None), run.ended and run.ended.replace(tzinfo=None)]
    numbers = [run.files, run.loaded, run.known, run.held, run.not_taken, run.failed]
    connection.execute(
        f"INSERT OR REPLACE INTO run ({_RUN_COLUMNS}) "  # noqa: S608 - fixed
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [run.run_id, *moments, run.engine_version, run.state, *numbers],
    )


def _file_rows(report: RunReport) -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            (file.label, str(file.state), file.source, file.batch_id, file.model_dump_json())
            for file in report.files
        ],
        columns=["label", "state", "source", "batch_id", "report"],
        dtype="string",
    )
    return rows.assign(run_id=report.run_id, position=range(len(rows)))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
