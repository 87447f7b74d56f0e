"""Which columns a declaration publishes: nothing else may leave."""

from dataclasses import dataclass

import pandas as pd

from signaal.schemas.column import PARENT_ID, Action, Column, Role, variable_name
from signaal.schemas.declaration import TEXT_COLUMN, Declaration

RECORD_ID = "record_id"
SIGNAL_COLUMNS = ("signal_id", RECORD_ID, "variable", "text", "letters", "masked")
FINDING_COLUMNS = (RECORD_ID, "variable", "entity_type", "start", "end", "score", "recognizer")
_ROLES = (Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.KEEP)


@dataclass(frozen=True)
class PublishedColumn:
    """A column of the records in the store.

    ``optional``: a file of the source may lack it. ``stand_in``: it holds keyed stand-ins.
    """

    name: str
    optional: bool
    stand_in: bool


def published_columns(declaration: Declaration) -> tuple[PublishedColumn, ...]:
    """The columns of ``records`` under a declaration, the record id first, in a repeat group its parent's."""
    columns = [
        PublishedColumn(variable_name(heading), column.optional, column.role is Role.DIRECT_IDENTIFIER)
        for heading, column in declaration.columns.items()
        if _is_published(column)
    ]
    ids = (RECORD_ID, PARENT_ID) if declaration.parent else (RECORD_ID,)
    return (*(PublishedColumn(name, optional=False, stand_in=True) for name in ids), *columns)


def quasi_identifiers(declaration: Declaration, records: pd.DataFrame) -> list[str]:
    """The quasi-identifying columns that the records have."""
    names = map(variable_name, declaration.with_role(Role.QUASI_IDENTIFIER))
    return [name for name in names if name in records]


def free_text_variables(declaration: Declaration) -> tuple[str, ...]:
    """What ``signals`` may name as their variable."""
    if not declaration.columns:
        return (TEXT_COLUMN,)
    return tuple(map(variable_name, declaration.with_role(Role.FREE_TEXT)))


def _is_published(column: Column) -> bool:
    if column.role is Role.DIRECT_IDENTIFIER:
        return column.action is Action.PSEUDONYM
    return column.role in _ROLES
