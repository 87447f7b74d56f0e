"""Names of columns that may not be written down, because no check has found them harmless."""

from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Check, Outcome

WITHHELD = "***"
"""What stands in a report for the name of a column that is withheld."""

EXAMINED = (State.LOADED, State.HELD)
LOOKS_AT_NAMES = (Check.NO_PERSONAL_DATA_LEFT, Check.COULD_RUN)


def without_withheld_names(report: RunReport) -> RunReport:
    """The report with ``WITHHELD`` for dropped columns whose masked name still looks like personal data."""
    return report.model_copy(update={"files": tuple(map(_without, report.files))})


def _without(file: FileReport, whole: FileReport | None = None) -> FileReport:
    """The report of a file, or of a repeat group, without names; ``whole`` is the file as a whole."""
    repeats = tuple(_without(repeat, whole or file) for repeat in file.repeats)
    names = file.dropped if _are_harmless(file, whole or file) else (WITHHELD,) * len(file.dropped)
    return file.model_copy(update={"dropped": names, "repeats": repeats})


def _are_harmless(file: FileReport, whole: FileReport) -> bool:
    """Whether validation looked at the names and found nothing.

    An outcome that is about the names of dropped columns is one that names no column itself.
    """
    if whole.state not in EXAMINED or (whole.state is State.HELD and not _failed(whole)):
        return False
    if any(outcome.check is Check.COULD_RUN and outcome.column is None for outcome in _failed(whole)):
        return False
    return not any(outcome.check in LOOKS_AT_NAMES and outcome.column is None for outcome in _failed(file))


def _failed(file: FileReport) -> list[Outcome]:
    return [outcome for outcome in file.held_for if not outcome.passed]
