"""What validation says of a batch, without a single value of it."""

from enum import StrEnum

from signaal.schemas.column import Frozen
from signaal.schemas.risk import DisclosureRisk


class Check(StrEnum):
    """A check that every batch goes through; its sentences are in the report's words."""

    DETECTION_COMPLETE = "detection_complete"
    NO_PERSONAL_DATA_LEFT = "no_personal_data_left"
    ONLY_DECLARED_COLUMNS = "only_declared_columns"
    RECORDS_UNIQUE = "records_unique"
    VALUES_FIT = "values_fit"
    K_ANONYMITY = "k_anonymity"
    L_DIVERSITY = "l_diversity"
    T_CLOSENESS = "t_closeness"
    NEWCOMERS = "newcomers"
    SUPPRESSION = "suppression"
    SOLVABLE = "solvable"
    STILL_AS_COARSE = "still_as_coarse"
    MASKED_SHARE = "masked_share"
    TEXT_LEFT = "text_left"
    COULD_RUN = "could_run"


class Outcome(Frozen):
    """One check: passed or not, on how much (records or cells), and the measure with its limit."""

    check: Check
    passed: bool
    failures: int = 0
    measured: float | None = None
    limit: float | None = None
    column: str | None = None


class Verdict(Frozen):
    """The outcomes of every check on one batch; one that failed, or could not run, holds it.

    ``risk``: what was measured of its source, None without quasi-identifiers. ``repeats``: the verdicts
    on its repeat groups, in their order. Their outcomes are among ``outcomes`` too, where the name of the
    group's source stands before the column.
    """

    outcomes: tuple[Outcome, ...]
    risk: DisclosureRisk | None = None
    repeats: tuple["Verdict", ...] = ()

    @property
    def passed(self) -> bool:
        """True only where there are outcomes and all of them passed."""
        return bool(self.outcomes) and all(outcome.passed for outcome in self.outcomes)

    @property
    def reasons(self) -> tuple[Outcome, ...]:
        """The outcomes that hold the batch."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)
