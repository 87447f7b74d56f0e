"""How easily people can be singled out: what was measured of it, file by file."""

from dataclasses import dataclass

from signaal.schemas.declaration import Thresholds
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Check
from signaal.validation.report.notation import MISSING, count, decimal, percent
from signaal.validation.report.waiting import is_met
from signaal.validation.report.words import Words

MOST_ROWS = 200


@dataclass(frozen=True)
class ClassRow:
    """A file: the smallest class as it came in and as it would be published, and its limit."""

    label: str
    source: str | None
    before: str
    after: str
    suppressed: str
    limit: str
    missed: bool


@dataclass(frozen=True)
class Risk:
    """Files whose smallest class was measured, lowest first; ``more`` were left off."""

    measured: int
    rows: tuple[ClassRow, ...]
    more: int
    default_k: int


def risk(report: RunReport, words: Words) -> Risk:
    """Only k within a batch is measured, so nothing here says more than that."""
    measured = sorted((file for file in report.files if _is_measured(file)), key=_lowest_first)
    rows = tuple(_row(file, words) for file in measured[:MOST_ROWS])
    return Risk(len(measured), rows, max(0, len(measured) - MOST_ROWS), Thresholds().k)


def _is_measured(file: FileReport) -> bool:
    return file.k_before is not None or file.k_after is not None


def _lowest_first(file: FileReport) -> tuple[int, int]:
    """Files that missed their limit come before all others."""
    k = file.k_after if file.k_after is not None else file.k_before
    return (0 if _missed(file) else 1, k or 0)


def _missed(file: FileReport) -> bool:
    return any(outcome.check is Check.K_ANONYMITY and not outcome.passed for outcome in file.held_for)


def _row(file: FileReport, words: Words) -> ClassRow:
    return ClassRow(
        file.label,
        file.source,
        MISSING if file.k_before is None else count(file.k_before),
        MISSING if file.k_after is None else count(file.k_after),
        percent(file.suppressed),
        _limit(file, words),
        _missed(file),
    )


def _limit(file: FileReport, words: Words) -> str:
    """Whether the limit of the source's declaration was met, as far as the run says so."""
    texts = words.page["risk"]
    for outcome in file.held_for:
        if outcome.check is Check.K_ANONYMITY and not outcome.passed:
            if is_met(outcome):
                return texts["disputed"]
            if outcome.limit is None:
                return texts["missed"]
            return texts["missed_limit"].format(limit=decimal(outcome.limit))
    return texts["reached"] if file.state is State.LOADED else MISSING
