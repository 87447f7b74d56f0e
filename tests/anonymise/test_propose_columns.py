"""What `propose` makes of one column, from its heading and its cells."""

from pathlib import Path

import pandas as pd
import pytest
import yaml
from pydantic import BaseModel

from signaal.anonymise.propose import propose
from signaal.schemas.batch import Table
from signaal.schemas.declaration import Action, Column, DataType, Declaration, Generalisation, Role
from signaal.schemas.entities import Entity


class Case(BaseModel):
    """A column with the role that it must get."""

    heading: str
    cells: list[str]
    times: int = 1
    role: Role
    entity: Entity | None = None
    action: Action = Action.DROP
    generalise: Generalisation | None = None
    type: DataType = DataType.TEXT


FILE = Path(__file__).parent / "propose_columns.yaml"
# The loader that makes strings of everything, as a table has them.
READ = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (a file of ours)
CASES = [Case.model_validate(case) for case in READ]


def proposed(columns: dict[str, list[str | None]]) -> Declaration:
    text = propose(Table(pd.DataFrame(columns, dtype=object)), "enquete.csv")
    return Declaration.model_validate(yaml.safe_load(text))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.heading}-{case.role}" for case in CASES])
def test_a_column_gets_the_role_that_its_heading_and_cells_call_for(case: Case) -> None:
    column = proposed({case.heading: [*case.cells * case.times, None]}).columns[case.heading]
    expected = Column.model_construct(
        role=case.role, entity=case.entity, action=case.action, generalise=case.generalise, type=case.type
    )
    assert column.model_dump() == expected.model_dump()


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
