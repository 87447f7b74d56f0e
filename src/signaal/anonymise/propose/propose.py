"""Proposes a source declaration for a file: what every column is, and why."""

from dataclasses import replace

import pandas as pd

from signaal.anonymise.propose.decide import STRICTNESS, decide
from signaal.anonymise.propose.header import check_header
from signaal.anonymise.propose.naming import file_glob, is_table, source_name
from signaal.anonymise.propose.profile import Profile, profile_of
from signaal.anonymise.propose.rules import Verdict, words, words_of
from signaal.anonymise.propose.write import Entry, declaration_yaml
from signaal.schemas.batch import Table
from signaal.schemas.declaration import (
    TEXT_COLUMN,
    DataType,
    Generalisation,
    Kind,
    Role,
    variable_name,
)
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code, FileNotTakenError

_NUMERIC = frozenset({Role.KEEP, Role.SENSITIVE})


def propose(table: Table, file_name: str) -> str:
    """A declaration for files like this one, as the text of ``sources/NAME.yaml``.

    The text loads as a ``Declaration`` once read by YAML. Every column has its role with the reason
    in a Dutch comment. No cell is quoted; of the file name only words from a list of harmless ones.
    Two headings that would have one name in the store cannot both be declared: the less strict one
    is named in a comment and left out, so that it would be dropped.

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
    return declaration_yaml(name, _kind(table.frame), glob, _entries(table.frame))


def _is_note(frame: pd.DataFrame, file_name: str) -> bool:
    return not is_table(file_name) and list(frame.columns) == [TEXT_COLUMN] and len(frame) == 1


def _kind(frame: pd.DataFrame) -> Kind:
    said = [set(words_of(heading).split()) for heading in frame.columns]
    notes = any(each & words().logbook for each in said)
    beside = any(each & words().logbook_beside for each in said)
    return Kind.FIELD_NOTES if notes and beside else Kind.SURVEY


def _entries(frame: pd.DataFrame) -> list[Entry]:
    entries = [_entry(heading, frame[heading]) for heading in frame.columns]
    return _one_name_each(_one_moment(_one_record_id(entries, frame)))


def _entry(heading: str, cells: "pd.Series[str]") -> Entry:
    profile = profile_of(cells)
    verdict = decide(heading, profile)
    return Entry(heading, verdict, DataType.NUMBER if _is_numeric(verdict, profile) else DataType.TEXT)


def _is_numeric(verdict: Verdict, profile: Profile) -> bool:
    return verdict.role in _NUMERIC and profile.is_number


def _one_record_id(entries: list[Entry], frame: pd.DataFrame) -> list[Entry]:
    """The first record number that is unique stays one; another is a number of a case."""
    found = [entry for entry in entries if entry.verdict.role is Role.RECORD_ID]
    chosen = next((entry for entry in found if _is_unique(frame, entry.heading)), None)
    return [
        replace(entry, verdict=_not_the_record_id(chosen is not None))
        if entry in found and entry is not chosen
        else entry
        for entry in entries
    ]


def _not_the_record_id(taken: bool) -> Verdict:
    why = "er is al een ander" if taken else "niet elk formulier heeft een eigen nummer"
    reason = f"kop lijkt op het nummer van het formulier, maar {why}"
    return Verdict(role=Role.DIRECT_IDENTIFIER, entity=Entity.CASE_NUMBER, reason=reason)


def _is_unique(frame: pd.DataFrame, heading: str) -> bool:
    """Whether every record has its own number. A record that is there twice, word for word, is one."""
    records = frame.fillna("").drop_duplicates()
    numbers = records[heading].str.strip()
    numbers = numbers[(records != "").any(axis="columns")]
    return len(numbers) > 0 and bool((numbers != "").all()) and numbers.is_unique


def _one_moment(entries: list[Entry]) -> list[Entry]:
    """The first moment stays; start, end and upload of one form together point to one person."""
    moments = [entry for entry in entries if entry.verdict.generalise is Generalisation.MONTH]
    reason = "nog een datum of tijdstip bij hetzelfde formulier; samen wijzen ze een persoon aan"
    dropped = Verdict(role=Role.DROP, reason=reason)
    return [replace(entry, verdict=dropped) if entry in moments[1:] else entry for entry in entries]


def _one_name_each(entries: list[Entry]) -> list[Entry]:
    """Of headings that share a name in the store only the strictest is declared."""
    chosen: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda each: STRICTNESS.index(each.verdict.role)):
        chosen.setdefault(variable_name(entry.heading), entry)
    return [entry if chosen[variable_name(entry.heading)] is entry else _left_out(entry) for entry in entries]


def _left_out(entry: Entry) -> Entry:
    reason = "kop krijgt in de opslag dezelfde naam als een andere; hernoem hem om deze kolom mee te nemen"
    verdict = Verdict(role=Role.DROP, reason=reason)
    return replace(entry, verdict=verdict, declared=False)
