"""The second look by itself: what it must find, and what it must leave alone."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban
from stdnum.nl import bsn

from signaal.validation.second_look import SecondLook, current_look

CASES = yaml.safe_load((Path(__file__).parent / "second_look_cases.yaml").read_text(encoding="utf-8"))
LOOK = SecondLook(())
DIGITS = "0123456789"
WORDS = [
    "de",
    "buurt",
    "12",
    "jaar",
    "in",
    "2024",
    "10.30",
    "uur",
    "[PERSOON-BCDFGHJKLMNP]",
    ",",
    "één\n",
    "nr.",
    "(en",
]

contexts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)


def in_groups(number: str, mark: str, sizes: tuple[int, ...]) -> str:
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    return mark.join(number[start : start + size] for start, size in zip(starts, sizes, strict=True))


def with_last_digit(start: str) -> str | None:
    return next((start + last for last in DIGITS if bsn.is_valid(start + last)), None)


def account(country: str, rest: str) -> str:
    return country + iban.calc_check_digits(f"{country}00{rest}") + rest


bsns = st.builds(
    in_groups,
    st.text(DIGITS, min_size=8, max_size=8).map(with_last_digit).filter(bool),
    st.sampled_from(["", " ", ".", "-", "\u00a0", "\u2011", ". "]),
    st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (2, 2, 2, 3), (3, 2, 4)]),
)
ibans = st.builds(
    in_groups,
    st.text(DIGITS, min_size=10, max_size=10).map(lambda rest: account("NL", f"INGB{rest}")),
    st.sampled_from(["", " ", "."]),
    st.sampled_from([(18,), (4, 4, 4, 4, 2), (4, 4, 10)]),
)
emails = st.builds(
    "{}{}@{}.{}".format,
    st.text("abcxyzé.0_", max_size=9),
    st.sampled_from("abcz"),
    st.text("abcxyz-", min_size=1, max_size=9),
    st.sampled_from(["nl", "com", "amsterdam"]),
)
phones = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["06", "06-", "06 ", "+316", "+31 6 ", "+31 (0)6-", "00316", "0031 6 "]),
    st.sampled_from("12345"),
    st.sampled_from(["", " "]),
    st.text(DIGITS, min_size=7, max_size=7),
)
postcodes = st.builds(
    "{}{}{}{}".format,
    st.sampled_from("123456789"),
    st.text(DIGITS, min_size=3, max_size=3),
    st.sampled_from(["", " ", "\u00a0"]),
    st.text("ABCDEFGHJKLMNPRTUVWXYZ", min_size=2, max_size=2),
)


@pytest.mark.parametrize("cell", CASES["hit"], ids=str)
def test_finds_every_regression_case(cell: object) -> None:
    assert LOOK.finds(cell)


@pytest.mark.parametrize("cell", CASES["miss"], ids=str)
def test_leaves_harmless_cells_alone(cell: object) -> None:
    assert not LOOK.finds(cell)


@given(contexts, st.one_of(bsns, ibans, emails, phones, postcodes), contexts)
def test_finds_a_personal_number_anywhere_in_a_text(before: str, planted: str, after: str) -> None:
    assert LOOK.finds(f"{before} {planted} {after}")


@given(contexts, st.one_of(bsns, ibans, emails, phones, postcodes))
def test_finds_a_personal_number_between_brackets_and_quotes(before: str, planted: str) -> None:
    assert LOOK.finds(f"{before} [{planted}]")
    assert LOOK.finds(f'{before}\t"{planted}"')
    assert LOOK.finds(f"{before}: {planted}.")


names = st.lists(st.text("abcdefghijkmnoprstuvzéëø", min_size=2, max_size=9), min_size=2, max_size=3)


@given(
    contexts,
    names,
    st.sampled_from([" ", "-", ". ", ", ", "\n"]),
    st.sampled_from([str.upper, str.title, str]),
)
def test_finds_a_known_value_however_it_is_written(
    before: str, name: list[str], mark: str, written: Callable[[str], str]
) -> None:
    look = SecondLook({" ".join(name).title(), "Iemand Anders"})
    assert look.finds(f"{before} {written(mark.join(name))}, zei men.")
    assert look.finds(written(mark.join(name)))


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("Fatima El-Amrani", "fatima el amrani was er"),
        ("Zoë", "Zoe was er"),
        ("Zoë", "met Zoë."),
        ("Bo", "Bo kwam"),
        ("jan", "Jan kwam"),
        ("Hoop", "mevrouw Hoop kwam"),
        ("hoop", "mevrouw HOOP kwam"),
        ("0612345678", "[06 12 34 56 78]"),
        ("fatima@example", "fatima.example"),
        ("O'Brien", "obrien kwam"),
        ("12-03-1985", "op 12 03 1985 geboren"),
        ("PIETERSEN", "de familie Pietersen-Smid"),
        ("Ｐieters", "pieters"),
        ("Jansen", "[JANSEN]"),
        ("Plaats", "[PLAATS] mevrouw Plaats"),
        ("4827", "[NUMMER-4827]"),
        ("Maart", "[maart] en [maart 24]"),
        (" Pieters ", "pie\u00adters"),
    ],
)
def test_known_value_is_found(known: str, text: str) -> None:
    assert SecondLook({known}).finds(text)


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ("Jan", "in jan en feb"),
        ("Jan", "januari"),
        ("Hoop", "ik hoop het"),
        ("Pieters", "pietersen"),
        ("geen", "er was geen tijd"),
        ("n.v.t.", "nvt"),
        ("-", "a - b"),
        ("", "niets"),
        ("12", "12 mensen"),
        ("J", "J kwam"),
        ("Persoon", "[PERSOON-BCDFGHJKLMNP] kwam"),
        ("Plaats", "[PLAATS] en [V-NUMMER]"),
        ("Kenteken", "[KENTEKEN]"),
        ("Persoon", "[PERSOON-1] en [PERSOON-27]"),
        ("April", "in [april 2024]"),
        ("Lente", "in de [lente]"),
        ("Jaar", "[30-39 jaar] en [90+ jaar]"),
        ("Postcode", "[postcode 30..]"),
        ("Anna Mos", "Anna █████ mos"),
        ("Anna Mos", "[ANNA] mos"),
    ],
)
def test_known_value_is_not_seen_in_something_else(known: str, text: str) -> None:
    assert not SecondLook({known}).finds(text)


@pytest.mark.parametrize(
    "cell",
    [
        123456782,
        123456782.0,
        np.int64(123456782),
        np.float64(123456782),
        Decimal(123456782),
        b"bsn 123456782",
        ["x", "123456782"],
        {"bsn": 123456782},
    ],
    ids=repr,
)
def test_looks_into_cells_of_any_type(cell: object) -> None:
    assert LOOK.finds(cell)


@pytest.mark.parametrize(
    "cell",
    [True, datetime(2024, 1, 31, 12, 30), pd.Timestamp("2024-01-31"), float("inf"), 0.1 + 0.2],
    ids=repr,
)
def test_leaves_other_types_alone(cell: object) -> None:
    assert not LOOK.finds(cell)


@pytest.mark.parametrize("cell", ["0" * 20, "PERSOON-BCDFGHJKLMNP", "E-MAIL-BCDFGHJKLMNP", "BCDFGHJKLMNP"])
def test_stand_ins_pass_by_their_form(cell: str) -> None:
    assert not LOOK.finds_in_stand_in(cell)


@pytest.mark.parametrize(
    "cell", ["123456782", "Jan de Vries", "", "PERSOON-", "PERSOON-BCDFGHJKLMNP x", 123456782]
)
def test_anything_else_than_a_stand_in_fails(cell: object) -> None:
    assert LOOK.finds_in_stand_in(cell)


def test_a_known_name_that_looks_like_a_stand_in_fails() -> None:
    assert SecondLook({"Christiaan"}).finds_in_stand_in("CHRISTIAAN")


def test_there_is_no_second_look_outside_a_validation() -> None:
    with pytest.raises(LookupError):
        current_look()


def test_its_repr_holds_no_known_value() -> None:
    assert "Pietersen" not in repr(SecondLook({"Pietersen"}))
