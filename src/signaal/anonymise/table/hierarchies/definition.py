"""What the YAML file of a hierarchy may say: its kind, and what that kind needs to know."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from signaal.anonymise.table.hierarchies.bands import BandsDefinition
from signaal.anonymise.table.hierarchies.category import Category
from signaal.anonymise.table.hierarchies.hierarchy import Defined, Hierarchy
from signaal.anonymise.table.hierarchies.joined import Joined, joined_key
from signaal.anonymise.table.hierarchies.keys import letters, plain
from signaal.anonymise.table.hierarchies.occupations import OccupationsDefinition
from signaal.anonymise.table.hierarchies.periods import PeriodsDefinition
from signaal.anonymise.table.hierarchies.postcodes import PostcodesDefinition
from signaal.anonymise.table.hierarchies.rounding import RoundingDefinition
from signaal.anonymise.table.hierarchies.rows import read_ragged, read_rows
from signaal.anonymise.table.hierarchies.table import table_of


class TableDefinition(Defined):
    """``{kind: table, table: wijken.csv}``.

    table: a value and its label on each coarser level. variants: a table with a value, and other
    spellings of it behind that. loose: spaces and signs do not count when a value is looked up.
    joined: a cell may name several values that have one label on the next level.
    """

    kind: Literal["table"]
    table: str
    variants: str | None = None
    loose: bool = False
    joined: bool = False

    def build(self, name: str, folder: Path) -> Hierarchy:
        """The hierarchy.

        Raises:
            TableError: a table is not right.
        """
        key = joined_key if self.joined else letters if self.loose else plain
        variants = read_ragged(folder / self.variants).body if self.variants else ()
        table = table_of(name, read_rows(folder / self.table), variants, key)
        return Joined.of(table) if self.joined else table


class CategoryDefinition(Defined):
    """``{kind: category}``."""

    kind: Literal["category"]
    levels: tuple[Literal["as_is"], Literal["rare"]] = ("as_is", "rare")

    def build(self, name: str, folder: Path) -> Category:
        """The hierarchy; it needs no other file."""
        return Category(name, self.levels)


Definition = (
    TableDefinition
    | BandsDefinition
    | RoundingDefinition
    | PostcodesDefinition
    | PeriodsDefinition
    | OccupationsDefinition
    | CategoryDefinition
)
KINDS = ("table", "bands", "rounding", "postcode", "date", "occupation", "category")
DEFINITION: TypeAdapter[Definition] = TypeAdapter(Annotated[Definition, Field(discriminator="kind")])


def tables_of(definition: Definition) -> set[str]:
    """The files that belong to a definition."""
    named = (getattr(definition, field, None) for field in ("table", "variants"))
    return {file for file in named if file is not None}
