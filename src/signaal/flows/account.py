"""Accounts for a file: the counts that the report, the store's log and Prefect may hold of it."""

from collections import Counter

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import Role
from signaal.schemas.entities import Entity
from signaal.schemas.errors import SignaalError
from signaal.schemas.report import FileReport, State
from signaal.schemas.verdict import Verdict


def account_for(label: str, size: int, batch: CleanBatch, verdict: Verdict, state: State) -> FileReport:
    """The report of a file that went through all stages; ``size`` in bytes, 0 for a part of a file."""
    return FileReport(
        label=label,
        state=state,
        size=size,
        source=batch.declaration.name,
        batch_id=batch.batch_id,
        records=len(batch.records),
        signals=len(batch.signals),
        findings={
            Entity(name): count for name, count in sorted(Counter(batch.findings["entity_type"]).items())
        },
        roles=_roles(batch),
        dropped=batch.dropped,
        masked_share=_masked_share(batch),
        risk=verdict.risk,
        solution=batch.solution,
        thresholds=batch.declaration.thresholds if batch.solution or verdict.risk else None,
        misfits=batch.misfits,
        unparsed=batch.unparsed,
        deferred=batch.deferred,
        others=batch.released,
        repeats=_repeats(label, batch, verdict, state),
        held_for=verdict.reasons,
    )


def _repeats(label: str, batch: CleanBatch, verdict: Verdict, state: State) -> tuple[FileReport, ...]:
    """The repeat groups of a file; they go where the file goes."""
    verdicts = verdict.repeats or (Verdict(outcomes=()),) * len(batch.repeats)
    pairs = zip(batch.repeats, verdicts, strict=True)
    return tuple(account_for(label, 0, repeat, each, state) for repeat, each in pairs)


def failed(label: str, error: SignaalError) -> FileReport:
    """The report of a file that a stage could not deal with."""
    return FileReport(label=label, state=State.FAILED, problem=error.code, message=error.message)


def _roles(batch: CleanBatch) -> dict[Role, int]:
    return dict(Counter(column.role for column in batch.declaration.columns.values()))


def _masked_share(batch: CleanBatch) -> float | None:
    letters = int(batch.signals["letters"].sum())
    return int(batch.signals["masked"].sum()) / letters if letters else None
