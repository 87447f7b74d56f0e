"""What is measured of a batch before it is judged: counts and shares, without a value of it."""

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import variable_name
from signaal.validation.disclosure_facts import DisclosureFacts, disclosure_facts
from signaal.validation.published import (
    FINDING_COLUMNS,
    RECORD_ID,
    SIGNAL_COLUMNS,
    free_text_variables,
    published_columns,
)
from signaal.validation.risk.disclosure import Measured
from signaal.validation.second_look import SecondLook
from signaal.validation.shapes import shapes


@dataclass(frozen=True)
class Facts:
    """The measures of one batch; what does not apply is None.

    failed: records whose detection failed. duplicates: as counted when the batch was made.
    repeated: rows of records and signals without an id of their own. undeclared: columns too many or
    too few, and variables that are not declared. headings: dropped columns whose masked name still
    holds personal data. misfits: cells that do not fit their column. orphans: rows of a repeat group
    without a record. finer: variables that would be published finer than before. masked_share: from
    0 to 1. lost: texts without content. disclosure: what is measured of the source's table.
    """

    failed: int
    duplicates: int
    repeated: int
    undeclared: int
    headings: int
    misfits: int
    orphans: int
    finer: int
    masked_share: float | None
    lost: int
    disclosure: DisclosureFacts | None

    def frame(self) -> pd.DataFrame:
        """One row with every measure that applies; those of the table's classes under their check.

        Raises:
            ValueError: a measure is no number, which a comparison would let through.
        """
        fields = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        disclosure: DisclosureFacts | None = fields.pop("disclosure")
        fields |= {} if disclosure is None else disclosure.measures
        measures = {name: value for name, value in fields.items() if value is not None}
        if not all(map(math.isfinite, measures.values())):
            raise ValueError("a measure is no number")
        return pd.DataFrame([measures])


def facts_of(batch: CleanBatch, look: SecondLook, table: Measured | None) -> Facts:
    """Measures a batch anew; only what cannot be seen in it is taken on trust.

    Args:
        batch: what would be published.
        look: the second look of the batch.
        table: what was measured of its source's table.

    Raises:
        KeyError: a frame lacks a column that it always has.
    """
    return Facts(
        failed=batch.failed,
        duplicates=batch.duplicates,
        repeated=_repeated(batch.records[RECORD_ID]) + _repeated(batch.signals["signal_id"]),
        undeclared=_undeclared(batch),
        headings=sum(map(look.finds, batch.dropped)),
        misfits=sum(misfit.cells for misfit in batch.misfits),
        orphans=batch.orphans,
        finer=len(batch.finer),
        masked_share=_masked_share(batch.signals),
        lost=_lost(batch),
        disclosure=None if table is None else disclosure_facts(batch, table),
    )


def _repeated(ids: "pd.Series[str]") -> int:
    return int((ids.isna() | ids.duplicated(keep=False)).sum())


def _undeclared(batch: CleanBatch) -> int:
    declaration = batch.declaration
    published = published_columns(declaration)
    variables = {*free_text_variables(declaration), *map(variable_name, declaration.columns)}
    optional = frozenset(column.name for column in published if column.optional)
    return (
        _difference(batch.records, [column.name for column in published], optional)
        + _difference(batch.signals, SIGNAL_COLUMNS)
        + _difference(batch.findings, FINDING_COLUMNS)
        + int((~batch.signals["variable"].isin(free_text_variables(declaration))).sum())
        + int((~batch.findings["variable"].isin(variables)).sum())
    )


def _difference(frame: pd.DataFrame, names: Iterable[str], optional: frozenset[str] = frozenset()) -> int:
    """Columns too many, counting one that comes twice, and columns too few."""
    there, expected = Counter(map(str, frame.columns)), Counter(names)
    missing = [name for name in expected - there if name not in optional]
    return (there - expected).total() + len(missing)


def _masked_share(signals: pd.DataFrame) -> float | None:
    if signals.empty:
        return None
    letters = float(signals["letters"].sum(skipna=False))
    return float(signals["masked"].sum(skipna=False)) / letters if letters else 0.0


def _lost(batch: CleanBatch) -> int:
    """Texts that are empty; of whole notes also those without a word, and records without a text."""
    texts = [text if isinstance(text, str) else "" for text in batch.signals["text"]]
    empty = sum(not text.strip() for text in texts)
    if batch.declaration.columns:
        return empty
    return empty + sum(map(_only_placeholders, texts)) + max(0, len(batch.records) - len(texts))


def _only_placeholders(text: str) -> bool:
    rest, replaced = shapes().placeholder.subn("", text)
    return replaced > 0 and not any(map(str.isalnum, rest))
