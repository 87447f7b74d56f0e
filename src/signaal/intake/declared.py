"""Keeps of a table what its source declares: columns, and the repeat groups that belong to its records."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from signaal.intake.headings import heading
from signaal.intake.identity import repeat_id
from signaal.schemas.batch import Batch, Table
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError

NO_PARENT = -1


def declared(batch: Batch, label: str) -> Batch:
    """The batch with declared columns alone, under their declared names, and its repeat groups.

    Raises:
        FileNotTakenError: a column or a repeat group is not there and not optional
            (``MISSING_COLUMNS``).
    """
    declaration, sheets = batch.declaration, batch.table.repeats
    groups = _groups(batch, label)
    keys = [declaration.repeats[name].key for name in groups]
    table, undeclared = _columns(batch.table, declaration, keys, label)
    repeats = tuple(_repeat(batch, name, sheet, label) for name, sheet in groups.items())
    others = tuple(f"blad {sheet}" for sheet in sheets if sheet not in groups.values())
    return replace(batch, table=table, undeclared=undeclared + others, repeats=repeats)


def _groups(batch: Batch, label: str) -> dict[str, str]:
    """The declared repeat groups that are there, each with the name of its sheet."""
    declaration = batch.declaration
    names = {name: heading(name) for name in declaration.repeats}
    there = {name: sheet for name, sheet in names.items() if sheet in batch.table.repeats}
    missing = [
        name
        for name, repeat in declaration.repeats.items()
        if name not in there and not all(column.optional for column in repeat.columns.values())
    ]
    if missing:
        advice = "export it with all of them, or mark all their columns as optional"
        raise _lacking(label, "sheets", declaration, missing, advice)
    return there


def _repeat(batch: Batch, name: str, sheet: str, label: str) -> Batch:
    """A repeat group as a batch of its own, with the places of its parents among the records."""
    repeat, declaration = batch.declaration.repeats[name], batch.declaration.of_repeat(name)
    group = batch.table.repeats[sheet]
    table, undeclared = _columns(group, declaration, [repeat.parent], label)
    keys, parents = batch.table.frame[heading(repeat.key)], group.frame[heading(repeat.parent)]
    return Batch(
        batch_id=repeat_id(batch.batch_id, sheet),
        content_id=repeat_id(batch.content_id, sheet),
        file_id=batch.file_id,
        declaration=declaration,
        table=table,
        undeclared=undeclared,
        parents=_places(parents, keys),
    )


def _places(parents: Iterable[str | None], keys: Iterable[str | None]) -> tuple[int, ...]:
    """Where in ``keys`` each parent stands; ``NO_PARENT`` where it is not there, or more than once."""
    keys = list(keys)
    times = Counter(keys)
    places = {key: place for place, key in enumerate(keys) if key is not None and times[key] == 1}
    return tuple(places.get(parent, NO_PARENT) if parent is not None else NO_PARENT for parent in parents)


def _columns(
    table: Table, declaration: Declaration, links: Iterable[str], label: str
) -> tuple[Table, tuple[str, ...]]:
    """The declared columns of a table, under their declared names, and the headings of the others.

    ``links`` are headings by which tables refer to each other: they must be there as well.
    """
    names = {heading(name): name for name in declaration.columns}
    linking = {heading(name): name for name in links}
    frame = table.frame
    needed = {shown: name for shown, name in names.items() if not declaration.columns[name].optional}
    missing = [name for shown, name in (needed | linking).items() if shown not in frame.columns]
    if missing:
        advice = "correct them in the declaration or mark them as optional"
        raise _lacking(label, "columns", declaration, missing, advice)
    kept = [shown for shown in frame.columns if shown in names]
    undeclared = tuple(shown for shown in frame.columns if shown not in names and shown not in linking)
    questions = {names[shown]: text for shown, text in table.questions.items() if shown in names}
    return Table(frame[kept].rename(columns=names), questions, table.rows), undeclared


def _lacking(
    label: str, what: str, declaration: Declaration, names: Iterable[str], advice: str
) -> FileNotTakenError:
    listed = ", ".join(f'"{name}"' for name in names)
    problem = f"lacks {what} that source {declaration.name} declares: {listed}"
    return FileNotTakenError(Code.MISSING_COLUMNS, f"file {label} {problem}; {advice}")
