"""The store in one DuckDB file, which Python, R and DBeaver open as it is."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path

from signaal.schemas.batch import CleanBatch, Released
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, SignaalError
from signaal.schemas.report import FileReport, RunReport
from signaal.store import exports, loading, runs
from signaal.store.compact import compact
from signaal.store.connection import read, write
from signaal.store.interface import ExportFormat, Rekeying, RunRow, RunState, StoreCounts
from signaal.store.rekey import key_ids, rekey
from signaal.store.released import nothing_released, released
from signaal.store.survey_table import SurveyTable


class DuckDBStore:
    """A ``Store`` in a file with mode 600; its folder, where it is made, has mode 700.

    What was replaced or emptied is out of every table at once; its bytes stay in free blocks of the
    file until DuckDB uses those again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin_run(self, run_id: str, started: datetime, engine_version: str) -> None:
        """Notes a run that starts (see ``Store``)."""
        write(
            self._path,
            partial(runs.begin_run, run_id=run_id, started=started, engine_version=engine_version),
        )

    def end_run(self, report: RunReport, state: str = RunState.COMPLETED) -> None:
        """Notes how a run ended (see ``Store``)."""
        write(self._path, partial(runs.end_run, report=report, state=state))

    def is_loaded(self, batch_id: str) -> bool:
        """Whether this batch is in the store, whole (see ``Store``)."""
        return read(self._path, partial(loading.is_loaded, batch_id=batch_id), nothing=False)

    def held_before(self, batch_id: str, engine_version: str, others: int) -> FileReport | None:
        """The last report of a batch that is held (see ``Store``)."""
        work = partial(runs.held_before, batch_id=batch_id, engine_version=engine_version, others=others)
        return read(self._path, work, nothing=None)

    def source_rows(self, source: str) -> int:
        """How many records of a source are published (see ``Store``)."""
        return read(self._path, lambda connection: SurveyTable(connection, source).rows(), nothing=0)

    def released(self, declaration: Declaration) -> Released:
        """What is published of a source (see ``Store``)."""
        return read(self._path, partial(released, declaration=declaration), nothing=nothing_released())

    def load(self, batch: CleanBatch) -> None:
        """Puts a batch in the store, or nothing of it (see ``Store``)."""
        write(self._path, partial(loading.load, batch=batch))

    def key_ids(self) -> frozenset[str]:
        """The keys with which the rows were made (see ``Store``)."""
        return read(self._path, key_ids, nothing=frozenset())

    def rekey(self, change: Rekeying) -> None:
        """Gives ids and pseudonyms the form that a new key makes of them (see ``Store``)."""
        if self._path.exists():
            write(self._path, partial(rekey, change=change))
            compact(self._path)

    def counts(self) -> StoreCounts:
        """How many rows there are (see ``Store``)."""
        return read(self._path, runs.counts, nothing=StoreCounts())

    def last_runs(self, number: int) -> list[RunRow]:
        """The latest runs (see ``Store``)."""
        return read(self._path, partial(runs.last_runs, number=number), nothing=[])

    def export(self, folder: Path, formats: Collection[ExportFormat]) -> list[Path]:
        """Writes the published tables to files (see ``Store``)."""
        written = read(self._path, partial(exports.export, folder=folder, formats=formats), nothing=None)
        if written is None:
            raise SignaalError(Code.STORE, "there is no store yet: run `signaal ingest` first")
        return written
