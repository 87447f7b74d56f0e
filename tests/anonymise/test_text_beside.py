"""What stands before, between and beside finds belongs to them where Dutch says so."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from signaal.anonymise.text.neighbours import join_neighbours
from signaal.anonymise.text.people.ordinary import is_ordinary
from signaal.anonymise.text.spans import Span, settle
from signaal.anonymise.text.structure import find_named
from signaal.anonymise.text.structure.beside import beside
from signaal.anonymise.text.structure.kinds import with_kinds
from signaal.schemas.entities import Entity

CASES = yaml.safe_load((Path(__file__).parent / "beside_cases.yaml").read_text(encoding="utf-8"))
ENTITIES = {"P": Entity.PERSON, "L": Entity.LOCATION, "O": Entity.ORGANIZATION, "A": Entity.AGE}
MARK = re.compile(r"«([^»|]*)\|(\w)»")
Case = dict[str, Any]


def read(marked: str) -> tuple[str, list[Span]]:
    """A text without its marks, and what they mark."""
    spans: list[Span] = []
    text, at = "", 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[1]), ENTITIES[mark[2]], 0.8, "test"))
        text, at = text + mark[1], mark.end()
    return text + marked[at:], spans


def marked(text: str, spans: list[Span]) -> str:
    letters = {entity: letter for letter, entity in ENTITIES.items()}
    for span in reversed(spans):
        found = f"«{text[span.start : span.end]}|{letters[span.entity]}»"
        text = text[: span.start] + found + text[span.end :]
    return text


@pytest.mark.parametrize("case", CASES["kinds"], ids=lambda case: case["found"])
def test_the_kind_of_an_organisation_is_part_of_its_name(case: Case) -> None:
    text, spans = read(case["found"])
    assert marked(text, list(with_kinds(spans, text))) == case["is"]


@pytest.mark.parametrize("case", CASES["joined"], ids=lambda case: case["found"])
def test_what_ties_a_name_together_is_part_of_it(case: Case) -> None:
    text, spans = read(case["found"])
    assert marked(text, list(join_neighbours(tuple(spans), text))) == case["is"]


@pytest.mark.parametrize("case", CASES["beside"], ids=lambda case: case["found"])
def test_ages_and_nicknames_come_in_pairs(case: Case) -> None:
    text, spans = read(case["found"])
    assert marked(text, list(settle([*spans, *beside(spans, text)], text))) == case["is"]


@pytest.mark.parametrize("case", CASES["titled"], ids=lambda case: case["is"])
def test_a_title_tells_a_name(case: Case) -> None:
    text, _ = read(case["is"])
    assert marked(text, find_named(text, is_ordinary)) == case["is"]
