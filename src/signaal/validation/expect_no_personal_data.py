"""The expectation that no personal data is left in a column, for Great Expectations.

Importing this module imports Great Expectations, which takes seconds.
"""

from typing import ClassVar

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)

from signaal.validation.second_look import current_look

_METRIC = "column_values.hold_no_personal_data"


class ColumnValuesHoldNoPersonalData(ColumnMapMetricProvider):
    """Asks the second look that is lent to this validation about every cell that is not empty."""

    condition_metric_name = _METRIC
    condition_value_keys = ("stand_in",)

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: "pd.Series[str]", stand_in: bool, **_: object) -> "pd.Series[bool]":  # noqa: N805
        return current_look().passes(column, stand_in)


class ExpectColumnValuesToHoldNoPersonalData(ColumnMapExpectation):
    """Expect that nothing in a column points at a person, in any cell of any type.

    A cell fails when it holds

    - a value of the batch's direct identifiers, however it is written (``KnownValues``);
    - a BSN: eight or nine digits, also in groups, that pass the 11-test;
    - an IBAN: of a registered country and length, mod 97 (ISO 13616);
    - an e-mail address, also with ``[at]``;
    - a telephone number that is in use in the Netherlands, or abroad behind its ``+``;
    - a Dutch postcode with its letters.

    With ``stand_in`` the column is one of keyed stand-ins, and a cell fails when it is anything else
    or is a known value. Without a second look that is lent to the validation it cannot run.
    """

    stand_in: bool = False

    map_metric: ClassVar[str | None] = _METRIC
    success_keys: ClassVar[tuple[str, ...]] = ("mostly", "stand_in")
