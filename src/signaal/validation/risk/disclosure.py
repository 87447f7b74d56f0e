"""The disclosure risk of a source before and after, and of what a batch adds to it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.risk import DisclosureRisk
from signaal.validation.published import quasi_identifiers
from signaal.validation.risk.source_table import attributes, published_state, raw_state, whole_source
from signaal.validation.risk.state import TableState
from signaal.validation.risk.uniqueness import Model, model_for, population_unique


@dataclass(frozen=True, repr=False)
class Measured:
    """What is measured of a source.

    newcomers: the state of the records alone that this batch shows something new of; None where there
        are none. emptied: share of the cells by which somebody may be recognised that is filled in the
        files and empty in what would be published. population: how many people the source is about.
    """

    before: TableState
    after: TableState
    newcomers: TableState | None
    emptied: float
    population: int

    @cached_property
    def risk(self) -> DisclosureRisk:
        """The figures, with by which model uniqueness was estimated in both states."""
        classes = (self.before.classes, self.after.classes)
        model = model_for(self.after.classes.records, self.population)
        before, after = (population_unique(each, self.population, model) for each in classes)
        if before is None or after is None:
            model, before, after = Model.NO_ESTIMATE, *(each.share_alone for each in classes)
        return DisclosureRisk(
            before=self.before.risk(before),
            after=self.after.risk(after),
            newcomers=self.newcomers.classes.smallest if self.newcomers else None,
            population=self.population,
            model=model,
        )


def disclosure_risk(batch: CleanBatch, parent: CleanBatch | None = None) -> DisclosureRisk | None:
    """The risk of a batch's source; None where it has no quasi-identifiers or no records.

    Args:
        batch: a table as it would be published.
        parent: of a repeat group the batch that it belongs to.

    Raises:
        KeyError, TypeError, ValueError: the frames of the batch are not what they should be.
    """
    found = measured(batch, parent)
    return None if found is None else found.risk


def measured(batch: CleanBatch, parent: CleanBatch | None = None) -> Measured | None:
    """What ``disclosure_risk`` is made of, with the states themselves."""
    if not quasi_identifiers(batch.declaration, batch.records) or not len(batch.records) + len(batch.rest):
        return None
    table = whole_source(batch)
    after, before = published_state(batch, table, parent), raw_state(batch)
    if before.classes.records != after.classes.records:
        raise ValueError("the table has other records before than after")
    return Measured(
        before=before,
        after=after,
        newcomers=_newcomers(batch, after),
        emptied=_emptied(batch, table),
        population=_population(batch, len(table)),
    )


def _newcomers(batch: CleanBatch, after: TableState) -> TableState | None:
    newcomer = batch.newcomer.to_numpy(dtype=np.bool_)
    if len(newcomer) != len(batch.records):
        raise ValueError("it is not said of every record whether it is new")
    rows = np.zeros(after.classes.records, dtype=np.bool_)
    rows[: len(newcomer)] = newcomer
    return after.only(rows) if rows.any() else None


def _emptied(batch: CleanBatch, table: pd.DataFrame) -> float:
    names = attributes(batch)
    empty = table[names].isna().to_numpy()
    return float((empty & (batch.before[names] != 0).to_numpy()).mean())


def _population(batch: CleanBatch, records: int) -> int:
    """The declared population, if there are that many; of a repeat group it counts something else."""
    declared = None if batch.declaration.parent else batch.declaration.population
    return max(records, declared or 0)
