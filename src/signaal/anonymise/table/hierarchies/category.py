"""Answers without an order of their own: those that few people gave become one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from signaal.anonymise.table.hierarchies.hierarchy import Hierarchy, Reader
from signaal.schemas.column import Column

OTHER = "overig"
AS_IS, RARE = 0, 1


@dataclass(frozen=True)
class Category(Hierarchy):
    """Answers as they are, and on the next level the rare ones as ``overig``.

    common: the answers that stay on the coarser level; without ``fit`` there are none.
    """

    common: frozenset[str] = frozenset()

    def reader(self, column: Column) -> Reader:
        """Any answer fits; runs of blanks become one space, and its case is kept."""
        return lambda cell: " ".join(cell.split()) or None

    def lift(self, label: str, level: int, to: int) -> str | None:
        """The answer itself where it is common enough, else ``overig``."""
        if not self.has(level, to) or not label or label != " ".join(label.split()):
            return None
        if to == AS_IS or label in self.common:
            return label
        return OTHER if level == AS_IS or label == OTHER else None

    def fit(self, counts: Mapping[str, int], kept: Collection[str] | None, k: int) -> "Category":
        """Those that at least k records have are common.

        Where ``kept`` was published, just that is: an answer that has become common since would be
        finer than it was, and one that has become rare is published already.
        """
        common = kept if kept is not None else (label for label, number in counts.items() if number >= k)
        return replace(self, common=frozenset(label for label in common if label.casefold() != OTHER))
