"""Makes the outcome of each check from the expectations that belong to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from signaal.schemas.declaration import Thresholds
from signaal.schemas.verdict import Check, Outcome
from signaal.validation.disclosure_facts import DisclosureFacts
from signaal.validation.facts import Facts


@dataclass(frozen=True)
class Evaluated:
    """An expectation that was evaluated: to which check it belongs, whether it could run and passed.

    ``column`` is the variable by which the officer knows it, or None for the batch as a whole;
    ``looked_at`` the column of the validated frame.
    """

    check: Check
    column: str | None
    looked_at: str
    could_run: bool
    passed: bool


def outcomes_of(
    evaluated: Iterable[Evaluated], facts: Facts, found: Mapping[str, int], thresholds: Thresholds
) -> tuple[Outcome, ...]:
    """One outcome for each check, of personal data left over one for each column, and ``COULD_RUN``.

    ``found`` counts by column of the frames the cells in which the second look found something. A
    check passes when its expectations do and nothing that failed was counted besides.
    """
    groups: defaultdict[tuple[Check, str | None], list[Evaluated]] = defaultdict(list)
    for one in evaluated:
        groups[one.check, one.column].append(one)
    measures = _measures(facts, thresholds)
    outcomes = [
        _outcome(ran, measures[check] if column is None else _cells(ran, found))
        for (check, column), group in groups.items()
        if (ran := [one for one in group if one.could_run])
    ]
    return (*outcomes, *_could_run([one for group in groups.values() for one in group]))


def _outcome(ran: list[Evaluated], measure: Outcome) -> Outcome:
    passed = all(one.passed for one in ran) and not measure.failures
    return measure.model_copy(update={"passed": passed, "column": ran[0].column or measure.column})


def _measures(facts: Facts, thresholds: Thresholds) -> dict[Check, Outcome]:
    """What each check of the batch as a whole counted or measured, and its limit."""
    measures = (
        _measure(Check.DETECTION_COMPLETE, facts.failed),
        _measure(Check.ONLY_DECLARED_COLUMNS, facts.undeclared),
        _measure(Check.RECORDS_UNIQUE, max(facts.repeated, facts.duplicates)),
        _measure(Check.NO_PERSONAL_DATA_LEFT, facts.headings),
        _measure(Check.VALUES_FIT, facts.misfits + facts.orphans),
        _measure(Check.STILL_AS_COARSE, facts.finer),
        _measure(Check.MASKED_SHARE, 0, facts.masked_share, thresholds.max_masked),
        _measure(Check.TEXT_LEFT, facts.lost),
    )
    return {measure.check: measure for measure in measures} | _of_disclosure(facts.disclosure, thresholds)


def _of_disclosure(facts: DisclosureFacts | None, thresholds: Thresholds) -> dict[Check, Outcome]:
    """The measures of the source's table; the column is the one of which a measure is worst."""
    if facts is None:
        return {}
    measures = {
        Check.NEWCOMERS: _measure(Check.NEWCOMERS, facts.uncounted),
        Check.SUPPRESSION: _measure(Check.SUPPRESSION, 0, facts.suppressed, thresholds.max_suppressed),
        Check.SOLVABLE: _measure(Check.SOLVABLE, facts.unsolved, column=facts.obstacle),
    }
    for check, exposure in facts.exposures.items():
        failures = exposure.records + (facts.uncounted if check is Check.NEWCOMERS else 0)
        measures[check] = _measure(check, failures, exposure.measured, exposure.limit, exposure.column)
    return measures


def _measure(
    check: Check,
    failures: int,
    measured: float | None = None,
    limit: float | None = None,
    column: str | None = None,
) -> Outcome:
    return Outcome(
        check=check, passed=False, failures=failures, measured=measured, limit=limit, column=column
    )


def _cells(ran: list[Evaluated], found: Mapping[str, int]) -> Outcome:
    """The cells of a column, which may stand in more than one frame, that hold personal data."""
    return _measure(ran[0].check, max(found.get(one.looked_at, 0) for one in ran))


def _could_run(evaluated: list[Evaluated]) -> list[Outcome]:
    """What could not be evaluated, by column; or that everything could."""
    columns = [one.column for one in evaluated if not one.could_run]
    if not columns:
        return [Outcome(check=Check.COULD_RUN, passed=bool(evaluated))]
    return [
        Outcome(check=Check.COULD_RUN, passed=False, failures=columns.count(column), column=column)
        for column in dict.fromkeys(columns)
    ]
