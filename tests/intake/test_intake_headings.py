from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from signaal.intake.headings import LONGEST_HEADING, different, members, questions

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8")
)


def asked(headings: list[str], cells: list[str]) -> list[str]:
    return questions(members(headings, [[cell, None] for cell in cells]))


@pytest.mark.parametrize("name", CASES)
def test_headings_say_which_question_they_belong_to(name: str) -> None:
    case = CASES[name]
    cells = case.get("cells", ["x"] * len(case["headings"]))
    assert asked(case["headings"], cells) == case["questions"]


def test_a_column_without_any_answer_is_no_column_of_ticks() -> None:
    assert questions(members(["a/b", "a/c"], [[None], [None]])) == ["", ""]


def test_a_text_in_the_place_of_a_heading_is_no_question() -> None:
    long = "x" * LONGEST_HEADING
    assert asked([f"{long} [a]", f"{long} [b]"], ["1", "2"]) == ["", ""]


TITLES = st.lists(st.sampled_from(["", "a", "a (2)", "b", "kolom 2", "v [a]", "v [b]", "C1[a]", "C1[b]"]))


@given(TITLES)
def test_headings_are_different_and_the_first_of_each_keeps_its_own(titles: list[str]) -> None:
    names = different(titles)
    assert len(set(names)) == len(titles)
    assert all(name.startswith(title) for name, title in zip(names, titles, strict=True))
    assert not titles or not titles[0] or names[0] == titles[0]


@given(TITLES)
def test_a_question_is_shared_by_two_columns_at_least(titles: list[str]) -> None:
    found = asked(titles, ["x"] * len(titles))
    assert all(found.count(question) > 1 for question in found if question)
