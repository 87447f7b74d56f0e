"""Proposes a source declaration for a file: what every column is, and why."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from signaal.anonymise.propose.decide import STRICTNESS, decide
from signaal.anonymise.propose.entry import Entry, entry_of
from signaal.anonymise.propose.header import check_header
from signaal.anonymise.propose.naming import FALLBACK, file_glob, is_table, is_text_file, source_name
from signaal.anonymise.propose.profile import Profile, profile_of
from signaal.anonymise.propose.questions import as_questions
from signaal.anonymise.propose.repeats import name_with_room, repeats_of
from signaal.anonymise.propose.rules import words, words_of
from signaal.anonymise.propose.write import declaration_yaml
from signaal.schemas.batch import Table
from signaal.schemas.column import Column, Role, variable_name
from signaal.schemas.declaration import TEXT_COLUMN, Kind
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code, FileNotTakenError


def propose(table: Table, file_name: str) -> str:
    """A declaration for files like this one, as the text of ``sources/NAME.yaml``.

    The text loads as a ``Declaration`` once read by YAML. Every column has its role with the reason
    in a Dutch comment. No cell is quoted, but for words and codes from a list that say there is no
    answer; of the file name only words from a list of harmless ones.
    Two headings that would have one name in the store cannot both be declared: the less strict one
    is named in a comment and left out, so that it would be dropped. So is a sheet without a link to
    the records.

    Raises:
        FileNotTakenError: the table has no row of headings or no columns, or files with this ending
            are not read.
    """
    name, glob = source_name(file_name), file_glob(file_name)
    if _is_note(table.frame, file_name):
        return declaration_yaml(name, Kind.FIELD_NOTES, glob, ())
    if not len(table.frame.columns):
        raise FileNotTakenError(
            Code.EMPTY, "the file has no columns; put a row with headings on top, and propose again"
        )
    check_header(table.frame)
    by_machine = not is_text_file(file_name)
    name = name_with_room(name, FALLBACK, table)
    repeats = repeats_of(table, name, lambda each: _entries(each, by_machine))
    left_out = len(table.repeats) - len(repeats)
    entries = _entries(table, by_machine)
    return declaration_yaml(name, _kind(table.frame), glob, entries, repeats=repeats, left_out=left_out)


def _is_note(frame: pd.DataFrame, file_name: str) -> bool:
    return not is_table(file_name) and list(frame.columns) == [TEXT_COLUMN] and len(frame) == 1


def _kind(frame: pd.DataFrame) -> Kind:
    said = [set(words_of(heading).split()) for heading in frame.columns]
    notes = any(each & words().logbook for each in said)
    beside = any(each & words().logbook_beside for each in said)
    return Kind.FIELD_NOTES if notes and beside else Kind.SURVEY


def _entries(table: Table, by_machine: bool) -> list[Entry]:
    frame = table.frame
    profiles = {heading: profile_of(frame[heading], by_machine) for heading in frame.columns}
    entries = [_entry(heading, profiles, frame[heading]) for heading in frame.columns]
    entries = as_questions(entries, table, profiles, by_machine)
    return _one_name_each(_one_moment(_one_record_id(entries, frame)))


def _entry(heading: str, profiles: Mapping[str, Profile], cells: "pd.Series[str]") -> Entry:
    profile = profiles[heading]
    return entry_of(heading, decide(heading, profile), profile, cells)


def _one_record_id(entries: list[Entry], frame: pd.DataFrame) -> list[Entry]:
    """The first record number that is unique stays one; another is a number of a case."""
    found = [entry for entry in entries if entry.role is Role.RECORD_ID]
    chosen = next((entry for entry in found if _is_unique(frame, entry.heading)), None)
    return [
        _not_the_record_id(entry, chosen is not None) if entry in found and entry is not chosen else entry
        for entry in entries
    ]


def _not_the_record_id(entry: Entry, taken: bool) -> Entry:
    why = "er is al een ander" if taken else "niet elk formulier heeft een eigen nummer"
    reason = f"kop lijkt op het nummer van het formulier, maar {why}"
    return replace(
        entry,
        reason=reason,
        column=Column(role=Role.DIRECT_IDENTIFIER, entity=Entity.CASE_NUMBER),
    )


def _is_unique(frame: pd.DataFrame, heading: str) -> bool:
    """Whether every record has its own number. A record that is there twice, word for word, is one."""
    records = frame.fillna("").drop_duplicates()
    numbers = records[heading].str.strip()
    numbers = numbers[(records != "").any(axis="columns")]
    return len(numbers) > 0 and bool((numbers != "").all()) and numbers.is_unique


def _one_moment(entries: list[Entry]) -> list[Entry]:
    """The first moment stays; start, end and upload of one form together point to one person."""
    moments = [entry for entry in entries if _is_moment(entry.column)]
    reason = "nog een datum of tijdstip bij hetzelfde formulier; samen wijzen ze een persoon aan"
    return [_dropped(entry, reason) if entry in moments[1:] else entry for entry in entries]


def _is_moment(column: Column) -> bool:
    return column.generalise is not None and column.generalise.hierarchy == "date"


def _one_name_each(entries: list[Entry]) -> list[Entry]:
    """Of headings that share a name in the store only the strictest is declared."""
    chosen: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda each: STRICTNESS.index(each.role)):
        chosen.setdefault(variable_name(entry.heading), entry)
    reason = "kop krijgt in de opslag dezelfde naam als een andere; hernoem hem om deze kolom mee te nemen"
    return [
        entry
        if chosen[variable_name(entry.heading)] is entry
        else replace(_dropped(entry, reason), declared=False)
        for entry in entries
    ]


def _dropped(entry: Entry, reason: str) -> Entry:
    return Entry(entry.heading, reason, Column(role=Role.DROP))
