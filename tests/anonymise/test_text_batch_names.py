"""What the columns say of everybody is found in everybody's texts, however it is written there."""

import random
import re
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from faker import Faker
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.anonymise.pseudonyms import normalise
from signaal.anonymise.text.batch_names import OF_BATCH, SCORE, BatchNames
from signaal.anonymise.text.batch_names.slips import Slips
from signaal.anonymise.text.people import Known
from signaal.anonymise.text.people.document import whole_document
from signaal.anonymise.text.people.forms import one_slip
from signaal.anonymise.text.people.ordinary import is_ordinary
from signaal.anonymise.text.people.words import fold
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

DATA = yaml.safe_load((Path(__file__).parent / "batch_names_cases.yaml").read_text(encoding="utf-8"))
ANSWERS = sorted((Path(__file__).parents[2] / "examples" / "answers").glob("*.txt"))
MARKED = re.compile(r"«([^»|]*)(?:\|([^»]*))?»")
LOCALES = {"nl_NL": 3500, "tr_TR": 500, "fr_DZ": 500, "pl_PL": 500}


def known_in(case: dict[str, Any]) -> list[Known]:
    return [Known(Entity(entity), value) for entity, values in case["known"].items() for value in values]


def places(spans: dict[Span, Known]) -> list[tuple[int, int]]:
    """Where finds stand, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: span.start):
        if joined and span.start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span.end))
        else:
            joined.append((span.start, span.end))
    return joined


@cache
def five_thousand() -> BatchNames:
    return BatchNames(people(LOCALES))


def people(locales: dict[str, int]) -> list[Known]:
    names = []
    for locale, amount in locales.items():
        fake = Faker(locale)
        fake.seed_instance(amount)
        names += [f"{fake.first_name()} {fake.last_name()}" for _ in range(amount)]
    return [Known(Entity.PERSON, name) for name in names]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["what"])
def test_all_that_is_known_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    text = MARKED.sub(r"\1", case["text"])
    found = BatchNames(known_in(case)).find(text)
    assert [text[start:end] for start, end in places(found)] == [
        match[1] for match in MARKED.finditer(case["text"])
    ]
    assert {(span.score, span.recognizer) for span in found} <= {(SCORE, OF_BATCH)}


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["what"])
def test_a_find_says_whose_it_is_or_that_it_may_be_somebody_elses(case: dict[str, Any]) -> None:
    text = MARKED.sub(r"\1", case["text"])
    found = BatchNames(known_in(case)).find(text)
    meant = {
        place: match[2] for place, match in zip(places(found), MARKED.finditer(case["text"]), strict=True)
    }
    told = {(span.start, span.end): term.value for span, term in found.items()}
    assert all(told[place] == value for place, value in meant.items() if value)
    assert all(span.entity is term.entity for span, term in found.items())


FORENAMES = st.sampled_from(["Houria", "Semhar", "Wietske", "Chidera", "Gülşen", "Żaneta", "Abdirahman"])
SURNAMES = st.sampled_from(["Belkadi", "Tesfay", "El Amrani", "van Schaik", "Wójcik", "Al-Tamimi", "Okafor"])
SPELLINGS: list[Callable[[str], str]] = [str, str.lower, str.upper, fold]
FORMS: list[Callable[[str, str], str]] = [
    lambda first, last: f"{first} {last}",
    lambda first, last: f"{last}, {first}",
    lambda first, last: f"{first[0].upper()}. {last}",
    lambda first, last: f"{last}, {first[0].upper()}",
    lambda first, last: f"{first} {last.split()[-1][0].upper()}" if "-" not in last else first,
    lambda first, last: first,
    lambda first, last: last,
    lambda first, last: last.split()[-1],
    lambda first, last: f"{first}s",
]


@given(
    FORENAMES, SURNAMES, st.sampled_from(FORMS), st.sampled_from(SPELLINGS), st.sampled_from(DATA["neutral"])
)
def test_every_form_of_a_name_is_found_whole_in_any_sentence(
    first: str, last: str, form: Callable[[str, str], str], spelling: Callable[[str], str], sentence: str
) -> None:
    written = form(spelling(first), spelling(last) if spelling is not fold else last)
    text = f"{sentence} Dat zei {written} toen. {sentence}"
    found = BatchNames([Known(Entity.PERSON, f"{first} {last}")]).find(text)
    (place,) = places(found)
    assert text[slice(*place)] == written
    assert set(found.values()) == {Known(Entity.PERSON, f"{first} {last}")}


@given(st.sampled_from(["Abdirahman", "Tesfamariam", "Nwachukwu"]), st.data())
def test_any_one_slip_in_a_long_name_is_found(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 2))
    letter = data.draw(st.sampled_from("aeknrz"))
    kind = data.draw(st.sampled_from(["left out", "put in", "replaced", "swapped"]))
    written = {
        "left out": name[:at] + name[at + 1 :],
        "put in": name[:at] + letter + name[at:],
        "replaced": name[:at] + letter + name[at + 1 :],
        "swapped": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    }[kind]
    text = f"toen kwam {written} langs"
    found = BatchNames([Known(Entity.PERSON, name)]).find(text)
    assert [text[span.start : span.end] for span in found] == [written]


@given(st.integers(10_000_000, 99_999_999), st.sampled_from([" ", "-", ".", ""]), st.data())
def test_a_phone_number_is_found_in_any_groups(number: int, sign: str, data: st.DataObject) -> None:
    digits = str(number)
    cut = data.draw(st.integers(1, 7))
    prefix = data.draw(st.sampled_from(["06", "+31 6", "0031-6", "+31 (0)6 ", "(06) "]))
    text = f"Je kunt bellen: {prefix}{sign}{digits[:cut]}{sign}{digits[cut:]} na vijven"
    found = BatchNames([Known(Entity.PHONE_NUMBER, f"06-{digits}")]).find(text)
    assert [text[slice(*place)] for place in places(found)] == [text[16:-10]]


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), max_size=20), st.text("abcdefgh", max_size=10))
def test_words_one_slip_away_are_those_that_a_look_at_each_finds(words: list[str], written: str) -> None:
    long = sorted({word for word in words if len(word) >= 6})
    expected = [word for word in long if one_slip(written, word)]
    assert list(Slips(sorted(set(words))).near(written)) == expected


@pytest.mark.parametrize("sentence", DATA["neutral"])
def test_ordinary_sentences_hold_nobody_of_five_thousand(sentence: str) -> None:
    assert not five_thousand().find(sentence)


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_answers_hold_nobody_of_whom_no_name_is_in_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    words = set(re.findall(r"[^\W\d_]+", fold(text)))
    others = [
        term
        for term in people(LOCALES)
        if not any(is_there(part, words) for part in re.findall(r"[^\W\d_]+", fold(term.value)))
    ]
    assert len(others) > 3_000
    assert not BatchNames(others).find(text)


def is_there(part: str, words: set[str]) -> bool:
    return (part in words or f"{part}s" in words) and not is_ordinary(part)


def test_the_order_of_the_columns_makes_no_difference() -> None:
    known = [*people({"nl_NL": 300}), *(Known(Entity.PHONE_NUMBER, f"06-1234{at:04}") for at in range(300))]
    text = " ".join(f"toen kwam {term.value} langs." for term in known[::7])
    expected = BatchNames(known).find(text)
    random.Random(1).shuffle(known)
    assert len(expected) >= len(known[::7])
    assert list(BatchNames(known).find(text).items()) == list(expected.items())


def test_nobody_known_finds_nothing() -> None:
    assert BatchNames(()).find("Houria Belkadi, 06-12345678") == {}
    assert (
        BatchNames([Known(Entity.PERSON, ""), Known(Entity.PERSON, "?"), Known(Entity.AGE, "34")]).find("34?")
        == {}
    )


@given(
    st.lists(st.text("aA .-@'é1\u0301\u200b", max_size=12), max_size=4),
    st.sampled_from(list(Entity)),
    st.data(),
)
@settings(max_examples=200)
def test_odd_values_and_texts_give_spans_within_the_text(
    values: list[str], entity: Entity, data: st.DataObject
) -> None:
    names = BatchNames(Known(entity, value) for value in values)
    text = data.draw(
        st.one_of(st.sampled_from([*values, ""]), st.text("aA .-@'é1\u0301\u200b\n", max_size=30))
    )
    assert all(0 <= span.start < span.end <= len(text) for span in names.find(text))


def test_somebody_of_the_batch_is_one_person_in_a_text_and_a_shared_name_is_another() -> None:
    known = [Known(Entity.PERSON, value) for value in ("Houria Belkadi", "Fatima El Amrani", "Fatima Yilmaz")]
    text = "ik zag H. Belkadi met Fatima; houria zei dat fatima ging"
    spans, everybody = whole_document(text, [], [], BatchNames(known).find(text), is_ordinary)
    told = [
        (text[span.start : span.end], everybody[span.person].value)
        for span in spans
        if span.person is not None
    ]
    assert told == [
        ("H. Belkadi", "Houria Belkadi"),
        ("Fatima", "Fatima"),
        ("houria", "Houria Belkadi"),
        ("fatima", "Fatima"),
    ]
    assert normalise(Entity.PERSON, "Fatima") not in {normalise(Entity.PERSON, term.value) for term in known}


ODD: dict[str, Callable[[int], str]] = {
    "no blank": lambda size: "a" * size,
    "digits without a blank": lambda size: "0612345678" * (size // 10),
    "loose digits": lambda size: "0 6 1 2 " * (size // 8),
    "one name": lambda size: "Houria Belkadi " * (size // 15),
    "initials": lambda size: "H.B." * (size // 4),
    "particles": lambda size: "van de el " * (size // 10),
    "combining marks": lambda size: "Houria" + "\u0301" * size,
    "invisible": lambda size: "Hou\u200bria\u00ad " * (size // 9),
    "an address": lambda size: "Zeemeeuwlaan 12 " * (size // 16),
    "dates": lambda size: "19-3-1976 " * (size // 10),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_text_costs_no_more_than_its_length(odd: Callable[[int], str]) -> None:
    known = [
        Known(Entity.PERSON, "Houria Belkadi"),
        Known(Entity.PHONE_NUMBER, "06-12345678"),
        Known(Entity.NL_STREET_ADDRESS, "Zeemeeuwlaan 12"),
        Known(Entity.DATE_TIME, "19-03-1976"),
    ]
    names = BatchNames(known)
    names.find(odd(5_000))
    small, large = odd(10_000), odd(40_000)
    once = min(seconds(names, small) for _ in range(3))
    assert min(seconds(names, large) for _ in range(2)) < 8 * once + 0.05


def seconds(names: BatchNames, text: str) -> float:
    start = time.process_time()
    names.find(text)
    return time.process_time() - start
