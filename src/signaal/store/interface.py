"""What every store can do, whichever database is behind it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from signaal.schemas.batch import CleanBatch, Released
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import SignaalError
from signaal.schemas.report import FileReport, RunReport


class ExportFormat(StrEnum):
    """The kinds of files that an export writes; the value is their ending."""

    CSV = "csv"
    PARQUET = "parquet"


class RunState(StrEnum):
    """Where a run is; one that was killed is found ``running`` by the next, and was interrupted."""

    RUNNING = "running"
    COMPLETED = "completed"
    INTERRUPTED = "interrupted"


class StoreBusyError(SignaalError):
    """Another program has the store open; the same operation may succeed a moment later."""


@dataclass(frozen=True)
class StoreCounts:
    """Numbers of rows; ``tables`` has those of each survey table, also of repeat groups, by its name."""

    batches: int = 0
    signals: int = 0
    findings: int = 0
    runs: int = 0
    tables: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RunRow:
    """One run as the store remembers it: moments in UTC, numbers of files by where they ended.

    A run that is under way, or was interrupted, has no end and no numbers.
    """

    run_id: str
    started: datetime
    ended: datetime | None
    engine_version: str
    state: str
    files: int
    loaded: int
    known: int
    held: int
    not_taken: int
    failed: int


@dataclass(frozen=True, repr=False)
class Rekeying:
    """What a new project key makes of the stand-ins in the store.

    before, after: the ids of the project's keys without and with the new one. digits: an id under the
    new key, of as many hex digits; letters: the twelve consonants of a pseudonym under the new key.
    """

    before: str
    after: str
    digits: Callable[[str], str]
    letters: Callable[[str], str]


class Store(Protocol):
    """Where the signals, the survey rows and the runs are kept.

    Every operation is whole: it happened, or nothing of it did, also when the process is killed.
    Every operation raises ``SignaalError`` (``Code.STORE``) with a sentence that quotes no value, and
    its subclass ``StoreBusyError`` where another program has the store open. Before the first write
    there is nothing: the questions answer with nothing, and make no file.
    """

    def begin_run(self, run_id: str, started: datetime, engine_version: str) -> None:
        """Notes a run that starts; runs that still seem to run were interrupted.

        The caller holds the workspace's lock, so that no other run is alive.
        """

    def end_run(self, report: RunReport, state: str = RunState.COMPLETED) -> None:
        """Notes how a run ended, with a row for each of its files; a second time replaces the first."""

    def is_loaded(self, batch_id: str) -> bool:
        """Whether this batch is in the store, with every column that its declaration publishes."""

    def held_before(self, batch_id: str, engine_version: str, others: int) -> FileReport | None:
        """The last report of a batch, if it was held then, by this engine version; else None.

        A batch with quasi-identifiers is held for what its whole source would be: None as well where
        that had another number of records then than ``others``, those that it has now.
        """

    def source_rows(self, source: str) -> int:
        """How many records of a source with columns are published."""

    def released(self, declaration: Declaration) -> Released:
        """What is published of a source, as a new batch of it must be measured with.

        ``rows`` has, in the order of the table, ``record_id``, in a repeat group ``parent_id``, and the
        columns that will stay when a batch is loaded under this declaration: strings, dates or truth
        values (or None), numbers as floats (or NaN). A column of which older cells do not fit its
        declared type is text. ``levels`` and ``emptied`` also have columns that are no
        quasi-identifiers, or not declared, any more.
        """

    def load(self, batch: CleanBatch) -> None:
        """Puts a batch in the store: rows, texts, findings, codebook and source, or nothing at all.

        A batch that is there already is left as it is. The batch that the same content gave under
        another declaration goes. A record that is there already, by its ``record_id`` within the
        source, is replaced with its texts, its findings and its rows in repeat groups: the batch that
        is loaded last decides. Repeat groups go in with their batch, under its ``batch_id``.

        The store follows the declaration of the batch that is loaded last, for the whole source:
        what it does not publish any more, or treats otherwise than before (a name that was kept and
        now becomes a pseudonym), is emptied in every older batch too. Those batches then count as
        not loaded, so that they are filled again if their declaration comes back.

        The records in ``batch.rest`` become as coarse as that says, and how coarse the source is
        released from now on is remembered, also for columns that are not published any more.

        Raises:
            SignaalError: ids that are double or missing, columns or texts that the declaration does
                not publish, rows of another project's key, a source with quasi-identifiers that is
                not as it was when the batch was measured with it, or a database that fails.
        """

    def key_ids(self) -> frozenset[str]:
        """The ids of the project keys with which the rows were made; none where there are no rows."""

    def rekey(self, change: Rekeying) -> None:
        """Gives every id and pseudonym the form that a new key makes of it, in one transaction.

        The store then is what the same files would give under the new key. The file is written anew
        after that, so that no earlier stand-in is left in its free blocks. In a store that is under
        the new key already nothing but this happens.

        Raises:
            SignaalError: there are rows of another key than ``change.before``, or two pseudonyms would
                become one.
        """

    def counts(self) -> StoreCounts:
        """How many rows there are."""

    def last_runs(self, number: int) -> list[RunRow]:
        """The latest runs, the newest first."""

    def export(self, folder: Path, formats: Collection[ExportFormat]) -> list[Path]:
        """Writes the published tables, one file a table and format, and gives back where they are.

        Those are ``signal``, every survey, ``codebook``, ``source`` and ``batch``, all as they are at
        one moment. Files are readable by their owner alone; an older export is replaced.

        In CSV (RFC 4180, UTF-8) a list has `` | `` between its parts, and a text that a spreadsheet
        would run as a formula gets an apostrophe before it (OWASP, CSV injection); Parquet holds every
        text as it is.
        """
