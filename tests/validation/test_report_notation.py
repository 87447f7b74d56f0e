"""Numbers and moments are written as Dutch readers write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.validation.report.moments import lasted, spoken
from signaal.validation.report.notation import count, decimal, decimal_beside, percent, percent_beside, size
from signaal.validation.report.words import load_words

NBSP = "\N{NO-BREAK SPACE}"
WORDS = load_words()


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567"), (-1234, "-1.234")]
)
def test_points_stand_between_thousands(number: int, said: str) -> None:
    assert count(number) == said


@pytest.mark.parametrize(
    ("number", "said"), [(3.0, "3"), (2.5, "2,5"), (1234.56, "1.234,6"), (100.0, "100"), (float("nan"), "–")]
)
def test_decimals_stand_behind_a_comma(number: float, said: str) -> None:
    assert decimal(number) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (0.005, "0,5 %"),
        (0.05, "5 %"),
        (0.123, "12,3 %"),
        (1.0, "100 %"),
        (0.0001, "< 0,1 %"),
        (0.99999, "> 99,9 %"),
        (None, "–"),
        (float("nan"), "–"),
        (float("inf"), "–"),
    ],
)
def test_a_share_is_a_percentage(share: float | None, said: str) -> None:
    assert percent(share).replace(NBSP, " ") == said


@given(st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True))
def test_something_is_never_shown_as_nothing_nor_as_all(share: float) -> None:
    assert percent(share).replace(NBSP, " ") not in {"0 %", "100 %"}


def test_a_measure_just_past_its_limit_does_not_look_like_the_limit() -> None:
    measured, limit = percent_beside(0.05004, 0.05)
    assert (measured.replace(NBSP, " "), limit.replace(NBSP, " ")) == ("5,004 %", "5 %")


@pytest.mark.parametrize(
    ("number", "limit", "said"),
    [
        (1.0, 2.0, ("1", "2")),
        (0.1504, 0.15, ("0,1504", "0,15")),
        (0.433, 0.2, ("0,433", "0,2")),
        (0.15004, 0.15, ("0,15004", "0,15")),
    ],
)
def test_a_number_and_its_limit_can_be_told_apart(number: float, limit: float, said: tuple[str, str]) -> None:
    assert decimal_beside(number, limit) == said


@pytest.mark.parametrize(
    ("octets", "said"),
    [(0, "0 B"), (999, "999 B"), (1500, "1,5 kB"), (52_428_800, "52,4 MB"), (2_000_000_000_000, "2.000 GB")],
)
def test_sizes_have_a_unit(octets: int, said: str) -> None:
    assert size(octets).replace(NBSP, " ") == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), "maandag 23 november 2026, 02.00 uur"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "donderdag 2 juli 2026, 00.30 uur"),
        (datetime(2026, 1, 4, 12, 5), "zondag 4 januari 2026, 13.05 uur"),
    ],
)
def test_a_moment_is_told_on_the_dutch_clock(moment: datetime, said: str) -> None:
    assert spoken(moment, WORDS) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconden"),
        (1, "1 seconde"),
        (59.6, "1 minuut"),
        (134, "2 minuten en 14 seconden"),
        (3600, "1 uur"),
        (7265, "2 uur en 1 minuut"),
        (-5, "0 seconden"),
    ],
)
def test_how_long_a_run_took_is_told_in_words(seconds: float, said: str) -> None:
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert lasted(start, start + timedelta(seconds=seconds), WORDS) == said
