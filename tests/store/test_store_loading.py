"""What a load leaves in the store."""

import dataclasses
import random
import string
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import batch, contents, notes, rows, survey

from signaal.schemas.errors import Code, SignaalError
from signaal.store import open_store

SURVEY_ROWS = "SELECT record_id, naam, postcode, cijfer FROM survey_buurt ORDER BY rowid"


def test_what_is_loaded_can_be_read_by_a_researcher(path: Path) -> None:
    one = batch(survey(), "een", ["r1", "r2"])
    open_store(path).load(one)
    assert rows(path, SURVEY_ROWS) == [("r1", "P een r1", None, None), ("r2", "P een r2", "1234", 1.0)]
    assert rows(
        path, "SELECT signal_id, source, record_id, variable, text, batch_id FROM signal LIMIT 1"
    ) == [("s buurt r1", "buurt", "r1", "toelichting", "[PERSOON] vroeg iets, een r1", one.batch_id)]
    assert rows(path, "SELECT record_id, entity_type, start_char, end_char, score FROM finding") == [
        ("r1", "PERSON", 0, None, 0.85),
        ("r2", "PERSON", 1, None, 0.85),
    ]
    assert rows(
        path, "SELECT batch_id, content_id, records, signals, findings, suppressed, lost FROM batch"
    ) == [(one.batch_id, "c een", 2, 2, 2, None, None)]
    assert rows(path, "SELECT source, kind, owner, retention_days FROM source") == [
        ("buurt", "survey", "Onderzoek", 365)
    ]


def test_the_type_of_a_column_is_the_declared_one_even_where_it_is_empty(path: Path) -> None:
    empty = pd.DataFrame({"record_id": ["r1"], "naam": [None], "postcode": [float("nan")], "cijfer": [None]})
    open_store(path).load(batch(survey(), "een", ["r1"], records=empty))
    assert rows(path, SURVEY_ROWS) == [("r1", None, None, None)]
    assert rows(path, "SELECT typeof(naam), typeof(postcode), typeof(cijfer) FROM survey_buurt") == [
        ("VARCHAR", "VARCHAR", "DOUBLE")
    ]


def test_text_comes_back_letter_for_letter(path: Path) -> None:
    texts = ["'; DROP TABLE signal; --", 'a"b', "één 👪\r\n\ttwee", "nan", "NULL", " x ", "007", "a\0b"]
    ids = [f"r{place}" for place in range(len(texts))]
    one = batch(survey(), "een", ids)
    open_store(path).load(
        dataclasses.replace(
            one, signals=one.signals.assign(text=texts), records=one.records.assign(naam=texts)
        )
    )
    assert [text for (text,) in rows(path, "SELECT text FROM signal ORDER BY rowid")] == texts
    assert [text for (text,) in rows(path, "SELECT naam FROM survey_buurt ORDER BY rowid")] == texts


def test_whole_notes_have_no_table_of_their_own(path: Path) -> None:
    store = open_store(path)
    store.load(batch(notes(), "een", ["r1"]))
    assert store.counts().tables == {}
    assert store.counts().signals == 1


def test_a_batch_without_any_record_is_loaded_too(path: Path) -> None:
    store = open_store(path)
    store.load(one := batch(survey(), "een", []))
    assert store.is_loaded(one.batch_id)
    assert store.counts().tables == {"survey_buurt": 0}


def test_loading_twice_adds_nothing(path: Path) -> None:
    store = open_store(path)
    store.load(one := batch(survey(), "een", ["r1", "r2"]))
    before = contents(path)
    store.load(one)
    assert contents(path) == before


def test_the_same_content_under_another_declaration_takes_the_place_of_the_first(path: Path) -> None:
    store = open_store(path)
    store.load(old := batch(survey(), "een", ["r1", "r2"]))
    store.load(new := batch(survey(purpose="beleid"), "een", ["r1", "r2"]))
    assert not store.is_loaded(old.batch_id)
    for table in ("batch", "signal", "finding", "survey_buurt"):
        assert rows(path, f"SELECT DISTINCT batch_id FROM {table}") == [(new.batch_id,)]  # noqa: S608
    assert store.counts().signals == 2


def test_a_record_that_comes_again_replaces_the_row_its_texts_and_its_findings(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1", "r2"]))
    silent = batch(survey(), "twee", ["r2", "r3"])
    store.load(
        dataclasses.replace(silent, signals=silent.signals.iloc[:0], findings=silent.findings.iloc[:0])
    )
    assert [name for _, name, _, _ in rows(path, SURVEY_ROWS)] == ["P een r1", "P twee r2", "P twee r3"]
    assert rows(path, "SELECT record_id FROM signal") == [("r1",)]
    assert rows(path, "SELECT record_id FROM finding") == [("r1",)]


def test_the_same_record_id_in_another_source_is_another_record(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    store.load(batch(survey("wijk"), "een", ["r1"]))
    assert store.counts().signals == 2
    assert store.counts().tables == {"survey_buurt": 1, "survey_wijk": 1}


ONE = batch(survey(), "een", ["r1", "r2"])
NOT_IN_ORDER = {
    "a record id twice": {"records": ONE.records.assign(record_id="r1")},
    "a record id missing": {"records": ONE.records.assign(record_id=["r1", None])},
    "a signal id twice": {"signals": ONE.signals.assign(signal_id="s")},
    "a column that nobody declared": {"records": ONE.records.assign(vreemd="Wim Planten")},
    "a column that is dropped": {"records": ONE.records.assign(e_mail="wim@planten.example")},
    "a column twice": {"records": pd.concat([ONE.records, ONE.records[["naam"]]], axis=1)},
    "no record id": {"records": ONE.records.drop(columns="record_id")},
    "a text of a column that is no free text": {"signals": ONE.signals.assign(variable="naam")},
    "a text that is missing": {"signals": ONE.signals.assign(text=None)},
    "a text of no record": {"signals": ONE.signals.assign(record_id="Wim Planten")},
    "a finding of no record": {"findings": ONE.findings.assign(record_id="Wim Planten")},
    "a number that is a text": {"records": ONE.records.assign(cijfer="Wim Planten")},
    "a text that is no Unicode": {"signals": ONE.signals.assign(text="Wim Planten \ud800")},
}


@pytest.mark.parametrize("frames", NOT_IN_ORDER.values(), ids=NOT_IN_ORDER)
def test_a_batch_that_is_not_in_order_is_refused_whole_and_quotes_nothing(
    path: Path, frames: dict[str, pd.DataFrame]
) -> None:
    store = open_store(path)
    store.load(batch(survey(), "nul", ["r0"]))
    before = contents(path)
    with pytest.raises(SignaalError) as caught:
        store.load(dataclasses.replace(ONE, **frames))
    assert caught.value.code is Code.STORE
    assert "planten" not in str(caught.value).lower()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert contents(path) == before


def test_rows_of_another_project_key_are_refused(path: Path) -> None:
    store = open_store(path)
    store.load(batch(survey(), "een", ["r1"]))
    with pytest.raises(SignaalError, match="another project key"):
        store.load(batch(survey(), "twee", ["r2"], key_id="other"))


def test_a_hundred_thousand_rows_are_loaded_and_replaced(path: Path) -> None:
    store = open_store(path)
    many = [f"r{place:06}" for place in range(100_000)]
    store.load(batch(survey(), "een", many))
    store.load(batch(survey(), "twee", many[50_000:]))
    assert store.counts().tables == {"survey_buurt": 100_000}
    assert rows(path, "SELECT count(*) FROM signal WHERE contains(text, 'twee')") == [(50_000,)]
    assert rows(path, "SELECT count(*) FROM finding") == [(100_000,)]


CONTENT = st.fixed_dictionaries({name: st.sets(st.sampled_from(["r1", "r2", "r3"])) for name in "abc"})
LOADS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["onderzoek", "beleid"])), max_size=5)


@settings(max_examples=12, deadline=None)
@given(content=CONTENT, order=LOADS)
def test_any_order_of_loads_leaves_each_record_once_as_the_last_batch_had_it(
    content: dict[str, set[str]], order: list[tuple[str, str]]
) -> None:
    expected: dict[str, str] = {}
    loaded: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(path := Path(folder) / "s.duckdb")
        store.load(batch(survey(), "nul", []))
        for name, purpose in order:
            store.load(one := batch(survey(purpose=purpose), name, sorted(content[name])))
            if (superseded := loaded.get(name)) != one.batch_id:
                expected = {of: by for of, by in expected.items() if by != superseded}
                expected |= dict.fromkeys(content[name], one.batch_id)
                loaded[name] = one.batch_id
        found = contents(path)
    for table, record_id, batch_id in (("survey_buurt", 0, 1), ("signal", 3, 1), ("finding", 2, 0)):
        owners = sorted((row[record_id], row[batch_id]) for row in found[table])
        assert owners == sorted(expected.items())
    assert {row[0] for row in found["batch"] if row[1] != "c nul"} == set(loaded.values())


def test_the_same_loads_give_the_same_tables(tmp_path: Path) -> None:
    letters = random.Random(7)
    ids = ["".join(letters.choices(string.ascii_lowercase, k=8)) for _ in range(300)]
    found = []
    for name in ("one", "two"):
        store = open_store(path := tmp_path / name / "s.duckdb")
        for start in (0, 100, 50, 200):
            store.load(batch(survey(), f"c{start}", ids[start : start + 100]))
        store.load(batch(survey(purpose="beleid"), "c0", ids[:100]))
        found.append(contents(path))
    assert found[0] == found[1]
