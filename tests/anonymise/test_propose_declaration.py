"""The declaration that `propose` writes: it loads, gives its reasons, and quotes no cell."""

import re
from string import ascii_uppercase

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.anonymise.propose import propose
from signaal.anonymise.propose.rules import words
from signaal.schemas.batch import Table
from signaal.schemas.column import Role, variable_name
from signaal.schemas.declaration import Declaration, Kind
from signaal.schemas.errors import Code, FileNotTakenError

HEADINGS = st.lists(st.text(max_size=80), min_size=1, max_size=6, unique_by=variable_name)
SHAPED = st.sampled_from(
    [
        "Sanne Koolhaas",
        "06-12345678",
        "111222333",
        "3011 AB",
        "1950-02-01",
        "1,5",
        "4477",
        "Zeer Blij En Trots",
        *("99", "3", "Weet niet", "n.v.t.", "Ja", "Nee"),
    ]
)
CELLS = st.none() | st.text(max_size=30) | SHAPED
RARE = st.text(alphabet=ascii_uppercase.replace("V", ""), min_size=9, max_size=40)


def table(columns: dict[str, list[str | None]]) -> Table:
    return Table(pd.DataFrame(columns, dtype=object))


def load(text: str) -> Declaration:
    return Declaration.model_validate(yaml.safe_load(text))


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str | None]) -> Table:
    headings = draw(HEADINGS)
    rows = draw(st.integers(min_value=0, max_value=6))
    columns = {heading: draw(st.lists(cells, min_size=rows, max_size=rows)) for heading in headings}
    return Table(pd.DataFrame(columns, columns=headings, dtype=object))


@settings(max_examples=150, deadline=None)
@given(tables(CELLS))
def test_every_table_with_headings_gives_a_declaration_of_every_column(made: Table) -> None:
    try:
        text = propose(made, "enquete.csv")
    except FileNotTakenError as error:
        assert error.code is Code.UNREADABLE  # noqa: PT017 (either outcome is right, this one for one cause only)
        return
    assert list(load(text).columns) == list(made.frame.columns)


@settings(max_examples=150, deadline=None)
@given(tables(RARE))
def test_no_cell_is_in_the_declaration(made: Table) -> None:
    try:
        text = propose(made, "enquete.csv")
    except FileNotTakenError as error:
        text = str(error)
    headings = " ".join(made.frame.columns)
    cells = {cell for cell in made.frame.to_numpy().ravel() if cell not in headings}
    assert not [cell for cell in cells if cell in text]


@settings(max_examples=150, deadline=None)
@given(tables(CELLS))
def test_codes_for_no_answer_are_from_the_list_and_never_another_cell(made: Table) -> None:
    try:
        declaration = load(propose(made, "enquete.csv"))
    except FileNotTakenError:
        return
    known = {*words().no_answers, *words().no_answer_codes}
    assert {code for column in declaration.columns.values() for code in column.missing} <= known


@pytest.mark.parametrize(
    "cells",
    [
        ["Sanne Koolhaas", "Driss el Amrani"],
        ["111222333", "123456782"],
        ["06-12345678", "010-1234567"],
        ["Ik woon in de Verzonnenstraat 12 bij mijn tante", "Mijn huisarts heet Koolhaas en zij weet alles"],
        ["1950-02-01", "2001-05-06"],
        ["3011 AB", "3012 CD"],
        ["ZK-4471", "ZK-9912"],
        ["islam", "katholiek"],
        ["18345,50", "95055,10"],
    ],
)
@pytest.mark.parametrize("heading", ["Naam", "Vraag 1", "Gezondheid", "Toelichting", "Datum", "Wijk", "Id"])
def test_the_reason_for_a_role_quotes_no_cell(heading: str, cells: list[str | None]) -> None:
    text = propose(table({heading: cells}), "enquete.csv")
    assert not [cell for cell in cells if cell and cell in text]


def test_every_column_has_its_reason_above_it() -> None:
    lines = propose(table({"Naam": ["Sanne"], "Kleur": ["rood"], "Id": ["1"]}), "enquete.csv").splitlines()
    columns = lines[lines.index("columns:") + 1 :]
    assert [line.startswith("  # ") for line in columns] == [True, False] * 3


def test_a_share_is_given_as_the_reason_where_the_cells_decide() -> None:
    cells: list[str | None] = ["111222333", "123456782", "onbekend", "999999990"]
    assert "# 75 % van de cellen is een geldig BSN" in propose(table({"Q1": cells}), "enquete.csv")


def test_what_only_people_know_is_marked_and_loads() -> None:
    text = propose(table({"Naam": ["Sanne"]}), "enquete.csv")
    declaration = load(text)
    unknown = (declaration.owner, declaration.purpose, declaration.legal_basis)
    assert all(value.startswith("VUL IN: ") for value in unknown)
    assert re.search(r"# VUL IN: .*\nretention_days: 365\n", text)


@pytest.mark.parametrize(
    ("file_name", "name", "glob"),
    [
        ("Enquête Buurt 2024.csv", "enquete_buurt", "*Enquête*Buurt*.csv"),
        ("BuurtEnquete.XLSX", "buurt_enquete", "*Buurt*Enquete*.XLSX"),
        ("jongerenenquete_definitief.csv", "jongerenenquete", "*jongerenenquete*.csv"),
        ("Sanne Koolhaas.csv", "bron", "*.csv"),
        ("Koolhaas/aanmeldingen Sanne.csv", "aanmeldingen", "*aanmeldingen*.csv"),
        ("logboek van Evaluatie 06-12345678.csv", "logboek", "*logboek*.csv"),
        ("notes *[x]?.csv", "notes", "*notes*.csv"),
    ],
)
def test_only_harmless_words_of_the_file_name_are_repeated(file_name: str, name: str, glob: str) -> None:
    declaration = load(propose(table({"Naam": ["Sanne"]}), file_name))
    assert (declaration.name, declaration.files) == (name, (glob,))


def test_a_whole_note_gets_a_declaration_without_columns() -> None:
    declaration = load(propose(table({"text": ["Mevrouw Koolhaas belde."]}), "notities Koolhaas.docx"))
    assert (declaration.kind, declaration.columns) == (Kind.FIELD_NOTES, {})
    assert declaration.files == ("*notities*.docx",)


def test_a_table_with_one_cell_is_not_taken_for_a_note() -> None:
    declaration = load(propose(table({"text": ["Mevrouw Koolhaas belde."]}), "notities.csv"))
    assert declaration.columns["text"].role is Role.FREE_TEXT


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["Datum", "Medewerker", "Verslag"], Kind.FIELD_NOTES),
        (["Auteur", "Contactmoment"], Kind.FIELD_NOTES),
        (["Verslag"], Kind.SURVEY),
        (["Datum", "Opmerking"], Kind.SURVEY),
    ],
)
def test_a_logbook_is_told_from_a_survey_by_its_headings(headings: list[str], kind: Kind) -> None:
    columns: dict[str, list[str | None]] = {heading: ["woord"] for heading in headings}
    assert load(propose(table(columns), "bestand.csv")).kind is kind


@pytest.mark.parametrize(
    "columns",
    [
        {"1": ["2", "3"], "Sanne Koolhaas": ["Driss el Amrani", "Wil van Goed"]},
        {"a@example.nl": ["b@example.nl", None]},
        {"111222333": ["", None]},
        {"06-12345678": ["x", "y"]},
        {"3011 AB": ["x", "y"]},
        {"12-03-2024": ["13-03-2024", "14-03-2024"]},
        {"vrouw": ["man", "vrouw", "man"]},
        {"34": ["35", "71"]},
        {"Verzonnenstraat 12": ["Bedachtelaan 3", "Nergenspad 8"]},
    ],
)
def test_a_file_without_headings_is_refused_with_advice(columns: dict[str, list[str | None]]) -> None:
    with pytest.raises(FileNotTakenError, match="row on top with a heading") as caught:
        propose(table(columns), "enquete.csv")
    assert caught.value.code is Code.UNREADABLE
    assert not [heading for heading in columns if len(heading) > 3 and heading in str(caught.value)]


@pytest.mark.parametrize(
    "columns",
    [
        {"1": ["5", "4"], "2": ["3", "4"], "3": ["1", "2"]},
        {"12-03-2024": ["aanwezig", "afwezig"]},
        {"Buurtmaaltijd": ["Buurtmaaltijd", None]},
        {"First Name": ["Sanne", "Driss"]},
        {"Custom Data 1": ["Verzonnenstraat 1", "Bedachtelaan 2"]},
        {"C1[SQ001]. Hoe tevreden? (1 = zeer, 5 = niet)": ["1", "2"]},
        {"Naam": ["Naam", "Sanne"], "Kleur": ["Kleur", "rood"], "Vorm": ["Vorm", "rond"]},
    ],
)
def test_headings_that_hold_figures_or_names_of_things_are_taken(
    columns: dict[str, list[str | None]],
) -> None:
    assert list(load(propose(table(columns), "enquete.csv")).columns) == list(columns)


def test_a_heading_beyond_what_yaml_takes_as_a_key_is_declared() -> None:
    heading = "Welkom! " + "Lees dit eerst: \"alles\" is # vertrouwelijk & 'anoniem'. " * 30
    assert list(load(propose(table({heading: ["rood"]}), "enquete.csv")).columns) == [heading]


def test_of_headings_with_one_name_in_the_store_the_strictest_is_declared() -> None:
    columns: dict[str, list[str | None]] = {
        "kleur!": ["rood", "rood"],
        "Kleur": ["a@example.nl", "b@example.nl"],
    }
    text = propose(table(columns), "enquete.csv")
    assert load(text).columns["Kleur"].role is Role.DIRECT_IDENTIFIER
    assert '# NIET OPGENOMEN: "kleur!"' in text


def test_a_file_without_columns_is_refused() -> None:
    with pytest.raises(FileNotTakenError) as caught:
        propose(Table(pd.DataFrame()), "enquete.csv")
    assert caught.value.code is Code.EMPTY


def test_a_file_that_cannot_be_read_is_refused_without_its_ending() -> None:
    with pytest.raises(FileNotTakenError) as caught:
        propose(table({"Naam": ["Sanne"]}), "enquete.koolhaas")
    assert caught.value.code is Code.UNKNOWN_FORMAT
    assert "koolhaas" not in str(caught.value)


def test_the_same_table_gives_the_same_declaration() -> None:
    columns: dict[str, list[str | None]] = {"Naam": ["Sanne", "Driss"], "Leeftijd": ["34", "71"]}
    assert propose(table(columns), "enquete.csv") == propose(table(columns), "enquete.csv")
