"""Disclosure control of a table: no record may stand out, in this release or beside earlier ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from signaal.anonymise.table.hierarchies import Hierarchy
from signaal.anonymise.table.levels import Leveled, gets_finer
from signaal.anonymise.table.links import Links
from signaal.anonymise.table.quasi import quasi_identifiers
from signaal.anonymise.table.returning import (
    RECORD_ID,
    Classes,
    Earlier,
    Rows,
    as_published,
    deferred,
    earlier_rows,
    first_classes,
)
from signaal.anonymise.table.roles import Published
from signaal.anonymise.table.solve import Attribute, Problem, Sensitive, Solved, solve
from signaal.schemas.batch import Released
from signaal.schemas.column import PARENT_ID, DataType, Role, variable_name
from signaal.schemas.declaration import Declaration
from signaal.schemas.risk import ColumnLevel, Solution

ORDERED = frozenset({DataType.NUMBER, DataType.DATE})
Cells = dict[str, "pd.Series[Any]"]


@dataclass(frozen=True, repr=False)
class Controlled:
    """The table as it may be published; the fields are those of ``CleanBatch``."""

    records: pd.DataFrame
    rest: pd.DataFrame
    before: pd.DataFrame
    newcomer: Rows
    first_class: Classes
    deferred: int
    finer: tuple[str, ...]
    solution: Solution | None


@dataclass(frozen=True, repr=False)
class SourceState:
    """A source at the moment that a batch comes in.

    ``released`` is what it has published; ``release`` is a secret that tells what the batch would add
    from other releases.
    """

    declaration: Declaration
    released: Released
    hierarchies: Mapping[str, Hierarchy]
    release: str


def control(
    published: Published, ids: "pd.Series[str]", source: SourceState, links: Links | None = None
) -> Controlled:
    """Generalises and empties the quasi-identifiers until the thresholds of the source are met.

    Args:
        published: what the columns come to under their roles.
        ids: the keyed id of each record.
        source: what the batch is measured with.
        links: of a repeat group, the records that its rows belong to.
    """
    declaration, released = source.declaration, source.released
    earlier = earlier_rows(ids, released, declaration)
    finished = {name: cells for name, cells in published.columns.items() if cells is not None}
    stays = deferred(finished, earlier, declaration)
    finished = as_published(finished, earlier, stays)
    quasi = quasi_identifiers(published.labels, earlier, released, declaration, source.hierarchies)
    link = None if links is None else links.leveled(earlier)
    table = SourceTable(declaration, ids, earlier, finished, quasi, link)
    solved = solve(table.problem(released)) if quasi else None
    names = [one.name for one in quasi]
    known = {*published.columns, *names}
    order = [name for name in map(variable_name, declaration.columns) if name in known]
    records = table.records(solved, order, links)
    shown = first_classes(records[names], earlier, table.shows_more, source.release) if quasi else None
    return Controlled(
        records=records,
        rest=table.rest(solved),
        before=table.before() if quasi else pd.DataFrame(),
        newcomer=table.newcomer,
        first_class=earlier.first_class if shown is None else shown,
        deferred=int(stays.sum()),
        finer=_finer(declaration, released, source.hierarchies),
        solution=None if solved is None else table.solution(solved, released),
    )


@dataclass(frozen=True, repr=False)
class SourceTable:
    """All records of a source: those of the batch first, then those that only the store has.

    ``finished`` are the columns of the batch's records that need no generalisation; ``link`` that of
    a repeat group to its records.
    """

    declaration: Declaration
    ids: "pd.Series[str]"
    earlier: Earlier
    finished: Cells
    quasi: tuple[Leveled, ...]
    link: Leveled | None

    @property
    def attributes(self) -> tuple[Leveled, ...]:
        """What somebody may be recognised by: of a repeat group also the record that it hangs on."""
        return self.quasi if self.link is None else (self.link, *self.quasi)

    @cached_property
    def sensitive(self) -> tuple[Sensitive, ...]:
        """The sensitive columns over all records, in codes."""
        found, rest = [], self.earlier.rest
        for heading, column in self.declaration.with_role(Role.SENSITIVE).items():
            name = variable_name(heading)
            if name in self.finished:
                more = rest[name] if name in rest else pd.Series([None] * len(rest), dtype=object)
                parts = [self.finished[name], more] if len(rest) else [self.finished[name]]
                codes = ordered_codes(pd.concat(parts, ignore_index=True))
                found.append(Sensitive(name, codes, column.type in ORDERED))
        return tuple(found)

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.ids) + len(self.earlier.rest)

    @property
    def shows_more(self) -> bool:
        """Whether a quasi-identifier is new, and says something of records that were published before."""
        return not self.earlier.is_first and not all(one.name in self.earlier.rest for one in self.quasi)

    @property
    def newcomer(self) -> npt.NDArray[np.bool_]:
        """The records of the batch of which this release shows what no earlier one did."""
        return np.ones(len(self.ids), dtype=np.bool_) if self.shows_more else ~self.earlier.there

    def problem(self, released: Released) -> Problem:
        """What the solver has to solve."""
        thresholds = self.declaration.thresholds
        cells = self.size * len(self.attributes)
        emptied = sum(released.emptied.get(one.name, 0) for one in self.attributes)
        return Problem(
            attributes=tuple(
                Attribute(one.name, tuple(one.codes(level) for level in one.levels))
                for one in self.attributes
            ),
            sensitive=self.sensitive,
            newcomer=np.concatenate([self.newcomer, np.zeros(len(self.earlier.rest), dtype=np.bool_)]),
            k=thresholds.k,
            l=thresholds.l,
            t=thresholds.t,
            allowed=max(0, int(thresholds.max_suppressed * cells) - emptied),
        )

    def records(self, solved: Solved | None, names: list[str], links: Links | None) -> pd.DataFrame:
        """The records of the batch as they would be published."""
        size = len(self.ids)
        columns: Cells = {RECORD_ID: self.ids.reset_index(drop=True)}
        made = self.finished | ({} if solved is None else self._published(solved, slice(0, size)))
        if links is not None:
            parent_ids = links.published(self.earlier)
            cut = made.pop(PARENT_ID, parent_ids).isna()
            columns[PARENT_ID] = parent_ids.where(~cut, None)
        return pd.DataFrame(
            columns | {name: made[name].reset_index(drop=True) for name in names if name in made}
        )

    def rest(self, solved: Solved | None) -> pd.DataFrame:
        """The other records of the source as they will be from now on."""
        rest = self.earlier.rest
        if solved is None or rest.empty:
            return rest[[RECORD_ID]]
        made = self._published(solved, slice(len(self.ids), None))
        columns: Cells = {RECORD_ID: rest[RECORD_ID]}
        if self.link is not None:
            columns[PARENT_ID] = rest[PARENT_ID].where(made.pop(PARENT_ID).notna(), None)
        sensitive = {column.name: rest[column.name] for column in self.sensitive if column.name in rest}
        return pd.DataFrame(columns | made | sensitive)

    def before(self) -> pd.DataFrame:
        """Every record as it is known, in codes."""
        codes = {one.name: one.raw_codes() for one in self.attributes}
        return pd.DataFrame(codes | {column.name: column.codes for column in self.sensitive})

    def solution(self, solved: Solved, released: Released) -> Solution:
        """What the solver chose, in the words of the declaration."""
        emptied = solved.emptied.sum(axis=0).tolist()
        columns = tuple(
            ColumnLevel(
                variable=one.name,
                hierarchy=one.hierarchy.name,
                level=one.levels[level],
                name=one.hierarchy.levels[one.levels[level]],
                lost=solved.lost[place],
                emptied=released.emptied.get(one.name, 0) + emptied[place],
            )
            for place, (one, level) in enumerate(zip(self.attributes, solved.levels, strict=True))
        )
        cells = self.size * len(self.attributes)
        return Solution(
            columns=columns,
            optimal=solved.optimal,
            checked=solved.checked,
            possible=solved.possible,
            lost=solved.total_lost,
            discernibility=solved.discernibility,
            suppressed=sum(column.emptied for column in columns) / cells if cells else 0.0,
            obstacle=solved.obstacle,
        )

    def _published(self, solved: Solved, rows: slice) -> Cells:
        made = {}
        for place, (one, level) in enumerate(zip(self.attributes, solved.levels, strict=True)):
            made[one.name] = one.labels(one.levels[level], rows, solved.emptied[rows, place])
        return made


def ordered_codes(cells: "pd.Series[Any]") -> npt.NDArray[np.int32]:
    """A code for each cell, in the order of the values; 0 for an empty one."""
    codes, _ = pd.factorize(cells, sort=True)
    return (codes + 1).astype(np.int32)


def _finer(
    declaration: Declaration, released: Released, hierarchies: Mapping[str, Hierarchy]
) -> tuple[str, ...]:
    """Variables that would be published finer than before, or by another hierarchy."""
    columns = {variable_name(heading): column for heading, column in declaration.columns.items()}
    return tuple(
        name for name, level in released.levels.items() if gets_finer(columns.get(name), hierarchies, level)
    )
