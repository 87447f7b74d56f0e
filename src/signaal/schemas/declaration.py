"""The source declaration: what a kind of file holds and what must happen to each of its columns."""

import hashlib
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from signaal.schemas.column import Action, Column, Frozen, Name, Role, Sentence, variable_name

TEXT_COLUMN = "text"
"""The one column of a source whose files are whole notes (.txt, .md, .docx)."""


class Kind(StrEnum):
    """What the records of a source are."""

    FIELD_NOTES = "field_notes"
    SURVEY = "survey"


class Thresholds(Frozen):
    """What the result must meet before it is loaded.

    ``k``: every combination of quasi-identifiers is shared by at least k records (Sweeney 2002).
    ``l``: among those every sensitive column has at least l different values (distinct l-diversity,
    Machanavajjhala 2007); 1 asks for nothing.
    ``t``: how far the distribution of a sensitive column among them may be from that in the whole
    source, in earth mover's distance from 0 to 1 (t-closeness, Li 2007); None asks for nothing.
    ``max_suppressed``: share of the quasi-identifying cells of the source that may be emptied to get
    there. ``max_masked``: share of the letters of a source's texts that may be masked; beyond it the
    file is more likely a list of names than a text.
    """

    k: Annotated[int, Field(ge=2, le=1000)] = 5
    l: Annotated[int, Field(ge=1, le=100)] = 2  # noqa: E741 - the field's own name for it
    t: Annotated[float, Field(gt=0, le=1)] | None = None
    max_suppressed: Annotated[float, Field(ge=0, le=1)] = 0.05
    max_masked: Annotated[float, Field(ge=0, le=1)] = 0.5


class Repeat(Frozen):
    """A repeat group: a sheet with rows of its own for each record, such as the members of a household.

    ``parent`` is the heading in this sheet that says to which record a row belongs, ``key`` the
    heading of the records in which that number stands (KoboToolbox: ``_parent_index`` and ``_index``).
    """

    parent: Sentence
    key: Sentence
    columns: Annotated[dict[str, Column], Field(min_length=1)]


class Declaration(Frozen):
    """A source: which files, whose, why, on which basis, for how long, and the role of every column.

    repeats: the repeat groups of a workbook by the name of their sheet.
    population: how many people the respondents were drawn from, such as the residents of a
        neighbourhood; without it the respondents are taken to be all of them, which is the strictest.
    bsn_law: the law that allows this source to use the BSN; only then may it be matched on.
    parent: the source to which a repeat group belongs; set by ``of_repeat``.

    Raises:
        ValueError: a survey without columns, two columns for the record id, or a bad name.
    """

    name: Name
    kind: Kind
    files: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    owner: Sentence
    purpose: Sentence
    legal_basis: Sentence
    retention_days: Annotated[int, Field(ge=1, le=36_525)]
    columns: dict[str, Column] = Field(default_factory=dict)
    repeats: dict[str, Repeat] = Field(default_factory=dict)
    thresholds: Thresholds = Thresholds()
    population: Annotated[int, Field(ge=1)] | None = None
    bsn_law: str = ""
    parent: Name | None = None

    @model_validator(mode="after")
    def check_columns(self) -> Self:
        if self.kind is Kind.SURVEY and not self.columns:
            raise ValueError("a survey needs the role of every column under columns")
        if self.repeats and not self.columns:
            raise ValueError("repeats belong to a source with columns")
        check_table(self.columns)
        for name, repeat in self.repeats.items():
            check_table(repeat.columns)
            if len(self.repeat_name(name)) > 40:  # noqa: PLR2004 - as long as a Name
                raise ValueError("the name of the source and that of a repeat are too long together")
        everything = [*self.columns.values(), *(c for r in self.repeats.values() for c in r.columns.values())]
        if not self.bsn_law and any(column.action is Action.MATCH for column in everything):
            raise ValueError(
                "a BSN is matched on only where bsn_law names the law that allows this source to"
            )
        return self

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change when anything in the declaration does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]

    def with_role(self, *roles: Role) -> dict[str, Column]:
        """The declared columns that have one of these roles, in their order."""
        return {name: column for name, column in self.columns.items() if column.role in roles}

    def repeat_name(self, sheet: str) -> str:
        """What a repeat group is called as a source."""
        return f"{self.name}_{variable_name(sheet)}"

    def of_repeat(self, sheet: str) -> "Declaration":
        """The declaration of a repeat group, as if it were a source of its own."""
        changes = {
            "name": self.repeat_name(sheet),
            "columns": self.repeats[sheet].columns,
            "repeats": {},
            "parent": self.name,
        }
        return self.model_copy(update=changes)


def check_table(columns: dict[str, Column]) -> None:
    """Whether columns can be one table.

    Raises:
        ValueError: two columns for the record id, or two with one name in the store.
    """
    if sum(column.role is Role.RECORD_ID for column in columns.values()) > 1:
        raise ValueError("only one column can be the record_id")
    names = [variable_name(name) for name in columns]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"two columns would both be called {twice[0]} in the store")
