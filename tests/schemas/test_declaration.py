"""A declaration is checked before anything is read with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from signaal.schemas.column import LONGEST_NAME, RESERVED_NAMES, Column, Unfit, variable_name
from signaal.schemas.declaration import Declaration

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

REPEAT = {"parent": "_parent_index", "key": "_index", "columns": {"Rol": {"role": "keep"}}}


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
        {"role": "quasi_identifier", "generalise": {"finest": "year"}},
        {"role": "quasi_identifier", "generalise": {"hierarchy": "date", "finer": "year"}},
        {"role": "quasi_identifier", "generalise": "Met hoofdletters"},
        {"role": "keep", "generalise": "date"},
        {"role": "quasi_identifier", "generalise": "age", "type": "number"},
        {"role": "direct_identifier", "entity": "PERSON", "action": "match"},
        {"role": "keep", "is_true": ["ja"], "is_false": ["nee"]},
        {"role": "keep", "type": "boolean", "is_true": ["ja"]},
        {"role": "keep", "type": "money"},
        {"role": "keep", "decimal": ","},
        {"role": "keep", "unfit": "pass"},
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
        {"thresholds": {"l": 0}},
        {"thresholds": {"t": 0}},
        {"thresholds": {"max_suppressed": 1.1}},
        {"population": 0},
        {"columns": {"BSN": {"role": "direct_identifier", "entity": "NL_BSN", "action": "match"}}},
        {"repeats": {"leden": {"parent": "_parent_index", "key": "_index", "columns": {}}}},
        {"repeats": {"leden": {"key": "_index", "columns": {"Naam": {"role": "drop"}}}}},
        {"repeats": {"een tabblad met een lange naam die te lang is": REPEAT}},
        {"repeats": {"leden": REPEAT}, "kind": "field_notes", "columns": {}},
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


@pytest.mark.parametrize("heading", ["Record ID", "record_id", "Batch-id", "Parent ID"])
def test_a_column_never_takes_the_name_of_one_of_our_own(heading: str) -> None:
    assert variable_name(heading) not in RESERVED_NAMES


def test_a_hierarchy_may_be_named_alone() -> None:
    short = Column.model_validate({"role": "quasi_identifier", "generalise": "postcode"})
    long = Column.model_validate({"role": "quasi_identifier", "generalise": {"hierarchy": "postcode"}})
    assert short == long


def test_codes_may_stand_without_quotes() -> None:
    column = Column.model_validate({"role": "keep", "type": "number", "missing": [99, "weet niet"]})
    assert column.missing == ("99", "weet niet")


def test_a_cell_that_does_not_fit_holds_the_batch_unless_declared_otherwise() -> None:
    assert Column.model_validate({"role": "keep", "type": "number"}).unfit is Unfit.HOLD


def test_a_bsn_is_matched_on_where_a_law_allows_it() -> None:
    columns = {"BSN": {"role": "direct_identifier", "entity": "NL_BSN", "action": "match"}}
    assert declaration(columns=columns, bsn_law="Wmo 2015, artikel 5.1.1").columns


def test_a_repeat_group_is_a_source_under_its_parent() -> None:
    group = declaration(repeats={"Leden gezin": REPEAT}).of_repeat("Leden gezin")
    assert (group.name, group.parent, list(group.columns)) == ("enquete_leden_gezin", "enquete", ["Rol"])
    assert not group.repeats
