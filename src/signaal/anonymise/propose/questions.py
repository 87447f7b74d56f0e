"""Columns that are one question together: they get one role and are read in one way."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from signaal.anonymise.propose.decide import STRICTNESS, as_published
from signaal.anonymise.propose.entry import Entry, codes_in, column_of, entry_of, notes_on
from signaal.anonymise.propose.fits import CATEGORY
from signaal.anonymise.propose.profile import Profile, profile_of
from signaal.anonymise.propose.rules import Verdict, words
from signaal.schemas.batch import Table
from signaal.schemas.column import DataType, Role

_CLOSED = frozenset({Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.KEEP})
_NAMED = _CLOSED | {Role.FREE_TEXT}


def questions_of(table: Table) -> Mapping[str, str]:
    """The question of each heading that shares one with another: what the reader says, else the headings."""
    if table.questions:
        return table.questions
    shown = {heading: question for heading in table.frame.columns if (question := _shown(heading))}
    asked = list(shown.values())
    return {heading: question for heading, question in shown.items() if asked.count(question) > 1}


def as_questions(
    entries: list[Entry], table: Table, profiles: Mapping[str, Profile], by_machine: bool
) -> list[Entry]:
    """The entries with their questions.

    The columns of a question get its strictest role and one type, but for those that are never
    published as they are: free texts, identifiers, what is dropped. Nothing of a question that
    has no answer yet is dropped for that.
    """
    asked = questions_of(table)
    changed: dict[str, Entry] = {}
    for question in dict.fromkeys(asked.values()):
        members = [entry for entry in entries if asked.get(entry.heading) == question]
        alike = _alike(question, members, table.frame, profiles, by_machine)
        changed |= {entry.heading: _named(entry, question) for entry in alike}
    return [changed.get(entry.heading, entry) for entry in entries]


def _shown(heading: str) -> str | None:
    found = (form.fullmatch(heading) for form in words().question_headings)
    return next((match["question"] for match in found if match), None)


def _named(entry: Entry, question: str) -> Entry:
    if entry.role not in _NAMED:
        return entry
    return replace(entry, column=entry.column.model_copy(update={"question": question}))


def _alike(
    question: str,
    members: list[Entry],
    frame: pd.DataFrame,
    profiles: Mapping[str, Profile],
    by_machine: bool,
) -> list[Entry]:
    closed = [entry for entry in members if entry.role in _CLOSED]
    if not closed:
        return members
    verdict = _strictest(closed)
    alike = {
        entry.heading: _under(verdict, entry, profiles[entry.heading], frame[entry.heading])
        for entry in members
        if entry.role in _CLOSED or (entry.role is Role.DROP and not profiles[entry.heading].filled)
    }
    rows = [entry for entry in alike.values() if entry.role in _CLOSED and entry.heading != question]
    alike |= {entry.heading: entry for entry in _read_alike(verdict, rows, frame, by_machine)}
    return [alike.get(entry.heading, entry) for entry in members]


def _strictest(closed: list[Entry]) -> Verdict:
    """The strictest role, with the hierarchy that all of the columns have, else categories."""
    strictest = min(closed, key=lambda entry: STRICTNESS.index(entry.role))
    same = all(entry.column.generalise == strictest.column.generalise for entry in closed)
    generalise = strictest.column.generalise if same else CATEGORY
    reason = f"zoals andere kolommen van deze vraag ({strictest.reason})"
    if strictest.role is not Role.QUASI_IDENTIFIER:
        return Verdict(role=strictest.role, reason=reason)
    return Verdict(role=strictest.role, generalise=generalise, reason=reason)


def _under(verdict: Verdict, entry: Entry, profile: Profile, cells: "pd.Series[str]") -> Entry:
    """The column under the verdict on its question; one that had it already keeps its own reason."""
    if entry.role is verdict.role and entry.column.generalise == verdict.generalise:
        return entry
    return entry_of(entry.heading, as_published(verdict, profile), profile, cells)


def _read_alike(verdict: Verdict, rows: list[Entry], frame: pd.DataFrame, by_machine: bool) -> list[Entry]:
    """The columns read as all of their cells together are; as each is where that would not do for one."""
    if len(rows) < 2 or verdict.role not in {Role.SENSITIVE, Role.KEEP}:  # noqa: PLR2004 - several of them
        return rows
    cells = pd.concat([frame[entry.heading] for entry in rows], ignore_index=True)
    codes = frozenset[str]().union(*(codes_in(entry.heading) for entry in rows))
    column = column_of(verdict, profile_of(cells, by_machine), codes)
    notes = {entry.heading: notes_on(column, frame[entry.heading]) for entry in rows}
    if column.type is DataType.TEXT:
        missing = dict.fromkeys(code for entry in rows for code in entry.column.missing)
        column = column.model_copy(update={"missing": tuple(missing)})
        fit = all(not entry.notes for entry in rows)
    else:
        fit = all(entry.column.type is column.type or not notes[entry.heading] for entry in rows)
    return [replace(entry, column=column, notes=notes[entry.heading]) for entry in rows] if fit else rows
