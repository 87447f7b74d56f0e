"""The table of a source as it would be published, and as it came: all records, those of this batch first."""

from typing import Any

import numpy as np
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import PARENT_ID, DataType, Role, variable_name
from signaal.validation.published import RECORD_ID, quasi_identifiers
from signaal.validation.risk.classes import Codes, classes_of, codes_of
from signaal.validation.risk.state import Sensitive, TableState

ORDERED = frozenset({DataType.NUMBER, DataType.DATE})


def published_state(batch: CleanBatch, table: pd.DataFrame, parent: CleanBatch | None) -> TableState:
    """The state of the ``whole_source`` that would be published.

    Who has the table of a repeat group has that of its records too: what the record of a row looks
    like there counts as a quasi-identifier of the row.

    Raises:
        KeyError, TypeError, ValueError: the frames are not what they should be.
    """
    names = quasi_identifiers(batch.declaration, batch.records)
    quasi = [codes_of(table[name]) for name in names]
    if parent is not None:
        quasi.append(_codes_of_parents(table[PARENT_ID], parent))
    sensitive = tuple(
        Sensitive(name, codes_of(_typed(table[name], kind), kind in ORDERED), kind in ORDERED)
        for name, kind in _sensitive(batch).items()
    )
    return TableState.of(tuple(quasi), sensitive, len(table))


def raw_state(batch: CleanBatch) -> TableState:
    """The state in which the files of the source have it, from the codes of ``before``.

    Raises:
        KeyError: a column is missing.
    """
    before, kinds = batch.before, _sensitive(batch)
    quasi = tuple(codes_of(before[name]) for name in attributes(batch))
    sensitive = tuple(
        Sensitive(name, codes_of(before[name].where(before[name] != 0), ordered=True), kind in ORDERED)
        for name, kind in kinds.items()
    )
    return TableState.of(quasi, sensitive, len(before))


def attributes(batch: CleanBatch) -> list[str]:
    """The columns by which somebody may be recognised: of a repeat group also the link to its record."""
    link = [PARENT_ID] if batch.declaration.parent else []
    return [*quasi_identifiers(batch.declaration, batch.records), *link]


def whole_source(batch: CleanBatch) -> pd.DataFrame:
    """Every record of the source as it would be published, each column once."""
    columns = [RECORD_ID, *attributes(batch), *_sensitive(batch)]
    parts = [part for part in (batch.records, batch.rest) if len(part)] or [batch.records]
    once = [part.loc[:, ~part.columns.duplicated()].reindex(columns=columns) for part in parts]
    return pd.concat([part.astype(object) for part in once], ignore_index=True)


def _sensitive(batch: CleanBatch) -> dict[str, DataType]:
    declared = batch.declaration.with_role(Role.SENSITIVE)
    kinds = {variable_name(heading): column.type for heading, column in declared.items()}
    return {name: kind for name, kind in kinds.items() if name in batch.records}


def _typed(cells: "pd.Series[Any]", kind: DataType) -> "pd.Series[Any]":
    """Cells of one type: a date may be one of Python, or one of pandas, which are never equal."""
    match kind:
        case DataType.DATE:
            return pd.to_datetime(cells, format="ISO8601")
        case DataType.NUMBER:
            return pd.to_numeric(cells)
        case _:
            return cells


def _codes_of_parents(parent_ids: "pd.Series[Any]", parent: CleanBatch) -> Codes:
    """The class of the record that each row belongs to; 0 where the link is cut.

    A record that is not in its table tells rows apart by nothing but itself.
    """
    own = codes_of(parent_ids)
    names = quasi_identifiers(parent.declaration, parent.records)
    if not names:
        return np.minimum(own, 1)
    table = whole_source(parent).drop_duplicates(RECORD_ID)
    classes = classes_of((codes_of(table[name]) for name in names), len(table)).of + 1
    places = pd.Index(table[RECORD_ID]).get_indexer(pd.Index(parent_ids))
    known = np.append(classes, 0)[places]
    return np.where(own == 0, 0, np.where(places >= 0, known, len(table) + own))
