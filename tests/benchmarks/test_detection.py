"""What detection promises, on the development part of the field-note benchmark and in other fields."""

from pathlib import Path

import pytest

from benchmarks.detection import CHECKED, ENOUGH, Result, development_part, predictions, scorer_of
from benchmarks.marked import Marked, own_documents


@pytest.fixture(scope="module")
def result(shared: Path) -> Result:
    """The benchmark's own score of the whole road of a text."""
    bench = shared / "bench"
    return scored(bench, development_part(bench))


@pytest.fixture(scope="module")
def elsewhere(shared: Path) -> Result:
    """The same of documents of other fields, which nothing is trained on."""
    return scored(shared / "bench", own_documents())


def scored(bench: Path, documents: list[Marked]) -> Result:
    result: Result = scorer_of(bench / "score.py").score(documents, predictions(documents))[0]
    return result


def test_at_most_two_in_a_hundred_leak(result: Result) -> None:
    assert result["leak_rate"] <= 0.02


def test_at_most_fifteen_persons_in_a_thousand_leak(result: Result) -> None:
    assert result["leak_by_label"]["PERSON"][2] <= 0.015


def test_dictated_text_leaks_at_most_six_in_a_hundred(result: Result) -> None:
    assert result["leak_by_genre"]["dictated"][2] <= 0.06


def test_no_origin_of_names_leaks_more_than_four_in_a_hundred(result: Result) -> None:
    origins = result["person_leak_by_origin"]
    assert {
        origin: rate for origin, (_, total, rate) in origins.items() if total >= ENOUGH and rate > 0.04
    } == {}


def test_what_is_masked_is_personal_data_and_called_what_it_is(result: Result) -> None:
    assert result["precision"] >= 0.92
    assert result["type_accuracy"] >= 0.90


@pytest.mark.parametrize("label", CHECKED)
def test_no_identifier_with_a_form_of_its_own_leaks(result: Result, label: str) -> None:
    assert result["leak_by_label"][label][0] == 0


def test_other_fields_leak_no_more(elsewhere: Result) -> None:
    assert elsewhere["leak_rate"] <= 0.02
    assert elsewhere["leak_by_label"]["PERSON"][2] <= 0.015
    assert elsewhere["leak_by_genre"]["dictated"][2] <= 0.06


def test_names_from_everywhere_leak_no_more_in_other_fields(elsewhere: Result) -> None:
    origins = elsewhere["person_leak_by_origin"]
    rates = {origin: rate for origin, (_, total, rate) in origins.items() if total >= ENOUGH}
    assert rates.pop("nick") <= 0.12
    assert max(rates.values()) <= 0.04


def test_what_is_masked_in_other_fields_is_personal_data(elsewhere: Result) -> None:
    assert elsewhere["precision"] >= 0.92
    assert elsewhere["type_accuracy"] >= 0.90


@pytest.mark.parametrize("label", CHECKED)
def test_no_identifier_with_a_form_of_its_own_leaks_in_other_fields(elsewhere: Result, label: str) -> None:
    assert elsewhere["leak_by_label"][label][0] == 0
