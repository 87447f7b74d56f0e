"""The stage as a whole: an anonymised batch goes in, a verdict comes out."""

import logging
import os
from functools import lru_cache
from types import ModuleType

from signaal.schemas.batch import CleanBatch
from signaal.schemas.verdict import Check, Outcome, Verdict
from signaal.validation.facts import facts_of
from signaal.validation.outcomes import outcomes_of
from signaal.validation.second_look import SecondLook, looking


def validate(batch: CleanBatch) -> Verdict:
    """The outcome of every check on a batch, without a value of it. Raises no ``Exception``.

    A check that cannot run has failed, whatever stopped it; what did is not kept, because the message
    of a library's error may quote a cell.
    """
    try:
        return Verdict(outcomes=_outcomes(batch))
    except Exception:  # noqa: S110 - held, on the next line
        pass
    return Verdict(outcomes=(Outcome(check=Check.COULD_RUN, passed=False, failures=1),))


def warm_up() -> None:
    """Imports and sets up what takes seconds the first time; may run in a thread of its own."""
    _expectation_run().context()
    SecondLook(()).finds("06 12345678")


def _outcomes(batch: CleanBatch) -> tuple[Outcome, ...]:
    look = SecondLook(batch.known)
    facts = facts_of(batch, look)
    with looking(look):
        evaluated = _expectation_run().run_suite(batch, facts.frame())
    return outcomes_of(evaluated, facts, look.failures, batch.declaration.thresholds)


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
