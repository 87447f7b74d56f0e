"""Numbers said digit by digit or group by group, and where they begin and end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.text.recognizers.spoken_digits import digit_runs, digits_of, spelled_runs

DIGITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("nul zes twaalf vierendertig", "061234"),
        ("Nul-zes, één twee... drie", "06123"),
        ("nul zes 12 34", "061234"),
        ("06 twaalf vierendertig", "061234"),
        ("dubbel vier nul", "440"),
        ("nul vier en dertig", "034"),
        ("tweeëntwintig en drieentwintig", "2223"),
        ("nul vijf honderd twee", "0502"),
        ("4471 streepje 09", "447109"),
        ("nul nul vier streepje twaalf", "00412"),
        ("e\u0301e\u0301n twee", "12"),
        ("plus eenendertig zes", "316"),
        ("zes tien", "610"),
    ],
)
def test_a_run_has_the_digits_that_were_said(text: str, digits: str) -> None:
    assert [found for _, _, found in digit_runs(text)] == [digits]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 34 56",
        "een man en een vrouw",
        "hij heeft twee kinderen",
        "nul",
        "een een",
        "acht. Ze ging weg",
    ],
)
def test_single_numbers_articles_and_figures_are_no_run(text: str) -> None:
    assert list(digit_runs(text)) == []


def test_a_run_begins_and_ends_with_its_numbers() -> None:
    text = "Bel nul zes, en dan twaalf: en vraag naar hem"
    assert [text[start:end] for start, end, _ in digit_runs(text)] == ["nul zes, en dan twaalf"]


def test_other_words_part_two_runs() -> None:
    assert [found for _, _, found in digit_runs("een twee drie hoedje vier vijf zes")] == ["123", "456"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x j twee nul vier t", "xj204t"),
        ("xantippe karel twee nul vier teunis", "xk204t"),
        ("xj twee nul vier t", "xj204t"),
    ],
)
def test_letters_are_spelled_by_themselves_or_by_their_names(text: str, said: str) -> None:
    assert [digits_of(run) for run in spelled_runs(text)] == [said]


@given(st.lists(st.integers(0, 9), min_size=2, max_size=15), st.sampled_from([" ", ", ", "-", " - ", "... "]))
def test_digits_said_one_by_one_are_found_whatever_stands_between(number: list[int], mark: str) -> None:
    text = f"het is nul {mark.join(DIGITS[digit] for digit in number)} hoor"
    start, end, digits = next(iter(digit_runs(text)))
    assert (text[start:end], digits) == (text[7:-5], "0" + "".join(map(str, number)))


@pytest.mark.parametrize("text", ["nul ", "een en ", "dubbel ", "honderd ", "a b 1 een ", "İ een twee "])
def test_time_grows_with_the_length_of_the_text_only(text: str) -> None:
    def seconds(times: int) -> float:
        """Of this process alone, and the least of some tries: other programs may be busy."""

        def once() -> float:
            start = time.process_time()
            list(digit_runs(text * times))
            return time.process_time() - start

        return min(once() for _ in range(4))

    assert seconds(8_000) < 40 * max(seconds(800), 0.005)
