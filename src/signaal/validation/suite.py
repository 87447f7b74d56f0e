"""The Great Expectations suite of a source, built from its declaration.

It has three parts, one for each frame that is validated: the records, the signals with one column
for each variable, and the facts, one row of measures. Every expectation names its ``Check`` in its
``meta``. Importing this module imports Great Expectations, which takes seconds.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import pandas as pd
from great_expectations import ExpectationSuite
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_be_unique import (
    ExpectColumnValuesToBeUnique,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)
from great_expectations.expectations.core.expect_table_columns_to_match_set import (
    ExpectTableColumnsToMatchSet,
)
from great_expectations.expectations.expectation import Expectation

from signaal.schemas.declaration import Declaration, Thresholds
from signaal.schemas.verdict import Check
from signaal.validation.expect_no_personal_data import ExpectColumnValuesToHoldNoPersonalData
from signaal.validation.published import RECORD_ID, SIGNAL_COLUMNS, free_text_variables, published_columns


class Part(StrEnum):
    """A frame of a batch that is validated on its own."""

    RECORDS = "records"
    SIGNALS = "signals"
    FACTS = "facts"


def suite_of(declaration: Declaration, part: Part, frame: pd.DataFrame) -> ExpectationSuite:
    """What is expected of one frame of a batch; an optional column that is not there is let be."""
    match part:
        case Part.RECORDS:
            expectations = _of_records(declaration, frame)
        case Part.SIGNALS:
            expectations = _of_signals(declaration)
        case Part.FACTS:
            expectations = _of_facts(declaration, frame)
    return ExpectationSuite(name=f"{declaration.name}.{part}", expectations=list(expectations))


def signals_by_variable(signals: pd.DataFrame, declaration: Declaration) -> pd.DataFrame:
    """The signals with, instead of ``text``, a column for each declared variable; elsewhere missing."""
    texts = {
        _text_column(variable): signals["text"].where(signals["variable"] == variable)
        for variable in free_text_variables(declaration)
    }
    return signals.drop(columns="text").assign(**texts)


def _of_records(declaration: Declaration, records: pd.DataFrame) -> Iterator[Expectation]:
    columns = [
        column for column in published_columns(declaration) if column.name in records or not column.optional
    ]
    yield _columns_are(column.name for column in columns)
    yield from _own_id(RECORD_ID)
    for column in columns:
        yield _no_personal_data(column.name, column.name, stand_in=column.stand_in)


def _of_signals(declaration: Declaration) -> Iterator[Expectation]:
    variables = free_text_variables(declaration)
    columns = {_text_column(variable): variable for variable in variables}
    yield _columns_are([*(name for name in SIGNAL_COLUMNS if name != "text"), *columns])
    yield ExpectColumnValuesToBeInSet(
        column="variable", value_set=list(variables), meta=_meta(Check.ONLY_DECLARED_COLUMNS)
    )
    yield from _own_id("signal_id")
    yield _no_personal_data("signal_id", "signal_id", stand_in=True)
    yield _no_personal_data(RECORD_ID, RECORD_ID, stand_in=True)
    for column, variable in columns.items():
        yield _no_personal_data(column, variable, stand_in=False)


def _of_facts(declaration: Declaration, facts: pd.DataFrame) -> Iterator[Expectation]:
    limits = declaration.thresholds
    yield _between(Check.DETECTION_COMPLETE, "failed", highest=0)
    yield _between(Check.RECORDS_UNIQUE, "duplicates", highest=0)
    yield _between(Check.RECORDS_UNIQUE, "repeated", highest=0)
    yield _between(Check.ONLY_DECLARED_COLUMNS, "undeclared", highest=0)
    yield _between(Check.NO_PERSONAL_DATA_LEFT, "headings", highest=0)
    yield _between(Check.TEXT_LEFT, "lost", highest=0)
    yield _between(Check.VALUES_FIT, "misfits", highest=0)
    yield _between(Check.VALUES_FIT, "orphans", highest=0)
    yield _between(Check.STILL_AS_COARSE, "finer", highest=0)
    if "suppressed" in facts:
        yield from _of_disclosure(declaration.thresholds, facts)
    if "masked_share" in facts:
        yield _between(Check.MASKED_SHARE, "masked_share", highest=limits.max_masked)


def _of_disclosure(limits: Thresholds, facts: pd.DataFrame) -> Iterator[Expectation]:
    yield _between(Check.K_ANONYMITY, Check.K_ANONYMITY, lowest=limits.k)
    if Check.L_DIVERSITY in facts:
        yield _between(Check.L_DIVERSITY, Check.L_DIVERSITY, lowest=limits.l)
    if Check.T_CLOSENESS in facts:
        yield _between(Check.T_CLOSENESS, Check.T_CLOSENESS, highest=limits.t)
    if Check.NEWCOMERS in facts:
        yield _between(Check.NEWCOMERS, Check.NEWCOMERS, lowest=limits.k)
    yield _between(Check.NEWCOMERS, "uncounted", highest=0)
    yield _between(Check.SUPPRESSION, "suppressed", highest=limits.max_suppressed)
    yield _between(Check.SOLVABLE, "unsolved", highest=0)


def _columns_are(names: Iterable[str]) -> Expectation:
    return ExpectTableColumnsToMatchSet(
        column_set=list(names), exact_match=True, meta=_meta(Check.ONLY_DECLARED_COLUMNS)
    )


def _own_id(column: str) -> Iterator[Expectation]:
    yield ExpectColumnValuesToNotBeNull(column=column, meta=_meta(Check.RECORDS_UNIQUE))
    yield ExpectColumnValuesToBeUnique(column=column, meta=_meta(Check.RECORDS_UNIQUE))


def _between(
    check: Check, fact: str, lowest: float | None = None, highest: float | None = None
) -> Expectation:
    return ExpectColumnValuesToBeBetween(
        column=str(fact), min_value=lowest, max_value=highest, meta=_meta(check)
    )


def _no_personal_data(column: str, shown_as: str, stand_in: bool) -> Expectation:
    meta = _meta(Check.NO_PERSONAL_DATA_LEFT, shown_as)
    return ExpectColumnValuesToHoldNoPersonalData(column=column, stand_in=stand_in, meta=meta)


def _meta(check: Check, column: str | None = None) -> dict[str, str | None]:
    return {"check": check.value, "column": column}


def _text_column(variable: str) -> str:
    return f"text of {variable}"
