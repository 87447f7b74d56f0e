"""The quasi-identifiers of a source, with what was published of them before."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from signaal.anonymise.table.hierarchies import Hierarchy
from signaal.anonymise.table.levels import Keyed, Leveled, allowed_levels, published_level
from signaal.anonymise.table.returning import Earlier
from signaal.schemas.batch import Released
from signaal.schemas.column import Role, variable_name
from signaal.schemas.declaration import Declaration

FINEST = 0


def quasi_identifiers(
    labels: Mapping[str, "pd.Series[Any]"],
    earlier: Earlier,
    released: Released,
    declaration: Declaration,
    hierarchies: Mapping[str, Hierarchy],
) -> tuple[Leveled, ...]:
    """Each quasi-identifier over all records of the source, in the order of the declaration.

    A record that was published before has the label that it was published with, whatever the batch
    says of it now.

    Args:
        labels: of the batch's records, on the finest level, by variable; a file may lack one.
        earlier: what was published of the records.
        released: on which levels that was.
        declaration: the source.
        hierarchies: by name.
    """
    found, k = [], declaration.thresholds.k
    for heading, column in declaration.with_role(Role.QUASI_IDENTIFIER).items():
        name = variable_name(heading)
        if column.generalise is None or not (name in labels or name in earlier.rest):
            continue
        mine = labels.get(name, pd.Series([None] * len(earlier.there), dtype=object))
        hierarchy = hierarchies[column.generalise.hierarchy]
        published = published_level(hierarchy, released.levels.get(name))
        cells = Keyed.of(mine, FINEST)
        if published is not None and name in earlier.rows:
            cells = cells.where(Keyed.of(earlier.rows[name], published), earlier.there)
        fitted = _fitted(hierarchy, mine[~earlier.there], _published(earlier, name), published, k)
        levels = allowed_levels(fitted, column.generalise, published)
        found.append(Leveled(name, fitted, levels, _with_rest(cells, earlier, name, published)))
    return tuple(found)


def _with_rest(cells: Keyed, earlier: Earlier, name: str, published: int | None) -> Keyed:
    """The cells of the batch's records, then those of the records that only the store has."""
    rest = earlier.rest
    if rest.empty:
        return cells
    if published is None or name not in rest:
        return Keyed.joined((cells, Keyed(np.full(len(rest), -1, dtype=np.int32), ())))
    return Keyed.joined((cells, Keyed.of(rest[name], published)))


def _published(earlier: Earlier, name: str) -> "pd.Series[Any]":
    """The labels of a column that were published before, of all records."""
    if name not in earlier.rest:
        return pd.Series(dtype=object)
    labels: pd.Series[Any] = pd.concat([earlier.rest[name], earlier.rows.loc[earlier.there, name]])
    return labels.dropna()


def _fitted(
    hierarchy: Hierarchy, new: "pd.Series[Any]", before: "pd.Series[Any]", level: int | None, k: int
) -> Hierarchy:
    """The hierarchy for the values that this source has: what is rare depends on them.

    Args:
        hierarchy: as it is declared.
        new: the labels of newcomers, on the finest level.
        before: the labels that were published, on ``level``.
        level: where they are in the hierarchy; None where nothing was published.
        k: what fewer have is rare.
    """
    counts: Counter[str] = Counter(new.dropna())
    if level is None or before.empty:
        return hierarchy.fit(counts, None, k)
    if level == FINEST:
        return hierarchy.fit(counts + Counter(before), None, k)
    return hierarchy.fit(counts, frozenset(before), k)
