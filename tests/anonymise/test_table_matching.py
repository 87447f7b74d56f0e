"""Rows of one BSN are one person, and nothing else is done with the number."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.matching import matched_names
from signaal.schemas.column import Column
from signaal.schemas.declaration import Declaration
from signaal.schemas.entities import Entity

KEYS = Keys(b"m" * 32)
NAME = Column.model_validate({"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"})
NUMBER = Column.model_validate({"role": "direct_identifier", "entity": "NL_BSN", "action": "match"})
KEPT = Column.model_validate({"role": "keep"})
ONE, OTHER = "123456782", "111222333"


def survey(**columns: Column) -> Declaration:
    return Declaration(
        name="zorg",
        kind="survey",
        files=("*.csv",),
        owner="Onderzoek",
        purpose="onderzoek",
        legal_basis="wet",
        retention_days=365,
        bsn_law="een wet die dit toestaat",
        columns=columns,
    )


def names_of(numbers: list[str | None], names: list[str | None], **number: object) -> list[str | None]:
    frame = pd.DataFrame({"Naam": names, "BSN": numbers}, dtype=object)
    declared = survey(Naam=NAME, BSN=NUMBER.model_copy(update=number))
    return matched_names(frame, declared)["Naam"].tolist()


def test_the_rows_of_one_number_have_the_fullest_name() -> None:
    names = ["J. de Vries", "Vries, Jan de", "Bos, A.", "Jan   de   Vries"]
    assert names_of([ONE, "1234.56.782", OTHER, ONE], names) == [
        "Jan   de   Vries",
        "Jan   de   Vries",
        "Bos, A.",
        "Jan   de   Vries",
    ]


def test_a_person_with_another_name_by_now_has_one_pseudonym() -> None:
    made = names_of([ONE, ONE], ["Fatima el Amrani", "Fatima Bakker-el Amrani"])
    assert len({KEYS.pseudonym(Entity.PERSON, str(name)) for name in made}) == 1


@pytest.mark.parametrize("number", [None, "", "123456789", "12345678", "n.v.t.", "000000000", "geen"])
def test_without_a_number_that_passes_the_eleven_test_a_row_stays_as_it_is(number: str | None) -> None:
    assert names_of([number, number], ["J. Bos", "Jan Bos"]) == ["J. Bos", "Jan Bos"]


def test_a_code_for_no_answer_is_no_number() -> None:
    assert names_of([ONE, ONE], ["J. Bos", "Jan Bos"], missing=(ONE,)) == ["J. Bos", "Jan Bos"]


def test_whoever_is_not_named_is_not_named_by_the_number() -> None:
    names = [None, "onbekend", "Jan Bos", "J. Bos", ""]
    assert names_of([ONE] * 5, names) == [None, "onbekend", "Jan Bos", "Jan Bos", ""]


def test_a_number_without_its_leading_zero_is_the_same() -> None:
    assert names_of(["012345672", "12345672"], ["J. Bos", "Jan Bos"]) == ["Jan Bos", "Jan Bos"]


def test_a_number_says_nothing_of_the_other_people_in_its_row() -> None:
    columns = {"Naam": NAME, "BSN": NUMBER, "Leeftijd": KEPT, "Naam partner": NAME}
    frame = pd.DataFrame(
        {
            "Naam": ["J. Bos", "Jan Bos"],
            "BSN": [ONE, ONE],
            "Leeftijd": ["30", "31"],
            "Naam partner": ["Piet Smit", "Klaas Visser"],
        },
        dtype=object,
    )
    matched = matched_names(frame, survey(**columns))
    assert list(matched) == ["Naam"]
    assert matched["Naam"].tolist() == ["Jan Bos", "Jan Bos"]


def test_each_number_belongs_to_the_name_beside_it() -> None:
    columns = {"Naam": NAME, "BSN": NUMBER, "Naam partner": NAME, "BSN partner": NUMBER}
    frame = pd.DataFrame(
        {
            "Naam": ["J. Bos", "A. Smit"],
            "BSN": [ONE, OTHER],
            "Naam partner": ["P. Smit", "Piet Smit"],
            "BSN partner": ["012345672", "012345672"],
        },
        dtype=object,
    )
    matched = matched_names(frame, survey(**columns))
    assert matched["Naam"].tolist() == ["J. Bos", "A. Smit"]
    assert matched["Naam partner"].tolist() == ["Piet Smit", "Piet Smit"]


def test_without_a_column_to_match_on_nothing_is_matched() -> None:
    frame = pd.DataFrame({"Naam": ["J. Bos"], "BSN": [ONE]}, dtype=object)
    assert matched_names(frame, survey(Naam=NAME, BSN=NUMBER.model_copy(update={"action": "drop"}))) == {}
    assert matched_names(frame[["Naam"]], survey(Naam=NAME, BSN=NUMBER)) == {}
    assert matched_names(frame, survey(Naam=KEPT, BSN=NUMBER)) == {}


VALID = (
    st.integers(1, 10**8 - 1)
    .map(lambda n: f"{n:08d}")
    .flatmap(
        lambda start: st.sampled_from(
            [f"{start}{last}" for last in range(10) if bsn.is_valid(f"{start}{last}")] or [""]
        )
    )
)


@given(
    st.lists(
        st.tuples(VALID | st.none(), st.sampled_from(["J. Bos", "Jan Bos", "Bos, J.", None])), max_size=12
    )
)
def test_the_result_depends_on_no_order_and_names_only_people_of_the_same_number(
    rows: list[tuple[str | None, str | None]],
) -> None:
    numbers, names = [number for number, _ in rows], [name for _, name in rows]
    made = names_of(numbers, names)
    assert made[::-1] == names_of(numbers[::-1], names[::-1])
    for number, name, given_name in zip(numbers, made, names, strict=True):
        own = [each for other, each in rows if other == number] if number else [given_name]
        assert name in own
        assert (name is None) == (given_name is None)
    for number in {number for number in numbers if number}:
        filled = [name for other, name in zip(numbers, made, strict=True) if other == number and name]
        assert len(set(filled)) <= 1
