from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from signaal.intake.delimited import read_delimited
from signaal.intake.header_rows import header_of
from signaal.schemas.errors import Code, FileNotTakenError

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("header_rows.yaml").read_text(encoding="utf-8")
)
SURVEYMONKEY = "Respondent ID,Collector ID,Wat eet u?,\n,,Brood,Rijst\n"
QUALTRICS = 'Q1,Q2\nOud?,Jong?\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'


@pytest.mark.parametrize("name", CASES)
def test_rows_of_headings_are_those_that_a_survey_program_writes_and_no_record(name: str) -> None:
    case = CASES[name]
    table = read_delimited(case["text"].encode(), "0123456789.csv", 1000)
    assert list(table.frame.columns) == case["headings"]
    assert table.questions == case["questions"]
    assert table.rows[0] == case["line"]
    assert len(table.rows) == len(table.frame)


@pytest.mark.parametrize("text", [SURVEYMONKEY, QUALTRICS])
def test_rows_of_headings_alone_hold_no_record(text: str) -> None:
    with pytest.raises(FileNotTakenError) as caught:
        read_delimited(text.encode(), "0123456789.csv", 1000)
    assert caught.value.code is Code.EMPTY


def test_a_row_of_headings_that_is_too_long_is_refused_with_its_line() -> None:
    with pytest.raises(FileNotTakenError, match="more than 1000 characters in line 2;"):
        read_delimited(SURVEYMONKEY.replace("Brood", "x" * 1001).encode(), "0123456789.csv", 1000)


def test_json_that_goes_too_deep_is_a_cell_like_any_other() -> None:
    deep = '{"a":' * 100_000
    assert header_of([["a"], ["b"], [deep]]).rows == 1


CELLS = st.none() | st.sampled_from(["Response", "Fatima", "12", '{"a": 1}', "Open-Ended Response", "ja"])


@given(st.lists(CELLS, min_size=2, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=2))
def test_nothing_but_a_header_that_names_respondents_has_a_second_row(
    headings: list[str | None], below: list[list[str | None]]
) -> None:
    assert header_of([headings, *below]).rows == 1


@given(st.lists(CELLS.filter(bool), min_size=4, max_size=4))
def test_no_record_of_a_respondent_with_a_number_is_a_heading(record: list[str | None]) -> None:
    headings = ["Respondent ID", "Collector ID", "Wat eet u?", None]
    assert header_of([headings, record, record]).rows == 1
