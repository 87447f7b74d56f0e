"""Names of columns that may not be written down, because no check has found them harmless."""

from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Check

WITHHELD = "***"
"""What stands in a report for the name of a column that is withheld."""

EXAMINED = (State.LOADED, State.HELD)
LOOKS_AT_NAMES = (Check.NO_PERSONAL_DATA_LEFT, Check.COULD_RUN)


def without_withheld_names(report: RunReport) -> RunReport:
    """The report with ``WITHHELD`` for dropped columns whose masked name still looks like personal data."""
    return report.model_copy(update={"files": tuple(map(_without, report.files))})


def _without(file: FileReport) -> FileReport:
    if not file.dropped or _are_harmless(file):
        return file
    return file.model_copy(update={"dropped": (WITHHELD,) * len(file.dropped)})


def _are_harmless(file: FileReport) -> bool:
    """Whether validation looked at the names and found nothing.

    An outcome that is about the names of dropped columns is one that names no column itself.
    """
    failed = [outcome for outcome in file.held_for if not outcome.passed]
    if file.state not in EXAMINED or (file.state is State.HELD and not failed):
        return False
    return not any(outcome.check in LOOKS_AT_NAMES and outcome.column is None for outcome in failed)
