"""To which record each row of a repeat group belongs, as far as that may be known."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from signaal.anonymise.table.hierarchies import Hierarchy, Reader
from signaal.anonymise.table.levels import Keyed, Leveled
from signaal.anonymise.table.returning import RECORD_ID, Earlier
from signaal.schemas.column import PARENT_ID, Column


class Link(Hierarchy):
    """The one level of a link: it is there, or it is cut."""

    def reader(self, column: Column) -> Reader:
        """Takes what it gets."""
        return lambda cell: cell

    def lift(self, label: str, level: int, to: int) -> str | None:
        """The label itself."""
        return label if self.has(level, to) else None


LINK = Link("link", ("linked",))


@dataclass(frozen=True, repr=False)
class Links:
    """The records that the rows of a repeat group belong to.

    Whoever has both tables knows of a row what is known of its record, so that the class of the
    record is a quasi-identifier of the row. The link of a row that stands out by it is cut.

    ``parents``: the id of its record for each row of the batch. ``classes``: the class of equal
    quasi-identifiers in which each record of the source is published, by the record's id.
    """

    parents: "pd.Series[str]"
    classes: "pd.Series[str]"

    @classmethod
    def to(cls, parents: "pd.Series[str]", records: pd.DataFrame, quasi: list[str]) -> "Links":
        """Links to records as they are published, with these quasi-identifiers."""
        if quasi:
            numbers = records.groupby(quasi, dropna=False, observed=True).ngroup().astype(str)
        else:
            numbers = pd.Series("0", index=records.index)
        return cls(parents, pd.Series(numbers.to_numpy(), index=records[RECORD_ID], dtype=object))

    def published(self, earlier: Earlier) -> "pd.Series[Any]":
        """The record of each row of the batch; of a row that was published before the one it had then."""
        parents = self.parents.reset_index(drop=True).astype(object)
        return parents.where(~earlier.there, earlier.rows[PARENT_ID]) if earlier.there.any() else parents

    def leveled(self, earlier: Earlier) -> Leveled:
        """The class of the record of each row, of the batch and of what only the store has."""
        ids = self.published(earlier)
        if len(earlier.rest):
            ids = pd.concat([ids, earlier.rest[PARENT_ID].astype(object)], ignore_index=True)
        classes = ids.map(self.classes).astype(object)
        return Leveled(PARENT_ID, LINK, (0,), Keyed.of(classes.where(classes.notna(), None), 0))
