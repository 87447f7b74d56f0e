"""One column of a proposal: its role, how its cells are to be read, and which of them do not fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from signaal.anonymise.propose.fits import CATEGORY, reader_of, reads_dates
from signaal.anonymise.propose.profile import Profile
from signaal.anonymise.propose.rules import Verdict, words, words_of
from signaal.anonymise.table.typed import plain, read_cells, read_column
from signaal.schemas.column import Column, DataType, Decimal, Role

_SAID = re.compile(r"([^=,;()\[\]]+)=([^=,;()\[\]]+)")
_TYPED = frozenset({Role.KEEP, Role.SENSITIVE})


@dataclass(frozen=True)
class Entry:
    """A column of the file with the reason for its role and what else a person must know, in Dutch.

    Without ``declared`` it is named in a comment only: it is left out.
    """

    heading: str
    reason: str
    column: Column
    notes: tuple[str, ...] = ()
    declared: bool = True

    @property
    def role(self) -> Role:
        return self.column.role


def entry_of(heading: str, verdict: Verdict, profile: Profile, cells: "pd.Series[str]") -> Entry:
    """The entry of a column whose role is decided.

    Its type, decimal sign, order of dates and codes for no answer are those that the cells show.
    """
    column = column_of(verdict, profile, codes_in(heading))
    return Entry(heading, verdict.reason, column, notes_on(column, cells))


def column_of(verdict: Verdict, profile: Profile, codes: frozenset[str]) -> Column:
    """A column under a verdict, with what its cells show; ``codes`` say no answer by its heading."""
    if verdict.role is Role.DIRECT_IDENTIFIER:
        return Column(role=verdict.role, entity=verdict.entity, action=verdict.action)
    column = Column(role=verdict.role, generalise=verdict.generalise, type=_type(verdict.role, profile))
    if not reads_strictly(column):
        beside = profile.numbers.codes if profile.is_labelled and profile.numbers else ()
        return column.model_copy(update={"missing": beside if column.role in _TYPED else ()})
    shown: dict[str, object] = {}
    if column.type is DataType.NUMBER:
        shown["decimal"] = profile.fits.decimal
    if reads_dates(column.generalise):
        shown["date_order"] = profile.fits.date_order
    column = column.model_copy(update=shown)
    return column.model_copy(update={"missing": tuple(_missing(column, profile, codes))})


def reads_strictly(column: Column) -> bool:
    """Whether there are cells that do not fit the column."""
    if column.role is Role.QUASI_IDENTIFIER:
        return column.generalise != CATEGORY
    return column.type is not DataType.TEXT


def codes_in(heading: str) -> frozenset[str]:
    """Codes that a heading says to mean no answer, as in ``(0 tot 10, 99 = weet ik niet)``."""
    nothing = {words_of(each) for each in words().no_answers} - {""}
    sides = [(left.strip(), right.strip()) for left, right in _SAID.findall(heading)]
    both = [*sides, *((right, left) for left, right in sides)]
    return frozenset(
        code for code, said in both if code in words().no_answer_codes and words_of(said) in nothing
    )


def notes_on(column: Column, cells: "pd.Series[str]") -> tuple[str, ...]:
    """What a person must know of cells that do not fit: how many they are, never what they hold."""
    if not reads_strictly(column):
        return ()
    if column.generalise is None:
        misfit = read_column(cells, column).misfit
    else:
        misfit = read_cells(cells, reader_of(column), column.missing).misfit
    return tuple(_notes(column, cells[misfit]))


def _notes(column: Column, wrong: "pd.Series[str]") -> Iterator[str]:
    if len(wrong):
        count = "1 cel past" if len(wrong) == 1 else f"{len(wrong)} cellen passen"
        yield f"{count} niet: de partij wordt vastgehouden tot dat verbeterd is, of schrijf unfit: empty"
    if column.type is DataType.NUMBER and column.decimal is None:
        decided = column.model_copy(update={"decimal": Decimal.COMMA})
        either = len(wrong) - int(read_column(wrong, decided).misfit.sum())
        if either:
            yield f"waarvan {either} duizendtal of breuk: kies decimal: comma of decimal: point"


def _type(role: Role, profile: Profile) -> DataType:
    if role not in _TYPED:
        return DataType.TEXT
    if profile.fits.is_boolean:
        return DataType.BOOLEAN
    return DataType.NUMBER if profile.is_number and not profile.is_labelled else DataType.TEXT


def _missing(column: Column, profile: Profile, codes: frozenset[str]) -> list[str]:
    """Codes and words for no answer that the cells hold, as the lists of words write them."""
    beside = profile.numbers.codes if column.type is DataType.NUMBER and profile.numbers else ()
    found = {*map(plain, profile.fits.unanswered(reader_of(column))), *beside}
    found |= codes & {plain(cell) for cell in profile.fits.counts}
    known = (*words().no_answer_codes, *words().no_answers)
    return [each for each in known if plain(each) in found]
