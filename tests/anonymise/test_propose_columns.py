"""What `propose` makes of one column, from its heading and its cells."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from signaal.anonymise.propose import propose
from signaal.schemas.batch import Table
from signaal.schemas.column import Column, Role
from signaal.schemas.declaration import Declaration
from signaal.schemas.entities import Entity


@dataclass(frozen=True)
class Case:
    """A column with what the proposal must say of it."""

    heading: str
    cells: list[str]
    column: Column
    times: int = 1
    file: str = "enquete.csv"

    @classmethod
    def of(cls, read: dict[str, Any]) -> "Case":
        """A case of the file: what is not about the cells is about the column."""
        about = {name: read.pop(name) for name in ("heading", "cells", "file") if name in read}
        times = int(read.pop("times", 1))
        return cls(**about, times=times, column=Column.model_validate(read))


FILE = Path(__file__).parent / "propose_columns.yaml"
# The loader that makes strings of everything, as a table has them.
READ = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (a file of ours)
CASES = [Case.of(case) for case in READ]


def proposed(columns: dict[str, list[str | None]], file: str = "enquete.csv") -> Declaration:
    text = propose(Table(pd.DataFrame(columns, dtype=object)), file)
    return Declaration.model_validate(yaml.safe_load(text))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.heading}-{case.column.role}" for case in CASES])
def test_a_column_gets_what_its_heading_and_cells_call_for(case: Case) -> None:
    column = proposed({case.heading: [*case.cells * case.times, None]}, case.file).columns[case.heading]
    assert column.model_dump() == case.column.model_dump()


def test_only_the_first_unique_number_of_a_form_is_its_record_id() -> None:
    declaration = proposed({"Groep nr": ["1", "1"], "Id": ["7", "8"], "Response ID": ["70", "80"]})
    assert declaration.columns["Id"].role is Role.RECORD_ID
    assert declaration.columns["Response ID"].entity is Entity.CASE_NUMBER


def test_a_number_that_two_forms_share_is_no_record_id() -> None:
    columns = proposed({"Id": ["7", "7", "8"], "Kleur": ["rood", "blauw", "rood"]}).columns
    assert columns["Id"].entity is Entity.CASE_NUMBER


def test_a_record_that_was_exported_twice_leaves_the_record_id() -> None:
    columns = proposed({"Id": ["7", "7", "8"], "Kleur": ["rood", "rood", "blauw"]}).columns
    assert columns["Id"].role is Role.RECORD_ID


def test_of_several_moments_of_one_form_only_the_first_is_kept() -> None:
    moments = ["2024-01-02 10:00", "2024-02-03 11:00"]
    columns = proposed({"StartDate": moments, "EndDate": moments, "Datum ingediend": moments}).columns
    assert [column.role for column in columns.values()] == [Role.QUASI_IDENTIFIER, Role.DROP, Role.DROP]


def test_a_date_of_birth_is_found_whatever_its_heading() -> None:
    columns = proposed({"Datum": ["1-1-1950", "2-3-1988", "4-5-2003"]}).columns
    assert columns["Datum"].entity is Entity.DATE_TIME


def test_choices_from_a_list_are_not_taken_for_an_open_question() -> None:
    cells = ["Op straat chillen;Gamen met vrienden", "Gamen met vrienden;Sporten in de hal"] * 2
    columns = proposed({"Wat doe je?": [*cells, "Op straat chillen;Sporten in de hal"]}).columns
    assert columns["Wat doe je?"].role is Role.QUASI_IDENTIFIER
