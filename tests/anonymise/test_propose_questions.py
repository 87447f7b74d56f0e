"""`propose` on columns that belong together: one question over several, repeat groups on their own sheet."""

import pandas as pd
import pytest
import yaml

from signaal.anonymise.propose import propose
from signaal.schemas.batch import Table
from signaal.schemas.column import Column, DataType, Generalise, Role
from signaal.schemas.declaration import Declaration

Columns = dict[str, list[str | None]]

LINKS: Columns = {
    "_index": ["1", "2", "3"],
    "_parent_table_name": ["Huisbezoek"] * 3,
    "_parent_index": ["1", "1", "2"],
}
MEMBERS: Columns = {
    "lid_naam": ["Sanne Koolhaas", "Driss Koolhaas", "Wil Goed"],
    "rol": ["zoon", "zoon", "zus"],
    **LINKS,
}
VISITS: Columns = {"client_naam": ["Mies Koolhaas", "Aart Goed"], "_id": ["70", "80"], "_index": ["1", "2"]}


def table(columns: Columns, **more: object) -> Table:
    return Table(pd.DataFrame(columns, dtype=object), **more)  # type: ignore[arg-type]


def text_of(made: Table, file: str = "enquete.csv") -> str:
    return propose(made, file)


def declared(made: Table, file: str = "enquete.csv") -> Declaration:
    return Declaration.model_validate(yaml.safe_load(text_of(made, file)))


def columns(given: Columns, **more: object) -> list[Column]:
    return list(declared(table(given, **more)).columns.values())


@pytest.mark.parametrize(
    ("headings", "question"),
    [
        (["C1[SQ001]. Hoe gaat het? [thuis]", "C1[SQ002]. Hoe gaat het? [op school]"], "Hoe gaat het?"),
        (["C1[SQ001]", "C1[SQ002]"], "C1"),
        (["Hoe gaat het? [thuis]", "Hoe gaat het? [op school]"], "Hoe gaat het?"),
        (["Hoe gaat het? | thuis", "Hoe gaat het? | op school"], "Hoe gaat het?"),
    ],
)
def test_headings_show_the_question_that_they_share(headings: list[str], question: str) -> None:
    found = columns({heading: ["1", "5", "3"] for heading in headings})
    assert [column.question for column in found] == [question] * 2


@pytest.mark.parametrize("headings", [["Hoe gaat het? [thuis]", "Kleur"], ["M/V", "Leeftijd (18+)"]])
def test_a_heading_that_shares_its_question_with_none_has_none(headings: list[str]) -> None:
    assert not any(column.question for column in columns({heading: ["1", "5"] for heading in headings}))


def test_what_the_reader_says_of_questions_goes_before_what_headings_show() -> None:
    given: Columns = {
        "Q7_1": ["Eens", "Oneens"],
        "Q7_2": ["Oneens", "Eens"],
        "a [b]": ["1", "2"],
        "a [c]": ["3", "2"],
    }
    asked = {"Q7_1": "Bent u het eens?", "Q7_2": "Bent u het eens?"}
    found = columns(given, questions=asked)
    assert [column.question for column in found] == ["Bent u het eens?"] * 2 + [""] * 2


def test_the_columns_of_a_question_have_its_strictest_role() -> None:
    given: Columns = {
        f"Waar komt u? [{place}]": ["Ja", "Nee"] for place in ("Buurthuis", "Voedselbank", "Wijkteam")
    }
    found = columns(given)
    assert [(column.role, column.type) for column in found] == [(Role.SENSITIVE, DataType.BOOLEAN)] * 3


def test_the_other_columns_of_a_question_say_why_they_have_its_role() -> None:
    given: Columns = {f"Waar komt u? [{place}]": ["Ja", "Nee"] for place in ("Buurthuis", "Voedselbank")}
    assert "# zoals andere kolommen van deze vraag (kop gaat over geld of schulden)" in text_of(table(given))


def test_the_free_text_of_a_question_stays_one() -> None:
    given: Columns = {
        "Waarmee reist u? [Fiets]": ["Ja", "Nee"],
        "Waarmee reist u? [Bus]": ["Nee", "Ja"],
        "Waarmee reist u? [Anders, namelijk]": ["1", None],
    }
    found = columns(given)
    assert [column.role for column in found] == [Role.KEEP, Role.KEEP, Role.FREE_TEXT]
    assert len({column.question for column in found}) == 1


def test_a_name_asked_in_a_question_makes_no_name_of_its_other_columns() -> None:
    given: Columns = {
        "Uw gegevens | Naam": ["Sanne Koolhaas", "Wil Goed"],
        "Uw gegevens | Wijk": ["Noord", "Noord"],
    }
    assert [column.role for column in columns(given)] == [Role.DIRECT_IDENTIFIER, Role.QUASI_IDENTIFIER]


def test_an_answer_that_nobody_chose_yet_is_not_dropped() -> None:
    given: Columns = {
        "Waarmee? [Fiets]": ["Ja", "Nee"],
        "Waarmee? [Bus]": ["Nee", "Ja"],
        "Waarmee? [Auto]": [None, None],
    }
    assert [(column.role, column.type) for column in columns(given)] == [(Role.KEEP, DataType.BOOLEAN)] * 3


def test_rows_of_a_matrix_share_their_codes_for_no_answer() -> None:
    given: Columns = {"Hoe tevreden? [Groen]": ["1", "5", "99"], "Hoe tevreden? [Straat]": ["4", "2", "3"]}
    assert [column.missing for column in columns(given)] == [("99",), ("99",)]


def test_answers_that_differ_in_type_keep_their_own() -> None:
    given: Columns = {
        "Hoe gaat het? [cijfer]": ["7", "8", "6", "prima"] * 2 + ["5"] * 8,
        "Hoe gaat het? [woord]": ["goed", "slecht", "goed", "goed"] * 4,
    }
    found = columns(given)
    assert [column.type for column in found] == [DataType.NUMBER, DataType.TEXT]
    assert len({column.role for column in found}) == 1


def test_own_words_are_not_published_for_the_sake_of_a_question() -> None:
    words: list[str | None] = ["ik woon bij mijn tante Sanne Koolhaas", *["goed"] * 9]
    given: Columns = {"Hoe gaat het? [a]": ["rood", "blauw"] * 5, "Hoe gaat het? [b]": words}
    assert columns(given)[1].role is Role.FREE_TEXT


def test_a_quasi_identifier_makes_categories_of_the_columns_beside_it() -> None:
    given: Columns = {
        "Over u [leeftijd]": ["34", "71", "18", "52"],
        "Over u [tevreden]": ["1", "5", "3", "2"],
    }
    found = columns(given)
    assert [column.role for column in found] == [Role.QUASI_IDENTIFIER] * 2
    assert {column.generalise for column in found if column.generalise} == {Generalise(hierarchy="category")}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["700,50", "650,10", "812,00", "590,25", "veel"], "1 cel past niet: de partij wordt vastgehouden"),
        (["700,50", "650,10", "812,00", "590,25"] * 3 + ["veel", "meer"], "2 cellen passen niet"),
        (["1.234", "1.650", "700", "650", "812"], "waarvan 2 duizendtal of breuk: kies decimal"),
    ],
)
def test_cells_that_do_not_fit_are_counted_above_their_column(cells: list[str | None], said: str) -> None:
    text = text_of(table({"Huur": cells}))
    assert said in text
    assert not [cell for cell in ("veel", "meer", "1.234") if cell in text]


def test_nothing_is_said_where_every_cell_fits() -> None:
    assert (
        "pass"
        not in text_of(table({"Huur": ["700,50", "650,10", "weet niet", "1,5", "1"]})).partition("columns:")[
            2
        ]
    )


def test_a_repeat_group_is_declared_with_its_links_to_the_records() -> None:
    made = declared(table(VISITS, repeats={"gezinsleden": table(MEMBERS)}), "enquete.xlsx")
    group = made.repeats["gezinsleden"]
    assert (group.parent, group.key) == ("_parent_index", "_index")
    assert group.columns["lid_naam"].role is Role.DIRECT_IDENTIFIER
    assert group.columns["rol"].role is Role.QUASI_IDENTIFIER
    assert "_parent_index" not in group.columns
    assert made.columns["_index"].role is Role.DROP


def test_a_column_of_a_repeat_group_has_its_reason_above_it() -> None:
    lines = text_of(table(VISITS, repeats={"gezinsleden": table(MEMBERS)}), "enquete.xlsx").splitlines()
    group = lines[lines.index("    columns:") + 1 :]
    assert [line.startswith("      # ") for line in group] == [True, False] * 4


@pytest.mark.parametrize(
    "repeats",
    [
        {"leden": table({"lid_naam": ["Sanne Koolhaas"], "rol": ["zoon"]})},
        {"leden": table({"_parent_index": ["1"]})},
        {"leden": table({"Sanne Koolhaas": ["Driss el Amrani"], "_parent_index": ["1"]})},
        {"leden van het gezin en de buren daarnaast": table(MEMBERS)},
    ],
)
def test_a_sheet_that_cannot_be_declared_is_left_out_without_its_name(repeats: dict[str, Table]) -> None:
    text = text_of(table(VISITS, repeats=repeats), "enquete.xlsx")
    assert "# NIET OPGENOMEN: 1 tabblad." in text
    assert not Declaration.model_validate(yaml.safe_load(text)).repeats
    assert "leden" not in text


def test_a_long_name_of_the_source_gives_way_to_that_of_a_repeat_group() -> None:
    made = declared(
        table(VISITS, repeats={"gezinsleden": table(MEMBERS)}), "jongerenenquete wijkteam deelnemers.xlsx"
    )
    assert made.of_repeat("gezinsleden").name == "bron_gezinsleden"


def test_nothing_of_a_repeat_group_is_quoted() -> None:
    text = text_of(table(VISITS, repeats={"gezinsleden": table(MEMBERS)}), "enquete.xlsx")
    assert not [cell for cell in ("Koolhaas", "Goed", "Huisbezoek", "zoon") if cell in text]
