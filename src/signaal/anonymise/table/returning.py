"""Records that a source has published before, and what may change of them.

Two releases of a source can be laid side by side: what differs between them points at whoever sent
something new. So a record keeps the quasi-identifiers with which it was published, and what else
changed of it is published only together with changes of k - 1 others that looked like it then.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from signaal.schemas.batch import Released
from signaal.schemas.column import DataType, Role, variable_name
from signaal.schemas.declaration import Declaration

RECORD_ID = "record_id"
Rows = npt.NDArray[np.bool_]
Classes = npt.NDArray[np.int64]
TYPES: dict[DataType, type] = {DataType.NUMBER: float, DataType.DATE: date, DataType.BOOLEAN: bool}


@dataclass(frozen=True, repr=False)
class Earlier:
    """What was published of the records of a batch, row for row.

    there: whether a record was published before. rows: its published row, empty where it was not.
    rest: the published rows that the batch has not. first_class: of each row of the batch the class in
        which it was published first, 0 where it was not; rest_class: of each row of ``rest``.
    """

    there: Rows
    rows: pd.DataFrame
    rest: pd.DataFrame
    first_class: Classes
    rest_class: Classes

    @property
    def is_first(self) -> bool:
        """Whether nothing of the source was published before."""
        return not self.there.any() and self.rest.empty


def earlier_rows(ids: "pd.Series[str]", released: Released, declaration: Declaration) -> Earlier:
    """Looks the records of a batch up in what was published."""
    rows, none = _typed(released.rows, declaration), np.zeros(len(ids), dtype=np.int64)
    if rows.empty:
        return Earlier(none > 0, pd.DataFrame(index=range(len(ids))), rows, none, none[:0])
    classes = released.first_class.to_numpy()
    places = pd.Index(rows[RECORD_ID]).get_indexer(pd.Index(ids))
    there = places >= 0
    mine = rows.iloc[np.where(there, places, 0)].reset_index(drop=True).astype(object)
    mine.loc[~there] = None
    left = np.ones(len(rows), dtype=np.bool_)
    left[places[there]] = False
    first = np.where(there, classes[places], 0)
    rest = rows[left].reset_index(drop=True)
    return Earlier(there, mine, rest, first.astype(np.int64), classes[left].astype(np.int64))


def deferred(columns: dict[str, "pd.Series[Any]"], earlier: Earlier, declaration: Declaration) -> Rows:
    """The records of a batch that came back changed and must stay as they were published.

    Fewer than k records of their first class changed, or the change would leave fewer than l values of
    a sensitive column in that class.

    Args:
        columns: the published columns that are no quasi-identifiers, by variable, a row for each record.
        earlier: what was published of the records.
        declaration: the source.
    """
    changed = _changed(columns, earlier)
    if not changed.any() or not declaration.with_role(Role.QUASI_IDENTIFIER):
        return np.zeros(len(changed), dtype=np.bool_)
    everyone = np.concatenate([earlier.first_class[earlier.there], earlier.rest_class])
    different, classes = np.unique(everyone, return_inverse=True)
    mine = classes[: int(earlier.there.sum())]
    unsafe = np.bincount(mine[changed[earlier.there]], minlength=len(different)) < declaration.thresholds.k
    for name in map(variable_name, declaration.with_role(Role.SENSITIVE)):
        if name in columns and name in earlier.rest:
            cells = pd.concat([columns[name][earlier.there], earlier.rest[name]], ignore_index=True)
            unsafe |= _too_alike(cells, classes, declaration.thresholds.l)
    stays = np.zeros(len(changed), dtype=np.bool_)
    stays[earlier.there] = unsafe[mine]
    return stays & changed


def as_published(
    columns: dict[str, "pd.Series[Any]"], earlier: Earlier, stays: Rows
) -> dict[str, "pd.Series[Any]"]:
    """The columns with what was published before in the rows that stay; a new column is empty there."""
    if not stays.any():
        return columns
    return {name: cells.where(~stays, earlier.rows.get(name)) for name, cells in columns.items()}


def first_classes(quasi: pd.DataFrame, earlier: Earlier, shows_more: bool, release: str) -> Classes:
    """The class in which each record of the batch is published first, as 64 bits of a hash.

    It has the records that were published together only: whoever kept a release sees those apart from
    records that look like them and came later.

    Args:
        quasi: the quasi-identifiers of the records as they are published.
        earlier: what was published of the records.
        shows_more: a quasi-identifier is new, by which earlier classes fall apart.
        release: a secret that tells this release from others.
    """
    before = pd.Series(earlier.first_class if shows_more else 0, index=quasi.index)
    groups = quasi.assign(before=before).groupby([*quasi.columns, "before"], dropna=False, observed=True)
    classes = groups.ngroup().to_numpy()
    _, first = np.unique(classes, return_index=True)
    labels = zip(before.iloc[first], *(quasi[name].iloc[first] for name in quasi), strict=True)
    made = (_hash((release, *label)) for label in labels)
    hashes = np.fromiter(made, dtype=np.int64, count=len(first))[classes]
    return hashes if shows_more else np.where(earlier.there, earlier.first_class, hashes)


def _typed(rows: pd.DataFrame, declaration: Declaration) -> pd.DataFrame:
    """The rows in the types that their columns have now; a cell that was published as another is empty."""
    types = {
        variable_name(heading): TYPES[column.type]
        for heading, column in declaration.with_role(Role.SENSITIVE, Role.KEEP).items()
        if column.type in TYPES and variable_name(heading) in rows
    }
    typed = rows.copy(deep=False)
    for name, of in types.items():
        cells = [cell if isinstance(cell, of) else None for cell in rows[name]]
        typed[name] = pd.Series(cells, index=rows.index, dtype="float64" if of is float else object)
    return typed


def _hash(label: tuple[object, ...]) -> int:
    text = "\x1f".join("" if part is None else str(part) for part in label)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def _changed(columns: dict[str, "pd.Series[Any]"], earlier: Earlier) -> Rows:
    """Which records of the batch were published before, and otherwise."""
    differs = np.zeros(len(earlier.there), dtype=np.bool_)
    if not earlier.there.any():
        return differs
    for name, cells in columns.items():
        if name in earlier.rows:
            before = earlier.rows[name]
            differs |= ((cells != before) & ~(cells.isna() & before.isna())).to_numpy(dtype=np.bool_)
        else:
            differs |= cells.notna().to_numpy()
    return differs & earlier.there


def _too_alike(cells: "pd.Series[Any]", classes: npt.NDArray[np.intp], fewest: int) -> Rows:
    """Of each class whether it has too few different values; an empty cell is a value of its own."""
    if not cells.notna().any():
        return np.zeros(int(classes.max()) + 1, dtype=np.bool_)
    return (cells.groupby(classes).nunique(dropna=False) < fewest).to_numpy()
