"""Dates and numbers as the Dutch write them, and what generalisations make of cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.table.dates import parse_date, writes_month_first
from signaal.anonymise.table.generalise import rule
from signaal.anonymise.table.numbers import parse_number
from signaal.schemas.declaration import Generalisation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-03-14 10:02:03", date(2026, 3, 14)),
        ("2026-03-14T10:02:03Z", date(2026, 3, 14)),
        ("14-3-2026", date(2026, 3, 14)),
        ("14/03/26", date(2026, 3, 14)),
        ("14.3.1988", date(1988, 3, 14)),
        ("2-11-47", date(1947, 11, 2)),
        ("14 maart 2026", date(2026, 3, 14)),
        ("14-mrt-2026", date(2026, 3, 14)),
        ("31-2-2026", None),
        ("maart 2026", None),
        ("geen idee", None),
        ("", None),
    ],
)
def test_reads_dates(text: str, found: date | None) -> None:
    assert parse_date(text) == found


def test_a_column_that_puts_the_month_first_is_seen() -> None:
    assert writes_month_first(["3/4/2026", "3/14/2026 10:00"])
    assert not writes_month_first(["3/4/2026", "14/3/2026"])
    assert parse_date("3/14/2026", month_first=True) == date(2026, 3, 14)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3", 3),
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("1.234,50", 1234.5),
        ("€ 12,-", 12),
        ("1.234.567", 1234567),
        ("40%", 40),
    ],
)
def test_reads_numbers(text: str, found: float) -> None:
    assert parse_number(text) == found


@pytest.mark.parametrize("text", ["geen", "1,2,3", "06-12345678", "12 jaar", "nan", "inf", "1.23.4"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 2)))
def test_a_dutch_number_comes_back(number: float) -> None:
    written = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert parse_number(written) == pytest.approx(number)


@pytest.mark.parametrize(
    ("generalisation", "cell", "made"),
    [
        (Generalisation.POSTCODE4, "3011 AB", "3011"),
        (Generalisation.POSTCODE2, "3011ab", "30"),
        (Generalisation.POSTCODE4, "3011", "3011"),
        (Generalisation.POSTCODE4, "Dorpsstraat 12", None),
        (Generalisation.MONTH, "14-3-2026", "2026-03"),
        (Generalisation.QUARTER, "14-12-2026", "2026-K4"),
        (Generalisation.YEAR, "14-3-1988", "1988"),
        (Generalisation.YEAR, "1988", "1988"),
        (Generalisation.DECADE, "14-3-1988", "1980-1989"),
        (Generalisation.MONTH, "Fatima", None),
        (Generalisation.BAND10, "34", "30-39"),
        (Generalisation.BAND5, "34 jaar", "30-34"),
        (Generalisation.BAND10, "97", "90+"),
        (Generalisation.BAND10, "vier", None),
        (Generalisation.NONE, " vrouw ", "vrouw"),
    ],
)
def test_generalises(generalisation: Generalisation, cell: str, made: str | None) -> None:
    assert rule(generalisation, [cell])(cell) == made


@given(st.sampled_from([g for g in Generalisation if g is not Generalisation.NONE]), st.text(max_size=20))
def test_a_generalisation_never_passes_a_strange_cell_on(generalisation: Generalisation, cell: str) -> None:
    made = rule(generalisation, [cell])(cell)
    assert made is None or all(letter.isdigit() or letter in "-K+" for letter in made)
