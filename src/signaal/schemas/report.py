"""What a run did, as the report, the status and the store keep it: counts, ids, hashes."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from signaal.schemas.batch import Misfit
from signaal.schemas.column import Frozen, Role
from signaal.schemas.declaration import Thresholds
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code
from signaal.schemas.risk import DisclosureRisk, Solution
from signaal.schemas.verdict import Outcome


class State(StrEnum):
    """Where a file ended in a run."""

    LOADED = "loaded"
    KNOWN = "known"
    HELD = "held"
    NOT_TAKEN = "not_taken"
    FAILED = "failed"


class FileReport(Frozen):
    """One file in one run. ``label`` stands for its name, which may hold personal data itself.

    ``risk`` and ``solution`` are over the whole source, which had published ``others`` records before.
    ``thresholds`` are those of its declaration, where it has quasi-identifiers. ``repeats`` are its
    repeat groups, under the name of their source.
    ``findings`` counts by type what was found in texts and columns; ``dropped`` names columns that
    nobody declared (masked); ``roles`` counts the declared columns by role; ``problem`` and
    ``message`` say why a file was not taken or failed; ``held_for`` why a batch is held.
    """

    label: str
    state: State
    size: int = 0
    source: str | None = None
    batch_id: str | None = None
    records: int = 0
    signals: int = 0
    findings: dict[Entity, int] = Field(default_factory=dict)
    roles: dict[Role, int] = Field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    masked_share: float | None = None
    risk: DisclosureRisk | None = None
    solution: Solution | None = None
    thresholds: Thresholds | None = None
    misfits: tuple[Misfit, ...] = ()
    unparsed: int = 0
    deferred: int = 0
    others: int = 0
    repeats: tuple["FileReport", ...] = ()
    held_for: tuple[Outcome, ...] = ()
    problem: Code | None = None
    message: str = ""


class RunReport(Frozen):
    """One run: when, with which engine, and what became of every file."""

    run_id: str
    started: datetime
    ended: datetime
    engine_version: str
    files: tuple[FileReport, ...]

    def in_state(self, *states: State) -> tuple[FileReport, ...]:
        """The files that ended in one of these states, in the order of the run."""
        return tuple(file for file in self.files if file.state in states)

    @property
    def findings(self) -> dict[Entity, int]:
        """Findings by type of the batches that were examined in this run, most frequent first."""
        total: dict[Entity, int] = {}
        for part in (part for file in self.files for part in (file, *file.repeats)):
            for entity, count in part.findings.items():
                total[entity] = total.get(entity, 0) + count
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
