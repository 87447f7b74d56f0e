"""What is measured of a source's table before it is judged: how it stands to each threshold."""

from collections.abc import Mapping
from dataclasses import dataclass

from signaal.schemas.batch import CleanBatch
from signaal.schemas.verdict import Check
from signaal.validation.risk.disclosure import Measured
from signaal.validation.risk.exposure import (
    Exposure,
    closeness_of_classes,
    diversity_of_classes,
    exposed_newcomers,
    size_of_classes,
)


@dataclass(frozen=True)
class DisclosureFacts:
    """The measures of a source with quasi-identifiers.

    exposures: by check, only those that apply. newcomers: whether there are any. uncounted: records
    that were not published before and are not counted as newcomers. suppressed: share of the cells
    emptied, from 0 to 1. unsolved: 1 where the thresholds were not met or nobody tried. obstacle: the
    variable that stands in the way.
    """

    exposures: Mapping[Check, Exposure]
    uncounted: int
    suppressed: float
    unsolved: int
    obstacle: str | None

    @property
    def measures(self) -> dict[str, float]:
        """Every number, those of the exposures under the name of their check."""
        return {check.value: exposure.measured for check, exposure in self.exposures.items()} | {
            "uncounted": self.uncounted,
            "suppressed": self.suppressed,
            "unsolved": self.unsolved,
        }


def disclosure_facts(batch: CleanBatch, table: Measured) -> DisclosureFacts:
    """How the table stands to the thresholds of its declaration."""
    limits, solution = batch.declaration.thresholds, batch.solution
    found: dict[Check, Exposure | None] = {
        Check.K_ANONYMITY: size_of_classes(table.after, limits.k),
        Check.L_DIVERSITY: diversity_of_classes(table.after, limits.l),
        Check.T_CLOSENESS: None if limits.t is None else closeness_of_classes(table.after, limits.t),
        Check.NEWCOMERS: (
            None if table.newcomers is None else exposed_newcomers(table.newcomers, limits.k, limits.l)
        ),
    }
    return DisclosureFacts(
        exposures={check: exposure for check, exposure in found.items() if exposure is not None},
        uncounted=_uncounted(batch),
        suppressed=max(table.emptied, solution.suppressed if solution else 0.0),
        unsolved=int(solution is None or solution.obstacle is not None),
        obstacle=solution.obstacle if solution else None,
    )


def _uncounted(batch: CleanBatch) -> int:
    """How many more records are called known than the source had and are not in ``rest``."""
    known = len(batch.newcomer) - int(batch.newcomer.sum())
    return max(0, known - (batch.released - len(batch.rest)))
