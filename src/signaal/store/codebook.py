"""The codebook of a source: every declared column, and what was done to it in plain Dutch."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from signaal.schemas.declaration import (
    TEXT_COLUMN,
    Action,
    Column,
    DataType,
    Declaration,
    Generalisation,
    Role,
    variable_name,
)

RECORD_ID = "record_id"
"""The column that holds the keyed id of a record, in every table that has records."""


@dataclass(frozen=True)
class CodebookRow:
    """One declared column. ``variable`` is its name in the store; ``published`` whether it is there.

    ``type`` is how it is stored; ``description`` says in Dutch what was done to it.
    """

    source: str
    variable: str
    heading: str
    label: str
    role: Role
    entity: str | None
    action: Action | None
    generalisation: Generalisation | None
    type: DataType
    published: bool
    description: str


def codebook(declaration: Declaration) -> list[CodebookRow]:
    """A row for each declared column, in their order; for whole notes one for their text."""
    columns = declaration.columns or {TEXT_COLUMN: Column(role=Role.FREE_TEXT)}
    return [_row(declaration.name, heading, column) for heading, column in columns.items()]


def published_columns(declaration: Declaration) -> dict[str, Column]:
    """The columns of the source's table in the store, by variable, in their declared order."""
    return {
        variable_name(heading): column
        for heading, column in declaration.columns.items()
        if is_published(column) and column.role not in {Role.FREE_TEXT, Role.RECORD_ID}
    }


def published_texts(declaration: Declaration) -> list[str]:
    """The variables whose texts are signals."""
    return [row.variable for row in codebook(declaration) if row.role is Role.FREE_TEXT]


def is_published(column: Column) -> bool:
    """Whether anything of a column is in the store."""
    if column.role is Role.DIRECT_IDENTIFIER:
        return column.action is Action.PSEUDONYM
    return column.role is not Role.DROP


def stored_type(column: Column) -> DataType:
    """How a column is stored: what is generalised or a pseudonym is text, whatever it was."""
    as_is = column.generalise in {None, Generalisation.NONE} and column.role in {
        Role.QUASI_IDENTIFIER,
        Role.SENSITIVE,
        Role.KEEP,
    }
    return column.type if as_is else DataType.TEXT


def _row(source: str, heading: str, column: Column) -> CodebookRow:
    return CodebookRow(
        source=source,
        variable=RECORD_ID if column.role is Role.RECORD_ID else variable_name(heading),
        heading=heading,
        label=column.label,
        role=column.role,
        entity=column.entity,
        action=column.action if column.role is Role.DIRECT_IDENTIFIER else None,
        generalisation=column.generalise,
        type=stored_type(column),
        published=is_published(column),
        description=_descriptions()[column.role][_treatment(column)],
    )


def _treatment(column: Column) -> str:
    if column.role is Role.DIRECT_IDENTIFIER:
        return column.action
    return column.generalise or "as_is"


@cache
def _descriptions() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("codebook.yaml").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = yaml.safe_load(text)
    return sentences
