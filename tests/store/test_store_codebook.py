"""What the codebook says of each question."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import QUASI, batch, household, measured, notes, rows, survey

from signaal.anonymise.table.hierarchies import load_hierarchies
from signaal.schemas.column import Action, Column, Role
from signaal.schemas.declaration import Declaration
from signaal.schemas.hierarchy_words import shipped_words
from signaal.store import open_store
from signaal.store.codebook import CodebookRow, codebook, published_columns, published_texts

LINK = "link"
"""What a repeat group hangs on; it is no hierarchy of a column."""
COLUMNS = [
    *(
        Column.model_validate({"role": "quasi_identifier", "generalise": name})
        for name in shipped_words()
        if name != LINK
    ),
    *(
        Column.model_validate({"role": "direct_identifier", "entity": "NL_BSN", "action": action})
        for action in (Action.DROP, Action.MATCH)
    ),
    Column.model_validate({"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"}),
    *(Column(role=role) for role in (Role.SENSITIVE, Role.FREE_TEXT, Role.KEEP, Role.DROP)),
]


def row_of(declaration: Declaration, variable: str, **levels: tuple[str, str]) -> CodebookRow:
    (row,) = (row for row in codebook(declaration, levels) if row.variable == variable)
    return row


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_everything_that_can_be_done_to_a_column_has_its_sentence(column: Column) -> None:
    declared = survey().model_copy(update={"columns": {"Vraag": column}})
    description = row_of(declared, "vraag").description
    assert description.endswith(".")
    assert "{" not in description
    assert "_" not in description.replace("record_id", "")


def test_every_declared_column_is_in_it_also_what_is_not_published() -> None:
    rows = {row.question: row for row in codebook(survey())}
    assert list(rows) == ["Nr", "Naam", "E-mail", "Postcode", "Cijfer", "Toelichting"]
    assert [heading for heading, row in rows.items() if not row.published] == ["E-mail"]
    assert rows["Nr"].variable == "record_id"
    assert rows["Postcode"].label == "Waar woont u?"
    assert rows["Cijfer"].type == "number"
    assert {row.form for row in rows.values()} == {"single"}


def test_whole_notes_have_their_text_in_it() -> None:
    (row,) = codebook(notes())
    assert (row.variable, row.variables, row.role, row.published) == ("text", ("text",), "free_text", True)


@pytest.mark.parametrize(
    ("generalise", "levels", "sentence"),
    [
        ("postcode", {}, "hiërarchie postcode, van vier cijfers tot hoogstens regio. Waarden"),
        (
            {"hierarchy": "age", "finest": "five_years", "coarsest": "ten_years"},
            {"vraag": ("age", "ten_years")},
            "hiërarchie leeftijd, van vijf jaar tot hoogstens tien jaar; "
            "gepubliceerd op het niveau tien jaar. Waarden",
        ),
        (
            {"hierarchy": "date", "finest": "year", "coarsest": "year"},
            {"vraag": ("date", "year")},
            "hiërarchie datum, altijd op het niveau jaar; gepubliceerd op het niveau jaar. Waarden",
        ),
        ("wijken", {"vraag": ("wijken", "buurt")}, "hiërarchie wijken; gepubliceerd op het niveau buurt. W"),
        ({"hierarchy": "wijken", "finest": "buurt"}, {}, "hiërarchie wijken, niet fijner dan buurt. W"),
        ({"hierarchy": "wijken", "coarsest": "stad"}, {}, "hiërarchie wijken, tot hoogstens stad. W"),
        (
            "postcode",
            {"vraag": ("municipality", "province")},
            "van vier cijfers tot hoogstens regio. Waarden",
        ),
    ],
    ids=["built in", "bounded", "one level", "own", "own from", "own to", "released by another hierarchy"],
)
def test_a_quasi_identifier_says_how_coarse_it_may_be_and_is(
    generalise: object, levels: dict[str, tuple[str, str]], sentence: str
) -> None:
    row = row_of(survey(Vraag={"role": "quasi_identifier", "generalise": generalise}), "vraag", **levels)
    assert sentence in row.description
    assert row.level == (levels["vraag"][1] if "gepubliceerd" in sentence else None)


def test_every_hierarchy_that_ships_has_dutch_words_for_its_levels_from_fine_to_coarse() -> None:
    hierarchies = load_hierarchies(None)
    shipped = {name: list(hierarchy.levels) for name, hierarchy in hierarchies.items()}
    described = {name: list(words.levels) for name, words in shipped_words().items()}
    assert described == shipped | {LINK: ["linked"]}
    starts = {name: hierarchy.finest for name, hierarchy in hierarchies.items()}
    assert {name: words.finest for name, words in shipped_words().items()} == starts | {LINK: None}


def test_an_own_hierarchy_is_called_as_its_file_calls_it_whatever_that_is() -> None:
    row = row_of(survey(Vraag={"role": "quasi_identifier", "generalise": "postcode6"}), "vraag")
    assert "hiërarchie postcode6." in row.description


MEDIA = {
    "Media: krant": {"role": "keep", "question": "Media", "label": "Krant", "missing": [99]},
    "Media: radio": {"role": "keep", "question": "Media", "missing": [99, 98]},
    "Media: anders, namelijk": {"role": "free_text", "question": "Media"},
}


def test_columns_of_one_question_are_one_entry_and_its_free_text_is_one_of_its_own() -> None:
    rows = {row.variable: row for row in codebook(survey(**MEDIA))}
    group = rows["media"]
    assert (group.form, group.question, group.label) == ("group", "Media", "")
    assert group.variables == ("media_krant", "media_radio")
    assert group.items == ("Krant", "Media: radio")
    assert group.missing == ("99", "98")
    assert rows["media_anders_namelijk"].form == "single"
    assert rows["media_anders_namelijk"].role is Role.FREE_TEXT


def test_a_question_has_a_name_that_no_column_has() -> None:
    taken = {name: {"role": "keep"} for name in ("Media", "Media 2")}
    names = [row.variable for row in codebook(survey(**taken, **MEDIA))]
    assert names[-4:] == ["media", "media_2", "media_3", "media_anders_namelijk"]


def test_the_columns_of_a_question_may_be_published_on_different_levels() -> None:
    both = {name: QUASI | {"question": "Postcodes"} for name in ("Wonen", "Werken")}
    levels = {"wonen": ("postcode", "postcode4"), "werken": ("postcode", "region")}
    row = row_of(survey(**both), "postcodes", **levels)
    assert row.level == "postcode4 | region"
    assert "de kolommen zijn gepubliceerd op de niveaus vier cijfers, regio." in row.description
    assert row_of(survey(**both), "postcodes").level is None


HEADINGS = st.lists(st.sampled_from(["A", "B", "C", "a 2", "b 2", "D"]), unique_by=str.lower, min_size=1)
TREATED = st.sampled_from(
    [{"role": "keep"}, {"role": "keep", "type": "number"}, {"role": "sensitive"}, QUASI, {"role": "drop"}]
)


@given(data=st.data(), headings=HEADINGS)
def test_every_column_is_in_one_entry_under_a_name_of_its_own(
    data: st.DataObject, headings: list[str]
) -> None:
    columns: dict[str, dict[str, Any]] = {
        heading: data.draw(TREATED) | {"question": data.draw(st.sampled_from(["", "A", "B"]))}
        for heading in headings
    }
    declared = survey().model_copy(
        update={"columns": {k: Column.model_validate(v) for k, v in columns.items()}}
    )
    found = codebook(declared)
    assert len({row.variable for row in found}) == len(found)
    assert sorted(name for row in found for name in row.variables) == sorted(
        heading.lower().replace(" ", "_") for heading in headings
    )
    for row in found:
        assert len(row.items) == (len(row.variables) if row.form == "group" else 0)


def test_a_repeat_group_says_to_which_record_a_row_belongs() -> None:
    first, *_ = codebook(household().of_repeat("Leden"))
    assert (first.source, first.variable, first.published) == ("buurt_leden", "parent_id", True)
    assert "record" in first.description


def test_the_codebook_has_the_level_that_is_published(path: Path) -> None:
    store = open_store(path)
    query = "SELECT hierarchy, level, description FROM codebook WHERE variable = 'postcode'"
    for level, words in (((1, "postcode4"), "vier cijfers"), ((2, "postcode2"), "twee cijfers")):
        store.load(measured(path, survey(Postcode=QUASI), str(level[0]), [f"r{level[0]}"], level=level))
        ((hierarchy, name, description),) = rows(path, query)
        assert (hierarchy, name) == ("postcode", level[1])
        assert f"gepubliceerd op het niveau {words}." in description


def test_a_question_is_stored_as_lists(path: Path) -> None:
    open_store(path).load(batch(survey(**MEDIA), "een", ["r1"]))
    query = "SELECT form, variables, items, missing FROM codebook WHERE variable = ?"
    assert rows(path, query, "media") == [
        ("group", ["media_krant", "media_radio"], ["Krant", "Media: radio"], ["99", "98"])
    ]
    assert rows(path, query, "cijfer") == [("single", ["cijfer"], [], [])]


def test_free_text_and_the_record_id_are_published_but_are_no_columns_of_the_survey() -> None:
    assert list(published_columns(survey())) == ["naam", "postcode", "cijfer"]
    assert published_texts(survey()) == ["toelichting"]
    assert published_texts(notes()) == ["text"]
