"""The flow ``ingest``: every file through every stage, a sub-run each, and one report."""

from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import acreate_table_artifact

from signaal.flows.account import account_for, failed
from signaal.flows.guard import guarded_flow, safe_error
from signaal.flows.session import session_of
from signaal.flows.stages import (
    Taken,
    anonymise_batch,
    close_run,
    load_batch,
    open_run,
    read_file,
    validate_batch,
)
from signaal.schemas.errors import SignaalError
from signaal.schemas.report import FileReport, RunReport, State
from signaal.validation.report.withheld import without_withheld_names


@flow(name="ingest", flow_run_name="ingest {run_id}", persist_result=False, validate_parameters=False)
@guarded_flow
async def ingest(run_id: str) -> RunReport:
    """Takes every file of the session through the stages; what is wrong with one does not stop the next.

    Prefect sees the run's id and the labels of files, never a path or a value.
    """
    session = session_of(run_id)
    open_run(run_id)
    files = []
    for label in session.files:
        files.append(await _guarded_file(run_id, label))
        session.on_file(files[-1])
    report = without_withheld_names(
        RunReport(
            run_id=run_id,
            started=session.started,
            ended=datetime.now(UTC),
            engine_version=session.anonymiser.engine_version,
            files=tuple(files),
        )
    )
    close_run(run_id, report)
    await acreate_table_artifact(key="ingest", table=_summary(report))
    return report


@flow(name="file", flow_run_name="file {label}", persist_result=False, validate_parameters=False)
@guarded_flow
async def process_file(run_id: str, label: str) -> FileReport:
    """One file from the inbox to the store, or to the reason why it is not there."""
    taken = read_file(run_id, label)
    if not isinstance(taken, Taken):
        return taken
    clean = anonymise_batch(run_id, label, taken.batch)
    verdict = validate_batch(label, clean)
    size = len(taken.snapshot.content)
    if not verdict.passed:
        return account_for(label, size, clean, verdict, State.HELD)
    changed = load_batch(run_id, label, taken.snapshot, clean)
    return changed or account_for(label, size, clean, verdict, State.LOADED)


def _summary(report: RunReport) -> list[dict[str, str | int]]:
    """What the run's artifact shows: files by where they ended, findings by type."""
    files = {f"files {state}": len(report.in_state(state)) for state in State}
    found = {f"found {entity}": count for entity, count in report.findings.items()}
    return [{"what": what, "how many": count} for what, count in (files | found).items()]


async def _guarded_file(run_id: str, label: str) -> FileReport:
    try:
        return await process_file(run_id, label)
    except SignaalError as error:
        return failed(label, error)
    except Exception as error:
        return failed(label, safe_error(error))
