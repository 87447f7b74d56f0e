"""What disclosure control decided and what risk is left: counts and shares, without a value."""

from pydantic import Field

from signaal.schemas.column import Frozen


class ColumnLevel(Frozen):
    """How coarse one quasi-identifier is published.

    ``level`` is its place in the hierarchy, 0 the finest; ``name`` what it is called. ``lost``: share
    of the column's information that generalisation and emptied cells took, from 0 to 1 (non-uniform
    entropy, Gionis and Tassa 2009). ``emptied``: cells that were emptied, in this source so far.
    """

    variable: str
    hierarchy: str
    level: int
    name: str
    lost: float = 0.0
    emptied: int = 0


class Solution(Frozen):
    """The generalisation that the solver chose.

    ``optimal``: whether no combination of levels is known to lose less if whole rows are emptied; False
    where the lattice was too large to be searched whole. ``checked``: combinations of levels that were
    looked at, of ``possible``. ``lost``: share of the information of all
    quasi-identifiers that is lost. ``discernibility``: Bayardo and Agrawal 2005, per record.
    ``suppressed``: share of the quasi-identifying cells of the source that are emptied.
    ``obstacle``: where the thresholds cannot be met, the variable that stands in the way most.
    """

    columns: tuple[ColumnLevel, ...]
    optimal: bool
    checked: int
    possible: int
    lost: float
    discernibility: float
    suppressed: float
    obstacle: str | None = None


class TableRisk(Frozen):
    """The risk of one state of a source's table, over all of its records.

    k: records in the smallest class of equal quasi-identifiers (Sweeney 2002), an empty cell being a
        value like any other. diversity: distinct l of each sensitive column (Machanavajjhala 2007).
    closeness: t of each sensitive column (Li 2007).
    sample_unique: share of the records that are alone in their class. population_unique: estimated
        share of the records that are alone in the population as well.
    singling_out, linkability, inference: the three risks of Opinion 05/2014 of the Article 29 Working
        Party (WP216), shares from 0 to 1; inference by sensitive column.
    """

    records: int
    classes: int
    k: int
    diversity: dict[str, int] = Field(default_factory=dict)
    closeness: dict[str, float] = Field(default_factory=dict)
    sample_unique: float
    population_unique: float
    singling_out: float
    linkability: float
    inference: dict[str, float] = Field(default_factory=dict)


class DisclosureRisk(Frozen):
    """The risk of a source as its files held it, and as it would be published.

    ``newcomers``: smallest class among the records that this batch adds, who are what differs between
    two releases. ``model``: by which model the uniqueness in the population was estimated.
    """

    before: TableRisk
    after: TableRisk
    newcomers: int | None
    population: int
    model: str
