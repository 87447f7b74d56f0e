"""One state of a source's table: its classes, and how the sensitive values are spread over them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from signaal.schemas.risk import TableRisk
from signaal.validation.risk.classes import Classes, Codes, classes_of
from signaal.validation.risk.spread import Spread

Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True, repr=False)
class Sensitive:
    """A sensitive column: the codes of its cells, and whether their order means something."""

    name: str
    codes: Codes
    ordered: bool


@dataclass(frozen=True, repr=False)
class TableState:
    """Quasi-identifiers, and sensitive columns in which anything is filled in."""

    quasi: tuple[Codes, ...]
    sensitive: tuple[Sensitive, ...]
    classes: Classes
    spreads: dict[str, Spread]

    @classmethod
    def of(cls, quasi: tuple[Codes, ...], sensitive: tuple[Sensitive, ...], records: int) -> "TableState":
        """The state of a table; a column without a filled cell publishes nothing and is left out."""
        classes = classes_of(quasi, records)
        filled = tuple(column for column in sensitive if column.codes.any())
        spreads = {column.name: Spread.over(classes, column.codes) for column in filled}
        return cls(quasi, filled, classes, spreads)

    def only(self, rows: Chosen) -> "TableState":
        """The state of some of the records alone; the columns are those of all."""
        classes = classes_of((codes[rows] for codes in self.quasi), int(rows.sum()))
        spreads = {column.name: Spread.over(classes, column.codes[rows]) for column in self.sensitive}
        return TableState(self.quasi, self.sensitive, classes, spreads)

    @property
    def closeness(self) -> dict[str, npt.NDArray[np.float64]]:
        """The t of each class, by sensitive column."""
        return {column.name: self.spreads[column.name].closeness(column.ordered) for column in self.sensitive}

    def risk(self, population_unique: float) -> TableRisk:
        """Every measure of this state, with the estimate for the population.

        Singling out (WP216): who knows all quasi-identifiers isolates the records that are alone in
        their class. Linkability (WP216): a record that is linked by its quasi-identifiers is the right
        one with chance 1 in the size of its class, on average classes / records (prosecutor risk, El
        Emam 2013, Guide to the De-Identification of Personal Health Information, chapter 16).
        """
        alone = self.classes.share_alone
        return TableRisk(
            records=self.classes.records,
            classes=len(self.classes.sizes),
            k=self.classes.smallest,
            diversity={name: int(spread.diversity.min()) for name, spread in self.spreads.items()},
            closeness={name: float(distances.max()) for name, distances in self.closeness.items()},
            sample_unique=alone,
            population_unique=population_unique,
            singling_out=alone,
            linkability=len(self.classes.sizes) / self.classes.records,
            inference={name: spread.inference for name, spread in self.spreads.items()},
        )
