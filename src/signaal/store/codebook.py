"""The codebook of a source: every question with its columns, and what was done to them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, count
from types import MappingProxyType

from signaal.schemas.column import PARENT_ID, Action, Column, DataType, Role, variable_name
from signaal.schemas.declaration import TEXT_COLUMN, Declaration
from signaal.store.description import describe, describe_parent

RECORD_ID = "record_id"
"""The column that holds the keyed id of a record, in every table that has records."""

Levels = Mapping[str, tuple[str, str]]
"""Of variables the hierarchy and the name of the level on which they are published."""
UNKNOWN_LEVELS: Levels = MappingProxyType({})

_TYPED = frozenset({Role.SENSITIVE, Role.KEEP})


class Form(StrEnum):
    """Whether a question has one column, or several (multiple answers, a matrix)."""

    SINGLE = "single"
    GROUP = "group"


@dataclass(frozen=True)
class CodebookRow:
    """One question: a column, or the columns that belong to one question and are treated alike.

    variable: its name, in a source no other row has; of a single column that in the store.
    question: the heading of a single column, the question of a group.
    variables: the names in the store; items: what each of a group stands for, in the same order.
    level: on which the columns are published, as far as that is known; where they differ that of
        each, with `` | `` between them.
    type: how it is stored. missing: the codes whose cells are empty. published: whether it is there.
    description: in Dutch, what was done to it.
    """

    source: str
    variable: str
    question: str
    form: Form
    variables: tuple[str, ...]
    items: tuple[str, ...]
    label: str
    role: Role
    entity: str | None
    action: Action | None
    hierarchy: str | None
    level: str | None
    type: DataType
    missing: tuple[str, ...]
    published: bool
    description: str


def codebook(declaration: Declaration, levels: Levels = UNKNOWN_LEVELS) -> list[CodebookRow]:
    """A row for each question, in their declared order; for whole notes one for their text."""
    columns = declaration.columns or {TEXT_COLUMN: Column(role=Role.FREE_TEXT)}
    taken = {PARENT_ID, *(stored_name(heading, column) for heading, column in columns.items())}
    rows = [_parent_row(declaration.name)] if declaration.parent else []
    for group in _questions(columns):
        if len(group) == 1:
            rows.append(_column_row(declaration.name, *next(iter(group.items())), levels))
        else:
            rows.append(_group_row(declaration.name, group, taken, levels))
    return rows


def published_columns(declaration: Declaration) -> dict[str, Column]:
    """The columns of the source's table in the store, by variable, in their declared order."""
    return {
        variable_name(heading): column
        for heading, column in declaration.columns.items()
        if is_published(column) and column.role not in {Role.FREE_TEXT, Role.RECORD_ID}
    }


def published_texts(declaration: Declaration) -> list[str]:
    """The variables whose texts are signals."""
    if not declaration.columns:
        return [TEXT_COLUMN]
    return [variable_name(heading) for heading in declaration.with_role(Role.FREE_TEXT)]


def is_published(column: Column) -> bool:
    """Whether anything of a column is in the store."""
    if column.role is Role.DIRECT_IDENTIFIER:
        return column.action is Action.PSEUDONYM
    return column.role is not Role.DROP


def stored_type(column: Column) -> DataType:
    """How a column is stored: what is generalised or a pseudonym is text, whatever it was."""
    return column.type if column.role in _TYPED else DataType.TEXT


def stored_name(heading: str, column: Column) -> str:
    """The variable of a column."""
    return RECORD_ID if column.role is Role.RECORD_ID else variable_name(heading)


def _questions(columns: Mapping[str, Column]) -> Iterator[dict[str, Column]]:
    """The columns of each question together: those that it names and that are treated alike."""
    groups: defaultdict[object, dict[str, Column]] = defaultdict(dict)
    for heading, column in columns.items():
        treatment = (column.role, column.entity, column.action, column.generalise, stored_type(column))
        groups[(column.question, *treatment) if column.question else heading][heading] = column
    yield from groups.values()


def _column_row(source: str, heading: str, column: Column, levels: Levels) -> CodebookRow:
    """The row of a column that is a question by itself."""
    row = _row(source, {heading: column}, levels)
    return replace(row, question=heading, label=column.label)


def _group_row(source: str, columns: dict[str, Column], taken: set[str], levels: Levels) -> CodebookRow:
    """The row of a question with several columns, under a name that nothing else has."""
    row = _row(source, columns, levels)
    question = next(iter(columns.values())).question
    items = tuple(column.label or heading for heading, column in columns.items())
    variable = _free_name(variable_name(question), taken)
    taken.add(variable)
    return replace(row, variable=variable, question=question, form=Form.GROUP, items=items)


def _free_name(name: str, taken: Collection[str]) -> str:
    """The name, or where it is taken the name with the first number that is not."""
    candidates = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _row(source: str, columns: dict[str, Column], levels: Levels) -> CodebookRow:
    """What is said of columns that are treated alike, as if the first were the question."""
    first = next(iter(columns.values()))
    variables = tuple(stored_name(heading, column) for heading, column in columns.items())
    published = _levels(first, variables, levels)
    return CodebookRow(
        source=source,
        variable=variables[0],
        question="",
        form=Form.SINGLE,
        variables=variables,
        items=(),
        label="",
        role=first.role,
        entity=first.entity,
        action=first.action if first.role is Role.DIRECT_IDENTIFIER else None,
        hierarchy=first.generalise.hierarchy if first.generalise else None,
        level=" | ".join(published) or None,
        type=stored_type(first),
        missing=tuple(dict.fromkeys(code for column in columns.values() for code in column.missing)),
        published=is_published(first),
        description=describe(first, published),
    )


def _levels(column: Column, variables: tuple[str, ...], levels: Levels) -> tuple[str, ...]:
    """The level of each variable, or the one that all of them have; empty where one is not known."""
    if column.generalise is None:
        return ()
    found = [levels.get(variable, ("", "")) for variable in variables]
    if any(hierarchy != column.generalise.hierarchy for hierarchy, _ in found):
        return ()
    names = tuple(name for _, name in found)
    return names[:1] if len(set(names)) == 1 else names


def _parent_row(source: str) -> CodebookRow:
    """The row of the column that every repeat group has."""
    row = _column_row(source, PARENT_ID, Column(role=Role.RECORD_ID), UNKNOWN_LEVELS)
    return replace(row, variable=PARENT_ID, variables=(PARENT_ID,), description=describe_parent())
