"""A column of a source: its role, how its cells are read, and how coarse they are published."""

import hashlib
import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator, model_validator

from signaal.schemas.entities import Entity

LONGEST_NAME = 60
PARENT_ID = "parent_id"
"""In the table of a repeat group: the record to which a row belongs."""
RESERVED_NAMES = frozenset({"record_id", "batch_id", PARENT_ID})

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Role(StrEnum):
    """What a column is, and with that what happens to it."""

    DIRECT_IDENTIFIER = "direct_identifier"
    QUASI_IDENTIFIER = "quasi_identifier"
    SENSITIVE = "sensitive"
    FREE_TEXT = "free_text"
    RECORD_ID = "record_id"
    KEEP = "keep"
    DROP = "drop"


class Action(StrEnum):
    """What happens to a direct identifier.

    ``match``: for a BSN of a source that the law allows to use it. Rows with the same number are one
    person, whose name gets one pseudonym however it is spelt; the number itself goes nowhere.
    """

    DROP = "drop"
    PSEUDONYM = "pseudonym"
    MATCH = "match"


class DataType(StrEnum):
    """What the cells of a kept or sensitive column are, and how they are stored."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


class Decimal(StrEnum):
    """What stands before the fraction of a number, where ``1.234`` could mean either."""

    COMMA = "comma"
    POINT = "point"


class DateOrder(StrEnum):
    """What comes first in a date such as 3/4/2026."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Unfit(StrEnum):
    """What becomes of a cell that does not fit its column: the batch waits, or the cell is emptied."""

    HOLD = "hold"
    EMPTY = "empty"


class Frozen(BaseModel):
    """A value that is checked once and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Generalise(Frozen):
    """How coarse a quasi-identifier may be published: the levels of a hierarchy between two of them.

    ``finest`` and ``coarsest`` name levels of the hierarchy, else all of them may be used. Where the
    two are the same, that level is used always. As YAML the name of the hierarchy alone will do.
    """

    hierarchy: Name
    finest: Name | None = None
    coarsest: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def from_name(cls, value: object) -> object:
        """``generalise: postcode`` for ``generalise: {hierarchy: postcode}``."""
        return {"hierarchy": value} if isinstance(value, str) else value


class Column(Frozen):
    """One column of a source: its role and what that role needs to know.

    type: of a sensitive or kept column. decimal, date_order: how its numbers and dates are written,
        where they can be read in two ways. is_true, is_false: the answers of a boolean, else the
        common ones (ja, nee). missing: codes that say "no answer", such as 99; their cells are empty.
    unfit: what becomes of cells that do not fit the type or the hierarchy.
    question: the question to which the column belongs together with others (multiple answers, a
        matrix); one entry in the codebook.
    optional: a file may lack the column.

    Raises:
        ValueError: a setting is given to a role that has none, a direct identifier has no entity, or
            a BSN is to become a pseudonym (it is never a join key: Wet algemene bepalingen
            burgerservicenummer, art. 10-12).
    """

    role: Role
    entity: Entity | None = None
    action: Action = Action.DROP
    generalise: Generalise | None = None
    type: DataType = DataType.TEXT
    decimal: Decimal | None = None
    date_order: DateOrder = DateOrder.DAY_FIRST
    is_true: tuple[str, ...] = ()
    is_false: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unfit: Unfit = Unfit.HOLD
    question: str = ""
    label: str = ""
    optional: bool = False

    @field_validator("missing", "is_true", "is_false", mode="before")
    @classmethod
    def as_written(cls, value: object) -> object:
        """Codes such as 99 may stand in YAML without quotes."""
        if not isinstance(value, list | tuple):
            return value
        return [str(each) if isinstance(each, int) else each for each in value]

    @model_validator(mode="after")
    def check_role(self) -> Self:
        if self.role is Role.DIRECT_IDENTIFIER and self.entity is None:
            raise ValueError("a direct_identifier needs its entity, such as PERSON")
        if self.role is not Role.DIRECT_IDENTIFIER and (self.entity or "action" in self.model_fields_set):
            raise ValueError("only a direct_identifier has an entity and an action")
        if self.action is Action.PSEUDONYM and self.entity is Entity.NL_BSN:
            raise ValueError("a BSN may never become a key: use action drop")
        if self.action is Action.MATCH and self.entity is not Entity.NL_BSN:
            raise ValueError("action match is for a BSN only: use drop or pseudonym")
        if self.role is Role.QUASI_IDENTIFIER and self.generalise is None:
            raise ValueError("a quasi_identifier needs a generalise, such as postcode, or category")
        if self.role is not Role.QUASI_IDENTIFIER and self.generalise is not None:
            raise ValueError("only a quasi_identifier has a generalise")
        if self.role not in {Role.SENSITIVE, Role.KEEP} and self.type is not DataType.TEXT:
            raise ValueError("only a sensitive or kept column has a type; another one is text")
        return self

    @model_validator(mode="after")
    def check_type(self) -> Self:
        if self.type is not DataType.BOOLEAN and (self.is_true or self.is_false):
            raise ValueError("is_true and is_false belong to type boolean")
        if bool(self.is_true) != bool(self.is_false):
            raise ValueError("is_true and is_false go together: a boolean needs both, or neither")
        return self


def variable_name(heading: str) -> str:
    """The name of a column in the store: lower case letters, digits and underscores, at most 60.

    It is none of ``RESERVED_NAMES``, which tables have as columns of their own.
    A longer one is cut and ends in seven digits of its hash: the questions of a grid often differ in
    their last words alone.
    """
    name = re.sub(r"\W+", "_", heading.strip().lower()).strip("_")
    if not name or name[0].isdigit() or name in RESERVED_NAMES:
        name = f"v_{name}"
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 8]}_{hashlib.sha256(heading.encode()).hexdigest()[:7]}"
