"""The stages as Prefect tasks: each takes one typed value and gives the next."""

from dataclasses import dataclass
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State as TaskState

from signaal.flows.guard import guarded
from signaal.flows.session import Session, session_of
from signaal.intake.identity import batch_id, content_id
from signaal.intake.match import declaration_for
from signaal.intake.parse import parse
from signaal.intake.snapshot import take, unchanged
from signaal.schemas.batch import Batch, CleanBatch, Snapshot
from signaal.schemas.errors import Code, FileNotTakenError
from signaal.schemas.report import FileReport, State
from signaal.schemas.verdict import Verdict
from signaal.store.interface import StoreBusyError
from signaal.validation.validate import validate

MEGABYTE = 1_000_000
WAIT_FOR_STORE = [1.0, 5.0, 20.0]


@dataclass(frozen=True, repr=False)
class Taken:
    """A file that was read: its bytes and its records."""

    snapshot: Snapshot
    batch: Batch


@task(name="read", task_run_name="read {label}", persist_result=False, cache_policy=NO_CACHE)
@guarded
def read_file(run_id: str, label: str) -> Taken | FileReport:
    """The records of a file; or its report, where it is not taken or nothing needs to be done."""
    session = session_of(run_id)
    file = session.files[label]
    try:
        declaration = declaration_for(file, session.declarations)
        snapshot = take(file, session.settings.max_file_mb * MEGABYTE)
        content = content_id(snapshot, declaration, session.keys.keyed)
        batch = batch_id(content, declaration, session.keys.keyed)
        if done := _done_before(session, label, declaration.name, batch, len(snapshot.content)):
            return done
        limit = session.settings.max_text_characters
        return Taken(
            snapshot,
            parse(snapshot, declaration, content_id=content, batch_id=batch, max_text_characters=limit),
        )
    except FileNotTakenError as refusal:
        return not_taken(label, refusal)


@task(name="anonymise", task_run_name="anonymise {label}", persist_result=False, cache_policy=NO_CACHE)
@guarded
def anonymise_batch(run_id: str, label: str, batch: Batch) -> CleanBatch:
    """The batch without its personal data."""
    return session_of(run_id).anonymiser.anonymise(batch)


@task(name="validate", task_run_name="validate {label}", persist_result=False, cache_policy=NO_CACHE)
@guarded
def validate_batch(label: str, batch: CleanBatch) -> Verdict:
    """What validation says of the batch."""
    return validate(batch)


def _store_is_busy(_task: object, _run: object, state: TaskState[Any]) -> bool:
    """A retry helps only while somebody else has the store open."""
    return isinstance(state.data, StoreBusyError) or "StoreBusyError" in str(state.message)


@task(
    name="load",
    task_run_name="load {label}",
    persist_result=False,
    cache_policy=NO_CACHE,
    retries=len(WAIT_FOR_STORE),
    retry_delay_seconds=WAIT_FOR_STORE,
    retry_condition_fn=_store_is_busy,
)
@guarded
def load_batch(run_id: str, label: str, snapshot: Snapshot, batch: CleanBatch) -> FileReport | None:
    """Loads the batch; or the file's report, where it changed since it was read."""
    if not unchanged(snapshot):
        message = f"{label} changed while it was read: nothing of it is loaded, the next run takes it"
        return not_taken(label, FileNotTakenError(Code.CHANGED, message))
    session_of(run_id).store.load(batch)
    return None


def not_taken(label: str, refusal: FileNotTakenError) -> FileReport:
    """The report of a file that is left where it is."""
    return FileReport(label=label, state=State.NOT_TAKEN, problem=refusal.code, message=refusal.message)


def _done_before(session: Session, label: str, source: str, batch: str, size: int) -> FileReport | None:
    """The report of a file that was loaded, or held by this same engine, in an earlier run."""
    if session.store.is_loaded(batch):
        return FileReport(label=label, state=State.KNOWN, size=size, source=source, batch_id=batch)
    return session.store.held_before(batch, session.anonymiser.engine_version)
