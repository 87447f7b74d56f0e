"""What is known of the people in a text is found again all over it, and who is who."""

import re
import time
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.text.batch_names import BatchNames
from signaal.anonymise.text.people import Known
from signaal.anonymise.text.people.document import whole_document
from signaal.anonymise.text.people.forms import one_slip
from signaal.anonymise.text.people.names import name_of
from signaal.anonymise.text.people.values import find_values
from signaal.anonymise.text.people.words import fold, words_of
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

DATA = yaml.safe_load((Path(__file__).parent / "people_cases.yaml").read_text(encoding="utf-8"))
WORDS = frozenset(DATA["words"].split())
MARKED = re.compile(r"«([^»|]*)(?:\|(\w))?»")
GIVEN = {"finds": Entity.PERSON, "organisations": Entity.ORGANIZATION, "places": Entity.LOCATION}
PARTS = st.sampled_from(["Semhar", "Tesfay", "Yılmaz", "Bakkali", "Okafor", "Wietske", "Chidera"])


def is_word(word: str) -> bool:
    return word in WORDS


def found(text: str, case: dict[str, Any]) -> list[Span]:
    spans = []
    for kind, entity in GIVEN.items():
        for find in case.get(kind, ()):
            value, _, score = find.partition("@")
            start = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text)
            assert start is not None
            spans.append(Span(*start.span(), entity, float(score or 0.85), "test"))
    return spans


def document(text: str, case: dict[str, Any]) -> tuple[tuple[Span, ...], list[Known]]:
    known = [Known(Entity.PERSON, value) for value in case.get("known", ())]
    return whole_document(text, found(text, case), known, {}, is_word)


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["what"])
def test_all_that_belongs_to_a_find_is_masked_and_nothing_else(case: dict[str, Any]) -> None:
    text = MARKED.sub(r"\1", case["text"])
    spans, _ = document(text, case)
    assert [text[span.start : span.end] for span in spans] == [m[1] for m in MARKED.finditer(case["text"])]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["what"])
def test_the_same_person_is_the_same_and_another_is_another(case: dict[str, Any]) -> None:
    text = MARKED.sub(r"\1", case["text"])
    spans, people = document(text, case)
    labels = [match[2] for match in MARKED.finditer(case["text"])]
    told = [(label, span.person) for label, span in zip(labels, spans, strict=True) if label]
    assert all((one[0] == other[0]) == (one[1] == other[1]) for one, other in combinations(told, 2))
    assert all(person is not None and people[person].entity is Entity.PERSON for _, person in told)


@given(
    st.tuples(PARTS, PARTS).filter(lambda name: name[0] != name[1]),
    st.sampled_from([str, str.lower, str.upper, str.title, fold]),
    st.sampled_from(["", "s", "'s", "’s"]),
    st.booleans(),
)
def test_every_case_and_genitive_of_a_part_is_found(
    name: tuple[str, str], spelling: Callable[[str], str], ending: str, last: bool
) -> None:
    part = spelling(name[last])
    text = f"{name[0]} {name[1]} kwam. ik sprak {part}{ending} moeder"
    spans, _ = whole_document(text, [Span(0, len(" ".join(name)), Entity.PERSON, 0.85, "t")], [], {}, is_word)
    place = text.rindex(part)
    assert spans[-1].start == place
    assert spans[-1].end >= place + len(part)
    assert len({span.person for span in spans}) == 1


TEXTS = st.text(st.sampled_from("aAnN.' -,\n:éİ12"), max_size=40)


PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4)


@given(TEXTS, PLACES, st.lists(TEXTS, max_size=3))
def test_spans_lie_in_the_text_in_order_and_are_the_same_every_time(
    text: str, places: list[tuple[int, int]], names: list[str]
) -> None:
    given_spans = [
        Span(min(place), min(max(place), len(text)), Entity.PERSON, 0.85, "t")
        for place in places
        if min(place) < len(text) and min(place) < max(place)
    ]
    known = [Known(Entity.PERSON, name) for name in names]
    spans, people = whole_document(text, given_spans, known, {}, is_word)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.person is None or span.person < len(people) for span in spans)
    assert people[: len(known)] == known
    assert whole_document(text, given_spans[::-1], known, {}, is_word) == (spans, people)


def test_a_long_text_with_many_names_takes_no_more_than_its_words() -> None:
    halves = [(first, _word(number)) for first in ("Sem", "Tor", "Quin") for number in range(60)]
    names = [f"{first}{second} {second}{first}" for first, second in halves]
    line = "de man ging naar huis en zei dat het niet goed was {} "
    text = "".join(line.format(names[at % len(names)]) for at in range(1500))
    spans = [Span(*match.span(), Entity.PERSON, 0.85, "t") for match in re.finditer("|".join(names), text)]
    began = time.process_time()
    found_again, people = whole_document(text, spans, [], {}, is_word)
    assert time.process_time() - began < 2
    assert len(found_again) == len(spans)
    assert len(people) == len(names)


def _word(number: int) -> str:
    return "".join("bdfgklmnpr"[int(digit)] + "o" for digit in f"{number:02}")


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [
        ("fatma", "fatima", True),
        ("fattima", "fatima", True),
        ("fatina", "fatima", True),
        ("faitma", "fatima", True),
        ("fatima", "fatima", False),
        ("ftaiam", "fatima", False),
        ("atimaf", "fatima", False),
        ("ftma", "fatima", False),
    ],
)
def test_a_slip_is_one_letter(written: str, meant: str, slip: bool) -> None:
    assert one_slip(written, meant) is slip
    assert one_slip(meant, written) is slip


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("J. van der Berg", ["Berg"]),
        ("El Amrani, Fatima", ["Fatima", "Amrani"]),
        ("mw. Fatima", ["Fatima"]),
        ("Jansen-Okafor", ["Jansen", "Okafor"]),
    ],
)
def test_particles_titles_and_initials_tell_nothing(name: str, parts: list[str]) -> None:
    assert [word.written for word in name_of(name).telling] == parts


def test_a_decomposed_letter_is_no_end_of_a_word() -> None:
    assert [word.folded for word in words_of("Rene\u0301e's Zoe\u0308")] == ["renee", "zoe"]


@pytest.mark.parametrize(
    "written", ["06 12 34 56 78", "0612345678", "+31 6 12345678", "0031612345678", "06-12345678"]
)
def test_a_number_is_found_in_other_groups(written: str) -> None:
    text = f"bel {written} graag"
    (span,) = find_values(text, [Known(Entity.PHONE_NUMBER, "06-12345678")])
    assert written in text[span.start : span.end]


def test_a_mailbox_is_found_without_its_host() -> None:
    (span,) = find_values("ik heet daar f.elamrani", [Known(Entity.EMAIL_ADDRESS, "f.elamrani@voorbeeld.nl")])
    assert (span.start, span.end, span.person) == (13, 23, 0)


def test_everybody_in_the_batch_is_looked_for_in_every_text() -> None:
    names = BatchNames(
        [Known(Entity.PERSON, "Hoop"), Known(Entity.PERSON, "Anna  van Dam"), Known(Entity.PERSON, "Gülşen")],
        is_word,
    )
    text = "ik hoop dat anna van dams fiets bij gulsen is, zei Hoop"
    assert [text[span.start : span.end] for span in names.find(text)] == ["anna van dams", "gulsen", "Hoop"]


def test_somebody_of_the_batch_keeps_the_spelling_of_the_column() -> None:
    known = Known(Entity.PERSON, "Yılmaz, Gülşen")
    text = "ik ken yilmaz gulsen wel, en gulsens zus"
    spans, people = whole_document(text, [], [], BatchNames([known], is_word).find(text), is_word)
    assert [text[span.start : span.end] for span in spans] == ["yilmaz gulsen", "gulsens"]
    assert [people[span.person] for span in spans if span.person is not None] == [known, known]
