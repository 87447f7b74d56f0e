"""Names are told by the places of chats, mails and forms at which they stand."""

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.text.structure import find_named
from signaal.schemas.entities import Entity

DATA = yaml.safe_load((Path(__file__).parent / "structure_cases.yaml").read_text(encoding="utf-8"))
WORDS = frozenset(DATA["words"].split())
MARKED = re.compile(r"«([^»]*)»")


def is_word(word: str) -> bool:
    return word in WORDS


@pytest.mark.parametrize("marked", DATA["cases"])
def test_what_stands_at_the_place_of_a_name_is_one_and_nothing_else(marked: str) -> None:
    text = MARKED.sub(r"\1", marked)
    spans = find_named(text, is_word)
    assert [text[span.start : span.end] for span in spans] == MARKED.findall(marked)
    assert all(span.entity is Entity.PERSON and span.score > 0.9 for span in spans)


@given(st.text(st.sampled_from("Naam:Van hoiGroet,\n[12.-]@<>~ "), max_size=80))
def test_places_lie_in_the_text(text: str) -> None:
    spans = find_named(text, is_word)
    assert spans == find_named(text, is_word)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "\n",
        "[",
        "[12:30] a",
        "A. ",
        "x: ",
        "naam: ",
        "Groet\n",
        "van: <<<",
        "schreef ",
        "a@",
        "Aa, ",
        "mw. van ",
        "noemt zich ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    find_named(piece * (50_000 // len(piece)), is_word)
    assert time.process_time() - began < 2
