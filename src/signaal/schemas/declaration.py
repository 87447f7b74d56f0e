"""The source declaration: what a kind of file holds and what must happen to each of its columns."""

import hashlib
import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from signaal.schemas.entities import Entity

TEXT_COLUMN = "text"
"""The one column of a source whose files are whole notes (.txt, .md, .docx)."""

LONGEST_NAME = 60
RESERVED_NAMES = frozenset({"record_id", "batch_id"})

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Kind(StrEnum):
    """What the records of a source are."""

    FIELD_NOTES = "field_notes"
    SURVEY = "survey"


class Role(StrEnum):
    """What a column is, and with that what happens to it."""

    DIRECT_IDENTIFIER = "direct_identifier"
    QUASI_IDENTIFIER = "quasi_identifier"
    SENSITIVE = "sensitive"
    FREE_TEXT = "free_text"
    RECORD_ID = "record_id"
    KEEP = "keep"
    DROP = "drop"


class Generalisation(StrEnum):
    """How a quasi-identifier is made coarser before it is published."""

    NONE = "none"
    POSTCODE4 = "postcode4"
    POSTCODE2 = "postcode2"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    BAND5 = "band5"
    BAND10 = "band10"


class Action(StrEnum):
    """What happens to a direct identifier."""

    DROP = "drop"
    PSEUDONYM = "pseudonym"


class DataType(StrEnum):
    """How a kept column is stored."""

    TEXT = "text"
    NUMBER = "number"


class Frozen(BaseModel):
    """A value that is checked once and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(Frozen):
    """One column of a source: its role and what that role needs to know.

    Raises:
        ValueError: an entity, action or generalisation is given to a role that has none, a direct
            identifier has no entity, or a BSN is to become a pseudonym (it is never a join key:
            Wet algemene bepalingen burgerservicenummer, art. 10-12).
    """

    role: Role
    entity: Entity | None = None
    action: Action = Action.DROP
    generalise: Generalisation | None = None
    type: DataType = DataType.TEXT
    label: str = ""
    optional: bool = False

    @model_validator(mode="after")
    def check_role(self) -> Self:
        if self.role is Role.DIRECT_IDENTIFIER and self.entity is None:
            raise ValueError("a direct_identifier needs its entity, such as PERSON")
        if self.role is not Role.DIRECT_IDENTIFIER and (self.entity or "action" in self.model_fields_set):
            raise ValueError("only a direct_identifier has an entity and an action")
        if self.action is Action.PSEUDONYM and self.entity is Entity.NL_BSN:
            raise ValueError("a BSN may never become a key: use action drop")
        if self.role is Role.QUASI_IDENTIFIER and self.generalise is None:
            raise ValueError("a quasi_identifier needs a generalise, such as postcode4, or none")
        if self.role is not Role.QUASI_IDENTIFIER and self.generalise is not None:
            raise ValueError("only a quasi_identifier has a generalise")
        return self


class Thresholds(Frozen):
    """What the result must meet before it is loaded.

    ``k``: every combination of quasi-identifiers is shared by at least k records (Sweeney 2002).
    ``max_suppressed``: share of the quasi-identifying cells that may be emptied to get there.
    ``max_masked``: share of the letters of a source's texts that may be masked; beyond it the file
    is more likely a list of names than a text.
    """

    k: Annotated[int, Field(ge=2, le=1000)] = 5
    max_suppressed: Annotated[float, Field(ge=0, le=1)] = 0.05
    max_masked: Annotated[float, Field(ge=0, le=1)] = 0.5


class Declaration(Frozen):
    """A source: which files, whose, why, for how long, and the role of every column.

    Raises:
        ValueError: a survey without columns, two columns for the record id, or a bad name.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    kind: Kind
    files: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    owner: Sentence
    purpose: Sentence
    legal_basis: Sentence
    retention_days: Annotated[int, Field(ge=1, le=36_525)]
    columns: dict[str, Column] = Field(default_factory=dict)
    thresholds: Thresholds = Thresholds()

    @model_validator(mode="after")
    def check_columns(self) -> Self:
        if self.kind is Kind.SURVEY and not self.columns:
            raise ValueError("a survey needs the role of every column under columns")
        if sum(column.role is Role.RECORD_ID for column in self.columns.values()) > 1:
            raise ValueError("only one column can be the record_id")
        names = [variable_name(name) for name in self.columns]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two columns would both be called {twice[0]} in the store")
        return self

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change when anything in the declaration does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def with_role(self, *roles: Role) -> dict[str, Column]:
        """The declared columns that have one of these roles, in their order."""
        return {name: column for name, column in self.columns.items() if column.role in roles}


def variable_name(heading: str) -> str:
    """The name of a column in the store: lower case letters, digits and underscores, at most 60.

    It is none of ``RESERVED_NAMES``, which every table has as columns of its own.
    A longer one is cut and ends in seven digits of its hash: the questions of a grid often differ in
    their last words alone.
    """
    name = re.sub(r"\W+", "_", heading.strip().lower()).strip("_")
    if not name or name[0].isdigit() or name in RESERVED_NAMES:
        name = f"v_{name}"
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 8]}_{hashlib.sha256(heading.encode()).hexdigest()[:7]}"
