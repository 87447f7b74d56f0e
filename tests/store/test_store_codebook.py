"""What the codebook says of each declared column."""

import pytest
from store_samples import notes, survey

from signaal.schemas.declaration import Action, Column, Generalisation, Role
from signaal.store.codebook import codebook, published_columns, published_texts

COLUMNS = [
    *(Column(role=Role.QUASI_IDENTIFIER, generalise=rule) for rule in Generalisation),
    *(Column(role=Role.DIRECT_IDENTIFIER, entity="PERSON", action=action) for action in Action),  # type: ignore[arg-type]
    *(Column(role=role) for role in (Role.SENSITIVE, Role.FREE_TEXT, Role.KEEP, Role.DROP)),
]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_everything_that_can_be_done_to_a_column_has_its_sentence(column: Column) -> None:
    (row,) = (
        row for row in codebook(survey(Vraag=column.model_dump(exclude_unset=True))) if row.heading == "Vraag"
    )
    assert row.description.endswith(".")


def test_every_declared_column_is_in_it_also_what_is_not_published() -> None:
    rows = {row.heading: row for row in codebook(survey())}
    assert list(rows) == ["Nr", "Naam", "E-mail", "Postcode", "Cijfer", "Toelichting"]
    assert [heading for heading, row in rows.items() if not row.published] == ["E-mail"]
    assert rows["Nr"].variable == "record_id"
    assert rows["Postcode"].label == "Waar woont u?"
    assert rows["Cijfer"].type == "number"
    assert "vier cijfers" in rows["Postcode"].description


def test_whole_notes_have_their_text_in_it() -> None:
    (row,) = codebook(notes())
    assert (row.variable, row.role, row.published) == ("text", "free_text", True)


def test_a_number_that_is_generalised_is_stored_as_text() -> None:
    banded = {"role": "quasi_identifier", "generalise": "band10", "type": "number"}
    (row,) = (row for row in codebook(survey(Leeftijd=banded)) if row.heading == "Leeftijd")
    assert row.type == "text"


def test_free_text_and_the_record_id_are_published_but_are_no_columns_of_the_survey() -> None:
    assert list(published_columns(survey())) == ["naam", "postcode", "cijfer"]
    assert published_texts(survey()) == ["toelichting"]
    assert published_texts(notes()) == ["text"]
