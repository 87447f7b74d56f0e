"""Overlapping finds become one answer that covers them all."""

import re
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.text.neighbours import join_neighbours
from signaal.anonymise.text.people.word_lists import STOP_WORDS
from signaal.anonymise.text.spans import Span, settle
from signaal.schemas.entities import Entity

TEXT = "Op 3 maart sprak ik mw. Fatima El Amrani (06-12345678) bij buurthuis De Wissel."
PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)
SPANS = st.lists(
    st.builds(
        lambda place, entity, score: Span(place[0], place[1], entity, score, "test"),
        PLACES,
        st.sampled_from([Entity.PERSON, Entity.LOCATION, Entity.PHONE_NUMBER]),
        st.floats(0.1, 1),
    ),
    max_size=12,
)


def covered(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end) if TEXT[place].isalnum()}


SMALL = {
    place for word in re.finditer(r"\w+", TEXT) if word[0] in STOP_WORDS for place in range(*word.span())
}


@given(SPANS)
def test_nothing_that_was_found_is_let_go_but_small_words_that_are_left_over(spans: list[Span]) -> None:
    assert covered(spans) - SMALL <= covered(settle(spans, TEXT))


@given(SPANS)
def test_settled_spans_are_in_order_and_do_not_overlap(spans: list[Span]) -> None:
    settled = settle(spans, TEXT)
    assert all(one.end <= other.start for one, other in pairwise(settled))


@given(SPANS)
def test_settling_twice_covers_the_same(spans: list[Span]) -> None:
    once = settle(spans, TEXT)
    assert covered(settle(once, TEXT)) == covered(once)


def test_half_a_word_becomes_the_whole_word() -> None:
    start = TEXT.index("atima")
    (span,) = settle([Span(start, start + 3, Entity.PERSON, 0.9, "test")], TEXT)
    assert TEXT[span.start : span.end] == "Fatima"


def test_the_surer_of_two_wins_and_the_rest_of_the_other_stays() -> None:
    text = "Fatima Amrani Rotterdam"
    spans = settle([Span(0, 23, Entity.LOCATION, 0.5, "a"), Span(0, 13, Entity.PERSON, 0.9, "b")], text)
    assert [(span.entity, text[span.start : span.end]) for span in spans] == [
        (Entity.PERSON, "Fatima Amrani"),
        (Entity.LOCATION, " Rotterdam"),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("tante op de Putselaan", ["Putselaan"]),
        ("tante van Putselaan", ["van", "Putselaan"]),
        ("tante een Putselaan", ["een", "Putselaan"]),
        ("tante wit Putselaan", ["wit", "Putselaan"]),
    ],
)
def test_small_words_that_are_left_of_a_find_are_let_go(text: str, left: list[str]) -> None:
    whole = Span(6, len(text), Entity.PERSON, 0.5, "a")
    street = Span(text.index("Put"), len(text), Entity.NL_STREET_ADDRESS, 0.9, "b")
    assert [text[span.start : span.end].strip() for span in settle([whole, street], text)] == left


def test_small_words_that_were_found_as_such_stay() -> None:
    assert len(settle([Span(0, 2, Entity.PERSON, 0.5, "a")], "op")) == 1


def test_a_name_found_in_two_halves_is_one() -> None:
    spans = (Span(0, 6, Entity.PERSON, 0.8, "a"), Span(7, 13, Entity.PERSON, 0.9, "b"))
    (joined,) = join_neighbours(spans, "Fatima Amrani")
    assert (joined.start, joined.end, joined.score) == (0, 13, 0.9)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Jan van der Berg", "Jan", "Berg"),
        ("Fatima el Amrani", "Fatima", "Amrani"),
        ("Mohamed ould Ahmed", "Mohamed", "Ahmed"),
        ("Wietske Jansen-Okafor", "Wietske Jansen", "Okafor"),
        ("F. Amrani", "F", "Amrani"),
    ],
)
def test_particles_tie_the_halves_of_a_name_together(text: str, one: str, other: str) -> None:
    start = text.index(other)
    spans = (
        Span(0, len(one), Entity.PERSON, 0.8, "a"),
        Span(start, start + len(other), Entity.PERSON, 0.8, "b"),
    )
    (joined,) = join_neighbours(spans, text)
    assert (joined.start, joined.end) == (0, len(text))


@pytest.mark.parametrize("between", [" en ", ", ", "\n", " bij ", ". "])
def test_two_people_stay_two(between: str) -> None:
    spans = (
        Span(0, 6, Entity.PERSON, 0.8, "a"),
        Span(6 + len(between), 11 + len(between), Entity.PERSON, 0.8, "b"),
    )
    assert len(join_neighbours(spans, f"Fatima{between}Karim")) == 2


@pytest.mark.parametrize("title", ["mw. ", "Mevrouw ", "dhr ", "heer ", "Tante ", "dr. mr. "])
def test_a_title_stays_outside(title: str) -> None:
    text = f"{title}Fatima Amrani"
    (span,) = join_neighbours((Span(0, len(text), Entity.PERSON, 0.8, "a"),), text)
    assert text[span.start : span.end] == "Fatima Amrani"


def test_a_title_alone_and_a_title_of_something_else_stay() -> None:
    spans = (Span(0, 8, Entity.PERSON, 0.8, "a"), Span(9, 20, Entity.ORGANIZATION, 0.8, "a"))
    assert join_neighbours(spans, "Meester. Oma Fatima B") == spans
