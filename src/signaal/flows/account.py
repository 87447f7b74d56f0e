"""Accounts for a file: the counts that the report, the store's log and Prefect may hold of it."""

from collections import Counter

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Role
from signaal.schemas.entities import Entity
from signaal.schemas.errors import SignaalError
from signaal.schemas.report import FileReport, State
from signaal.schemas.verdict import Verdict


def account_for(label: str, size: int, batch: CleanBatch, verdict: Verdict, state: State) -> FileReport:
    """The report of a file that went through all stages; ``size`` in bytes."""
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
        k_before=batch.k_before,
        k_after=batch.k_after,
        suppressed=batch.suppressed,
        unparsed=batch.unparsed,
        held_for=verdict.reasons,
    )


def failed(label: str, error: SignaalError) -> FileReport:
    """The report of a file that a stage could not deal with."""
    return FileReport(label=label, state=State.FAILED, problem=error.code, message=error.message)


def _roles(batch: CleanBatch) -> dict[Role, int]:
    return dict(Counter(column.role for column in batch.declaration.columns.values()))


def _masked_share(batch: CleanBatch) -> float | None:
    letters = int(batch.signals["letters"].sum())
    return int(batch.signals["masked"].sum()) / letters if letters else None
