"""A declaration is checked before anything is read with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from signaal.schemas.declaration import LONGEST_NAME, Column, Declaration, variable_name

SURVEY = {
    "name": "enquete",
    "kind": "survey",
    "files": ["*.csv"],
    "owner": "Buurthuis De Toets",
    "purpose": "onderzoek",
    "legal_basis": "toestemming",
    "retention_days": 365,
    "columns": {"Cijfer": {"role": "keep"}},
}


def declaration(**changes: object) -> Declaration:
    return Declaration.model_validate(SURVEY | changes)


@pytest.mark.parametrize(
    "column",
    [
        {"role": "direct_identifier"},
        {"role": "keep", "entity": "PERSON"},
        {"role": "keep", "action": "pseudonym"},
        {"role": "direct_identifier", "entity": "NL_BSN", "action": "pseudonym"},
        {"role": "quasi_identifier"},
        {"role": "keep", "generalise": "year"},
        {"role": "secret"},
        {"role": "keep", "typo": True},
    ],
)
def test_a_column_that_makes_no_sense_is_refused(column: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Column.model_validate(column)


@pytest.mark.parametrize(
    "changes",
    [
        {"columns": {}},
        {"name": "Met Hoofdletters"},
        {"files": []},
        {"owner": " "},
        {"retention_days": 0},
        {"columns": {"a": {"role": "record_id"}, "b": {"role": "record_id"}}},
        {"columns": {"Cijfer": {"role": "keep"}, "cijfer": {"role": "keep"}}},
        {"thresholds": {"k": 1}},
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        declaration(**changes)


def test_the_version_changes_with_anything_that_matters() -> None:
    assert declaration().version == declaration().version
    assert declaration().version != declaration(thresholds={"k": 6}).version


@given(st.text(max_size=200))
def test_a_variable_name_can_be_a_column_of_a_database(heading: str) -> None:
    name = variable_name(heading)
    assert 0 < len(name) <= LONGEST_NAME
    assert not name[0].isdigit()
    assert name == name.lower().replace(" ", "_")


def test_questions_that_differ_in_their_last_words_keep_names_of_their_own() -> None:
    question = "Hoe tevreden bent u over de volgende voorzieningen bij u in de buurt "
    assert variable_name(question + "[de bibliotheek]") != variable_name(question + "[het zwembad]")


@pytest.mark.parametrize("heading", ["Record ID", "record_id", "Batch-id"])
def test_a_column_never_takes_the_name_of_one_of_our_own(heading: str) -> None:
    assert variable_name(heading) not in {"record_id", "batch_id"}
