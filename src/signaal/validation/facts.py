"""What is measured of a batch before it is judged: counts and shares, without a value of it."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import variable_name
from signaal.validation.published import (
    FINDING_COLUMNS,
    RECORD_ID,
    SIGNAL_COLUMNS,
    free_text_variables,
    published_columns,
    quasi_identifiers,
)
from signaal.validation.second_look import SecondLook
from signaal.validation.shapes import shapes


@dataclass(frozen=True)
class Facts:
    """The measures of one batch; a share or class that does not apply is None.

    failed: records whose detection failed. duplicates: as counted when the batch was made.
    repeated: rows of records and signals without an id of their own. undeclared: columns too many or
    too few, and variables that are not declared. headings: dropped columns whose masked name still
    holds personal data. smallest_class: k, the rows that share the rarest combination of
    quasi-identifiers (Sweeney 2002). exposed: rows in classes below the threshold. overstated: by how
    much the batch claimed a larger k. suppressed, masked_share: shares from 0 to 1. lost: texts
    without content.
    """

    failed: int
    duplicates: int
    repeated: int
    undeclared: int
    headings: int
    smallest_class: int | None
    exposed: int
    overstated: int
    suppressed: float
    masked_share: float | None
    lost: int

    def frame(self) -> pd.DataFrame:
        """One row with every measure that applies.

        Raises:
            ValueError: a measure is no number, which a comparison would let through.
        """
        measures = {name: value for name, value in asdict(self).items() if value is not None}
        if not all(map(math.isfinite, measures.values())):
            raise ValueError("a measure is no number")
        return pd.DataFrame([measures])


def facts_of(batch: CleanBatch, look: SecondLook) -> Facts:
    """Measures a batch anew; only ``failed``, ``duplicates`` and ``suppressed`` are taken on trust.

    Raises:
        KeyError: a frame lacks a column that it always has.
    """
    classes = _class_sizes(batch)
    smallest = None if classes is None else int(classes.min())
    return Facts(
        failed=batch.failed,
        duplicates=batch.duplicates,
        repeated=_repeated(batch.records[RECORD_ID]) + _repeated(batch.signals["signal_id"]),
        undeclared=_undeclared(batch),
        headings=sum(map(look.finds, batch.dropped)),
        smallest_class=smallest,
        exposed=0 if classes is None else int(classes[classes < batch.declaration.thresholds.k].sum()),
        overstated=0 if smallest is None else max(0, (batch.k_after or 0) - smallest),
        suppressed=float(batch.suppressed),
        masked_share=_masked_share(batch.signals),
        lost=_lost(batch),
    )


def _class_sizes(batch: CleanBatch) -> "pd.Series[int] | None":
    """Rows for each combination of quasi-identifiers, an empty cell being a value like any other."""
    columns = quasi_identifiers(batch.declaration, batch.records)
    if not columns or batch.records.empty:
        return None
    return batch.records.groupby(columns, dropna=False, observed=True).size()


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
