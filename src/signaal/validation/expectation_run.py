"""Runs a suite on the frames of one batch, in memory, and keeps of the results only whether they hold.

Importing this module imports Great Expectations, which takes seconds.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pandas as pd
from great_expectations import ExpectationSuite, get_context
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.pandas_datasource import PandasDatasource

from signaal.schemas.batch import CleanBatch
from signaal.schemas.verdict import Check
from signaal.validation.outcomes import Evaluated
from signaal.validation.suite import Part, signals_by_variable, suite_of


def run_suite(batch: CleanBatch, facts: pd.DataFrame) -> tuple[Evaluated, ...]:
    """Evaluates every expectation of the batch's source.

    Nothing of a value is in what comes back: results say true or false (``BOOLEAN_ONLY``), and the
    exceptions that Great Expectations catches, which may quote cells, are not read.

    Raises:
        RuntimeError: an expectation gave no result.
    """
    frames = {
        Part.RECORDS: batch.records,
        Part.SIGNALS: signals_by_variable(batch.signals, batch.declaration),
        Part.FACTS: facts,
    }
    with _data_source() as source:
        return tuple(
            evaluated
            for part, frame in frames.items()
            for evaluated in _evaluate(source, suite_of(batch.declaration, part, frame), part, frame)
        )


@lru_cache
def context() -> AbstractDataContext:
    """The one context of this process: in memory, no progress bars, no folder for Data Docs."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
    )
    return get_context(mode="ephemeral", project_config=config)


@contextmanager
def _data_source() -> Iterator[PandasDatasource]:
    """A data source for one batch. It holds the frames, and is forgotten with them."""
    name = uuid.uuid4().hex
    try:
        yield context().data_sources.add_pandas(name)
    finally:
        context().delete_datasource(name)


def _evaluate(
    source: PandasDatasource, suite: ExpectationSuite, part: Part, frame: pd.DataFrame
) -> list[Evaluated]:
    asset = source.add_dataframe_asset(part.value)
    batch = asset.add_batch_definition_whole_dataframe(part.value).get_batch({"dataframe": frame})
    results = batch.validate(suite, result_format="BOOLEAN_ONLY").results
    if len(results) != len(suite.expectations):
        raise RuntimeError("an expectation gave no result")
    return [_evaluated(result) for result in results]


def _evaluated(result: ExpectationValidationResult) -> Evaluated:
    configuration = result.expectation_config
    if configuration is None:
        raise RuntimeError("a result without its expectation")
    could_run = (result.exception_info or {}).get("raised_exception") is False
    return Evaluated(
        check=Check(configuration.meta["check"]),
        column=configuration.meta["column"],
        looked_at=configuration.kwargs.get("column", ""),
        could_run=could_run,
        passed=could_run and bool(result.success),
    )
