"""Honest types: numbers, dates, booleans are read by declaration, and what could be two things is none."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.table.dates import parse_date
from signaal.anonymise.table.numbers import parse_number
from signaal.anonymise.table.typed import parser, read_cells, read_column
from signaal.schemas.column import Column, DataType, DateOrder, Decimal, Role

DUTCH = str.maketrans(",.", ".,")
AMOUNTS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 2))
DATES = st.dates(date(1930, 1, 1), date(2029, 12, 31))
CELLS = st.text(max_size=15) | st.text(alphabet="0123456789.,-€% +:/ejan", max_size=12)


def column(kind: DataType, **settings: object) -> Column:
    return Column.model_validate({"role": "keep", "type": kind, **settings})


def cells(*given: str | None) -> "pd.Series[str]":
    return pd.Series(list(given), dtype=object)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-03-14 10:02:03", date(2026, 3, 14)),
        ("2026-03-14T10:02:03Z", date(2026, 3, 14)),
        ("2026-03-14T10:02:03.123+01:00", date(2026, 3, 14)),
        ("2024/01/15 6:41:58 p.m. CET", date(2024, 1, 15)),
        ("14-3-2026", date(2026, 3, 14)),
        ("14/03/26", date(2026, 3, 14)),
        ("14.3.1988", date(1988, 3, 14)),
        ("2-11-47", date(1947, 11, 2)),
        ("1-1-29", date(2029, 1, 1)),
        ("1-1-30", date(1930, 1, 1)),
        ("14 maart 2026", date(2026, 3, 14)),
        ("14-mrt-2026", date(2026, 3, 14)),
        ("14 mrt. 2026 om 10:30", date(2026, 3, 14)),
        ("14 May 2026", date(2026, 5, 14)),
        ("3/14/2026", None),
        ("14/3-2026", None),
        ("31-2-2026", None),
        ("maart 2026", None),
        ("14 meisjes 2026", None),
        ("2026-03-14 belde terug", None),
        ("2026-03-14 29:99", None),
        ("geen idee", None),
        ("", None),
    ],
)
def test_reads_dates(text: str, found: date | None) -> None:
    assert parse_date(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3/14/2026", date(2026, 3, 14)),
        ("02/06/2024 09:27:54 AM", date(2024, 2, 6)),
        ("2026-03-14", date(2026, 3, 14)),
        ("14 maart 2026", date(2026, 3, 14)),
        ("14/3/2026", None),
    ],
)
def test_reads_a_month_first_where_that_is_declared(text: str, found: date | None) -> None:
    assert parse_date(text, month_first=True) == found


@given(
    DATES, st.sampled_from(["{0:%d-%m-%Y}", "{0:%Y-%m-%d}", "{0.day}/{0.month}/{0:%y}", "{0:%d.%m.%Y} 10:11"])
)
def test_a_date_comes_back_however_the_dutch_write_it(day: date, written: str) -> None:
    assert parse_date(written.format(day)) == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3", 3),
        ("05", 5),
        ("3,5", 3.5),
        ("3.5", 3.5),
        (".5", 0.5),
        ("0,125", 0.125),
        ("1234.567", 1234.567),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1 250", 1250),
        ("€ 12,-", 12),
        ("-€ 1.234,-", -1234),
        ("12 euro", 12),
        ("1.234.567", 1234567),
        ("1e-05", 0.00001),
        ("40%", 40),
    ],
)
def test_reads_numbers(text: str, found: float) -> None:
    assert parse_number(text) == found


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [
        ("1.234", 1234, 1.234),
        ("1,234", 1.234, 1234),
        ("3,5", 3.5, None),
        ("3.5", None, 3.5),
        ("1.234.567", 1234567, None),
        ("1,234.50", None, 1234.5),
        ("€ 12,-", 12, None),
        ("0.125", None, 0.125),
        ("7", 7, 7),
    ],
)
def test_a_declared_decimal_sign_is_the_only_one(text: str, comma: float | None, point: float | None) -> None:
    assert (parse_number(text, Decimal.COMMA), parse_number(text, Decimal.POINT)) == (comma, point)


@pytest.mark.parametrize(
    "text",
    [
        *("geen", "1,2,3", "06-12345678", "0612345678", "007", "12 jaar", "nan", "inf", "1.23.4", "12 50"),
        *(
            "",
            "€",
            "-",
            ".",
            "--5",
            "€ 5 €",
            "1e400",
            "12e4",
            "9e+999",
            "٣",
            "3011 AB",
            "1;2",
            "5" + " " * 5000 + "x",
        ),
    ],
)
@pytest.mark.parametrize("decimal", [None, *Decimal])
def test_what_is_no_number_is_none(text: str, decimal: Decimal | None) -> None:
    assert parse_number(text, decimal) is None


@given(AMOUNTS)
def test_a_dutch_number_comes_back(number: float) -> None:
    written = f"{number:,.2f}".translate(DUTCH)
    assert parse_number(written) == parse_number(written, Decimal.COMMA) == pytest.approx(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_a_spreadsheet_holds_comes_back_under_a_declared_point(number: float) -> None:
    assert parse_number(repr(number), Decimal.POINT) == number


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from(["", "-", "€ "]))
def test_an_ambiguous_number_never_passes_undeclared(front: int, behind: int, sign: str, before: str) -> None:
    written = f"{before}{front}{sign}{behind:03}"
    assert parse_number(written) is None
    assert parse_number(written, Decimal.COMMA) != parse_number(written, Decimal.POINT)


@given(CELLS)
def test_without_a_declared_sign_a_number_is_one_that_no_declaration_would_read_otherwise(cell: str) -> None:
    found = {number for decimal in Decimal if (number := parse_number(cell, decimal)) is not None}
    undeclared = parse_number(cell)
    assert undeclared is None or found == {undeclared}
    assert undeclared is not None or len(found) != 1


@pytest.mark.parametrize(
    ("settings", "cell", "value"),
    [
        ({}, " JA ", True),
        ({}, "Nee", False),
        ({}, "True", True),
        ({}, "onwaar", False),
        ({}, "1", True),
        ({}, "0.0", False),
        ({}, "x", None),
        ({}, "misschien", None),
        ({}, "", None),
        ({"is_true": ["x"], "is_false": ["-"]}, "X", True),
        ({"is_true": ["x"], "is_false": ["-"]}, "ja", None),
        ({"is_true": [1], "is_false": [2]}, "2", False),
    ],
)
def test_a_boolean_has_the_common_answers_or_the_declared_ones(
    settings: dict[str, object], cell: str, value: bool | None
) -> None:
    assert parser(column(DataType.BOOLEAN, **settings))(cell) is value


def test_text_passes_as_it_stands() -> None:
    read = read_column(cells("  Goed ", "1.234", None), column(DataType.TEXT))
    assert read.values.tolist() == ["  Goed ", "1.234", None]
    assert not read.misfit.any()


def test_a_cell_that_does_not_fit_is_marked_and_an_empty_one_is_not() -> None:
    read = read_column(cells("3,5", "veel", None, "1.234", "7", " "), column(DataType.NUMBER))
    assert read.misfit.tolist() == [False, True, False, True, False, False]
    assert [None if math.isnan(value) else value for value in read.values] == [3.5, None, None, None, 7, None]


def test_codes_for_no_answer_are_empty_and_fit() -> None:
    kept = column(DataType.NUMBER, missing=[99, "weet niet"])
    read = read_column(cells("99", "99.0", "99,00", "+99", "Weet NIET ", "9", "990"), kept)
    assert np.isnan(read.values.astype(float)).tolist() == [True] * 5 + [False] * 2
    assert not read.misfit.any()


@pytest.mark.parametrize("kind", DataType)
def test_codes_for_no_answer_go_for_every_type(kind: DataType) -> None:
    read = read_column(cells("n.v.t.", "N.V.T."), column(kind, missing=["n.v.t."]))
    assert read.values.isna().all()
    assert not read.misfit.any()


def test_dates_are_read_in_the_declared_order() -> None:
    given = cells("3/4/2026", "3/14/2026 10:00")
    day_first = read_column(given, column(DataType.DATE))
    month_first = read_column(given, column(DataType.DATE, date_order=DateOrder.MONTH_FIRST))
    assert day_first.values.tolist() == [date(2026, 4, 3), None]
    assert day_first.misfit.tolist() == [False, True]
    assert month_first.values.tolist() == [date(2026, 3, 4), date(2026, 3, 14)]


def test_the_rows_keep_their_own_index() -> None:
    given = pd.Series(["1", "x"], index=[7, 3], dtype=object)
    read = read_column(given, column(DataType.NUMBER))
    assert read.values.index.tolist() == [7, 3]
    assert read.misfit.tolist() == [False, True]


def test_each_different_cell_is_read_once() -> None:
    seen: list[str] = []
    read_cells(cells(*["a", "b", None] * 1000), lambda cell: seen.append(cell) or cell)
    assert seen == ["a", "b"]


KINDS = {DataType.NUMBER: float, DataType.DATE: date, DataType.BOOLEAN: bool}


@given(
    st.sampled_from(list(KINDS)), st.lists(st.none() | CELLS, max_size=6), st.sampled_from([None, *Decimal])
)
def test_a_cell_never_passes_as_another_type(
    kind: DataType, given: list[str | None], decimal: Decimal | None
) -> None:
    read = read_column(cells(*given), column(kind, decimal=decimal))
    for value, misfit, cell in zip(read.values, read.misfit, given, strict=True):
        empty = pd.isna(value)
        assert empty or (type(value) is KINDS[kind] and not misfit)
        assert misfit == (empty and bool(cell and cell.strip()))


def test_a_column_of_numbers_is_one_of_floats_whatever_it_holds() -> None:
    for held in (cells(), cells(None), cells("x"), cells("1")):
        assert read_column(held, column(DataType.NUMBER)).values.dtype == float


def test_only_kept_and_sensitive_columns_have_a_type() -> None:
    assert Column(role=Role.SENSITIVE, type=DataType.DATE).type is DataType.DATE
    with pytest.raises(ValueError, match="has a type"):
        Column(role=Role.FREE_TEXT, type=DataType.NUMBER)
