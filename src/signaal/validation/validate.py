"""The stage as a whole: an anonymised batch goes in, a verdict comes out."""

import logging
import os
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType

from signaal.schemas.batch import CleanBatch
from signaal.schemas.verdict import Check, Outcome, Verdict
from signaal.validation.facts import facts_of
from signaal.validation.outcomes import outcomes_of
from signaal.validation.risk.disclosure import Measured, measured
from signaal.validation.second_look import SecondLook, looking

NOT_RUN = Verdict(outcomes=(Outcome(check=Check.COULD_RUN, passed=False, failures=1),))


def validate(batch: CleanBatch) -> Verdict:
    """The outcome of every check on a batch, without a value of it. Raises no ``Exception``.

    A check that cannot run has failed, whatever stopped it; what did is not kept, because the message
    of a library's error may quote a cell.
    """
    try:
        return _verdict(batch, None)
    except Exception:  # noqa: S110 - held, on the next line
        pass
    return NOT_RUN


def warm_up() -> None:
    """Imports and sets up what takes seconds the first time; may run in a thread of its own."""
    _expectation_run().context()
    SecondLook(()).finds("06 12345678")


def _verdict(batch: CleanBatch, parent: CleanBatch | None) -> Verdict:
    """The verdict on a batch with its repeat groups; ``parent`` is the batch that it is a group of."""
    look = SecondLook(batch.known)
    table = measured(batch, parent)
    outcomes = _outcomes(batch, look, table)
    repeats = tuple(_verdict(repeat, batch) for repeat in batch.repeats)
    return Verdict(
        outcomes=(*outcomes, *_outcomes_of_repeats(batch, repeats)),
        risk=None if table is None else table.risk,
        repeats=repeats,
    )


def _outcomes(batch: CleanBatch, look: SecondLook, table: Measured | None) -> tuple[Outcome, ...]:
    facts = facts_of(batch, look, table)
    with looking(look):
        evaluated = _expectation_run().run_suite(batch, facts.frame())
    return outcomes_of(evaluated, facts, look.failures, batch.declaration.thresholds)


def _outcomes_of_repeats(batch: CleanBatch, verdicts: tuple[Verdict, ...]) -> Iterator[Outcome]:
    """The outcomes of the repeat groups, with the name of their source before the column."""
    for repeat, verdict in zip(batch.repeats, verdicts, strict=True):
        for outcome in verdict.outcomes:
            names = (repeat.declaration.name, outcome.column)
            yield outcome.model_copy(update={"column": ": ".join(filter(None, names))})


@lru_cache
def _expectation_run() -> ModuleType:
    """The part that needs Great Expectations, imported when it is first used.

    The library is told to send nothing, and to log nothing: its log lines quote exceptions, and those
    may quote cells.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logger = logging.getLogger("great_expectations")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    from signaal.validation import expectation_run

    return expectation_run
