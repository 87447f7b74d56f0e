"""What becomes of a source's rows when its declaration changes."""

from pathlib import Path

import pandas as pd
import pytest
from store_samples import batch, measured, notes, rows, survey

from signaal.store import open_store


def without(declaration: object, content: str, ids: list[str], column: str) -> pd.DataFrame:
    return batch(declaration, content, ids).records.drop(columns=column)  # type: ignore[arg-type]


def columns(path: Path) -> dict[str, str]:
    return dict(
        rows(path, "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'survey_buurt'")
    )


def test_a_column_that_is_new_is_empty_in_older_rows(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    wider = survey(Buurt={"role": "keep"})
    store.load(
        batch(wider, "twee", ["r2"], records=batch(wider, "twee", ["r2"]).records.assign(buurt="Oost"))
    )
    assert rows(path, "SELECT record_id, naam, buurt FROM survey_buurt ORDER BY 1") == [
        ("r1", "P een r1", None),
        ("r2", "P twee r2", "Oost"),
    ]


@pytest.mark.parametrize(
    "changed",
    [survey(without=["Naam"]), survey(Naam={"role": "drop"}), survey(Naam={"role": "free_text"})],
    ids=["not declared", "dropped", "free text"],
)
def test_a_column_that_is_not_published_any_more_is_gone_from_every_row(path: Path, changed: object) -> None:
    store = open_store(path)
    store.load(old := batch(survey(), "een", ["r1"]))
    store.load(batch(changed, "twee", ["r2"], records=without(changed, "twee", ["r2"], "naam")))  # type: ignore[arg-type]
    assert "naam" not in columns(path)
    assert rows(path, "SELECT count(*) FROM survey_buurt") == [(2,)]
    assert not store.is_loaded(old.batch_id)


def test_a_batch_that_was_emptied_is_filled_when_its_declaration_comes_back(path: Path) -> None:
    store = open_store(path)
    store.load(old := batch(survey(), "een", ["r1"]))
    changed = survey(without=["Naam"])
    store.load(batch(changed, "twee", ["r2"], records=without(changed, "twee", ["r2"], "naam")))
    store.load(old)
    assert store.is_loaded(old.batch_id)
    assert rows(path, "SELECT record_id, naam FROM survey_buurt ORDER BY 1") == [
        ("r1", "P een r1"),
        ("r2", None),
    ]


KEPT = {"role": "keep"}
CATEGORY = {"role": "quasi_identifier", "generalise": "category"}
SHORT = {"role": "quasi_identifier", "generalise": "postcode"}
COARSE = {"role": "quasi_identifier", "generalise": {"hierarchy": "postcode", "finest": "postcode2"}}
PSEUDONYM = {"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"}
ID_PSEUDONYM = {"role": "direct_identifier", "entity": "CASE_NUMBER", "action": "pseudonym"}


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        (KEPT, PSEUDONYM, False),
        (KEPT, SHORT, False),
        (KEPT, CATEGORY, False),
        (CATEGORY, SHORT, False),
        (SHORT, COARSE, True),
        (PSEUDONYM, ID_PSEUDONYM, False),
        (PSEUDONYM, SHORT, False),
        (SHORT, KEPT, True),
        (PSEUDONYM, KEPT, True),
        (SHORT, SHORT | {"label": "Postcode"}, True),
    ],
)
def test_older_rows_keep_no_value_that_is_finer_than_the_declaration_allows(
    path: Path, before: dict[str, str], after: dict[str, str], stays: bool
) -> None:
    store = open_store(path)
    store.load(old := measured(path, survey(Naam=before), "een", ["r1"]))
    store.load(measured(path, survey(Naam=after), "twee", ["r2"]))
    assert rows(path, "SELECT naam FROM survey_buurt ORDER BY record_id") == [
        ("P een r1" if stays else None,),
        ("P twee r2",),
    ]
    assert store.is_loaded(old.batch_id) is stays


def test_texts_of_a_column_that_is_no_free_text_any_more_are_gone(path: Path) -> None:
    store = open_store(path)
    store.load(old := batch(survey(), "een", ["r1"]))
    changed = survey(Toelichting={"role": "drop"})
    store.load(batch(changed, "twee", ["r2"], signals=batch(changed, "twee", []).signals))
    assert rows(path, "SELECT * FROM signal") == []
    assert not store.is_loaded(old.batch_id)


def test_a_survey_that_becomes_whole_notes_keeps_no_columns(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    store.load(batch(notes("buurt"), "twee", ["r2"]))
    assert list(columns(path)) == ["record_id", "batch_id"]


def test_a_number_that_becomes_a_text_loses_nothing_and_comes_back(path: Path) -> None:
    store = open_store(path)
    text = survey(Cijfer={"role": "keep"})
    as_text = batch(text, "twee", ["r2"]).records.assign(cijfer="weet niet")
    store.load(batch(survey(), "een", ["r0", "r1"]))
    store.load(batch(text, "twee", ["r2"], records=as_text))
    assert columns(path)["cijfer"] == "VARCHAR"
    assert rows(path, "SELECT cijfer FROM survey_buurt ORDER BY record_id") == [
        (None,),
        ("1.0",),
        ("weet niet",),
    ]
    store.load(batch(survey(purpose="beleid"), "een", ["r0", "r1"]))
    assert columns(path)["cijfer"] == "VARCHAR"
    store.load(batch(survey(purpose="beleid"), "twee", ["r2", "r3"]))
    assert columns(path)["cijfer"] == "DOUBLE"
    assert rows(path, "SELECT cijfer FROM survey_buurt ORDER BY record_id") == [
        (None,),
        (1.0,),
        (None,),
        (1.0,),
    ]


def test_codebook_and_source_are_those_of_the_last_declaration(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    store.load(batch(survey("wijk"), "een", ["r1"]))
    changed = survey(purpose="beleid", Naam={"role": "drop"})
    store.load(batch(changed, "twee", ["r2"], records=without(changed, "twee", ["r2"], "naam")))
    assert rows(path, "SELECT source, role, published FROM codebook WHERE variable = 'naam' ORDER BY 1") == [
        ("buurt", "drop", False),
        ("wijk", "direct_identifier", True),
    ]
    assert rows(path, "SELECT source, purpose FROM source ORDER BY 1") == [
        ("buurt", "beleid"),
        ("wijk", "onderzoek"),
    ]


def test_a_column_called_as_one_of_the_stores_own_has_a_name_of_its_own_there(path: Path) -> None:
    odd = survey(**{"Record ID": {"role": "keep"}})
    records = batch(odd, "een", ["r1"]).records.assign(v_record_id="A17")
    open_store(path).load(batch(odd, "een", ["r1"], records=records))
    assert rows(path, "SELECT record_id, v_record_id FROM survey_buurt") == [("r1", "A17")]


def test_a_dropped_column_may_be_called_as_one_of_the_stores_own(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(**{"Record ID": {"role": "drop"}, "Batch-id": {"role": "drop"}}), "een", ["r1"]))
    assert store.counts().batches == 1


def test_names_that_sql_knows_are_names_like_any_other(path: Path) -> None:
    odd = survey("select", Order={"role": "keep"}, Größe={"role": "keep"}, **{"1": {"role": "keep"}})
    records = batch(odd, "een", ["r1"]).records.assign(order="a", größe="b", v_1="c")
    store = open_store(path)
    store.load(batch(odd, "een", ["r1"], records=records))
    assert rows(path, 'SELECT "order", "größe", v_1 FROM survey_select') == [("a", "b", "c")]
