"""The stages as Prefect tasks: each takes one typed value and gives the next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

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
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Verdict
from signaal.store.interface import StoreBusyError
from signaal.validation.report import write
from signaal.validation.validate import validate

P = ParamSpec("P")
R = TypeVar("R")
WAIT_FOR_STORE = [1.0, 5.0, 20.0]


@dataclass(frozen=True, repr=False)
class Taken:
    """A file that was read: its bytes and its records."""

    snapshot: Snapshot
    batch: Batch


def _store_is_busy(_task: object, _run: object, state: TaskState[Any]) -> bool:
    """A retry helps only while somebody else has the store open."""
    return isinstance(state.data, StoreBusyError) or "StoreBusyError" in str(state.message)


def stage(name: str, subject: str = "{label}") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a function a task of which Prefect keeps the name, the subject and the state only.

    It is tried again while the store is open in another program, and at nothing else: every other
    failure would come back.
    """

    def make(function: Callable[P, R]) -> Callable[P, R]:
        make_task = task(
            name=name,
            task_run_name=f"{name} {subject}",
            persist_result=False,
            cache_policy=NO_CACHE,
            retries=len(WAIT_FOR_STORE),
            retry_delay_seconds=WAIT_FOR_STORE,
            retry_condition_fn=_store_is_busy,
        )
        return cast(Callable[P, R], make_task(guarded(function)))

    return make


@stage("open", "{run_id}")
def open_run(run_id: str) -> None:
    """Notes in the store that the run has begun."""
    session = session_of(run_id)
    session.store.begin_run(run_id, session.started, session.anonymiser.engine_version)


@stage("close", "{run_id}")
def close_run(run_id: str, report: RunReport) -> None:
    """Notes in the store how the run ended, and writes its report."""
    session = session_of(run_id)
    session.store.end_run(report)
    write(report, session.settings.path(session.settings.reports))


@stage("read")
def read_file(run_id: str, label: str) -> Taken | FileReport:
    """The records of a file; or its report, where it is not taken or nothing needs to be done."""
    session = session_of(run_id)
    file = session.files[label]
    try:
        declaration = declaration_for(file, session.declarations)
        snapshot = take(file, session.settings.max_file_bytes)
        ids = session.keys.hash_of(32)
        content = content_id(snapshot, declaration, ids)
        batch = batch_id(session.keys.origin(content), declaration, ids)
        if done := _done_before(session, label, declaration, batch, len(snapshot.content)):
            return done
        limit = session.settings.max_text_characters
        return Taken(
            snapshot,
            parse(snapshot, declaration, content_id=content, batch_id=batch, max_text_characters=limit),
        )
    except FileNotTakenError as refusal:
        return not_taken(label, refusal)


@stage("anonymise")
def anonymise_batch(run_id: str, label: str, batch: Batch) -> CleanBatch:
    """The batch without its personal data, measured with what its source has published before."""
    session = session_of(run_id)
    declarations = [part.declaration for part in (batch, *batch.repeats) if part.declaration.columns]
    released = {declaration.name: session.store.released(declaration) for declaration in declarations}
    return session.anonymiser.anonymise(batch, released)


@stage("validate")
def validate_batch(label: str, batch: CleanBatch) -> Verdict:
    """What validation says of the batch."""
    return validate(batch)


@stage("load")
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


def _done_before(
    session: Session, label: str, declaration: Declaration, batch: str, size: int
) -> FileReport | None:
    """The report of a file that was loaded, or held by this same engine, in an earlier run."""
    source = declaration.name
    if session.store.is_loaded(batch):
        return FileReport(label=label, state=State.KNOWN, size=size, source=source, batch_id=batch)
    others = session.store.source_rows(source) if declaration.columns else 0
    held = session.store.held_before(batch, session.anonymiser.engine_version, others)
    return held and held.model_copy(update={"label": label})  # the file may have been renamed since
