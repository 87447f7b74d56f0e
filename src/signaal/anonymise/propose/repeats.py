"""The repeat groups of a workbook, each with the columns by which it refers to the records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from signaal.anonymise.propose.entry import Entry
from signaal.anonymise.propose.header import check_header
from signaal.anonymise.propose.rules import words
from signaal.schemas.batch import Table
from signaal.schemas.column import variable_name
from signaal.schemas.errors import FileNotTakenError

_LONGEST_NAME = 40
"""That of a source; a repeat group is one, called after its source and its sheet."""


@dataclass(frozen=True)
class RepeatEntries:
    """A repeat group of a proposal: its sheet, the headings that link it, and its other columns."""

    sheet: str
    parent: str
    key: str
    entries: tuple[Entry, ...]


def repeats_of(
    table: Table, source: str, entries_of: Callable[[Table], Sequence[Entry]]
) -> list[RepeatEntries]:
    """The repeat groups that can be declared: others have no link to the records, or no headings.

    The heading of the link is no column of its own, since its number says nothing else.
    """
    found = (_repeat(sheet, repeat, table, source, entries_of) for sheet, repeat in table.repeats.items())
    return [repeat for repeat in found if repeat is not None]


def name_with_room(source: str, fallback: str, table: Table) -> str:
    """The name of the source, or the fallback where it leaves too little room for those of repeat groups."""
    return source if all(_has_room(source, sheet) for sheet in table.repeats) else fallback


def _repeat(
    sheet: str, repeat: Table, table: Table, source: str, entries_of: Callable[[Table], Sequence[Entry]]
) -> RepeatEntries | None:
    parent = next((each for each in words().parent_headings if each in repeat.frame), None)
    key = next((each for each in words().key_headings if each in table.frame), None)
    if parent is None or key is None or not sheet.strip() or not _has_room(source, sheet):
        return None
    try:
        check_header(repeat.frame)
    except FileNotTakenError:
        return None
    entries = tuple(entry for entry in entries_of(repeat) if entry.heading != parent)
    return RepeatEntries(sheet, parent, key, entries) if any(each.declared for each in entries) else None


def _has_room(source: str, sheet: str) -> bool:
    return len(f"{source}_{variable_name(sheet)}") <= _LONGEST_NAME
