"""Estimates of uniqueness in a population beside the truth, in populations of which samples are drawn."""

import math
import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.schemas.batch import CleanBatch
from signaal.validation.risk import disclosure_risk, uniqueness
from signaal.validation.risk.classes import Classes, classes_of
from signaal.validation.risk.pitman import _fitted, _Likelihood, population_uniques
from signaal.validation.risk.uniqueness import Model, model_for, population_unique
from signaal.validation.risk.zayatz import still_alone

MakeBatch = Callable[..., CleanBatch]
People = npt.NDArray[np.int64]
SIZE = 60_000
sizes = st.lists(st.integers(1, 30), min_size=1, max_size=40)


def pitmans_people(theta: float, alpha: float) -> People:
    """The class of each person of a population that follows Pitman's model, drawn one by one."""
    chance = random.Random(f"{theta} {alpha}")
    people: list[int] = []
    members: list[int] = []
    for person in range(SIZE):
        if chance.random() * (theta + person) < theta + alpha * len(members):
            people.append(len(members))
            members.append(1)
            continue
        # A class of s people draws with weight s - alpha: one of its people, who is let go now and then.
        joined = people[chance.randrange(person)]
        while chance.random() * members[joined] < alpha:
            joined = people[chance.randrange(person)]
        people.append(joined)
        members[joined] += 1
    return np.array(people)


def surveyed_people() -> People:
    """The class of each person by five attributes, of which some values are common and others rare."""
    chance = np.random.default_rng(7)
    attributes = [chance.choice(n, SIZE, p=chance.dirichlet(np.full(n, 0.7))) for n in (60, 40, 8, 5, 2)]
    return classes_of([np.asarray(attribute) + 1 for attribute in attributes], SIZE).of


def estimate_and_truth(people: People, fraction: float) -> tuple[float, float, Model]:
    """The share of people who are alone: as estimated from samples, on average over ten, and as it is."""
    chance, estimates = np.random.default_rng(11), []
    model = model_for(round(SIZE * fraction), SIZE)
    for _ in range(10):
        drawn = chance.choice(SIZE, round(SIZE * fraction), replace=False)
        estimates.append(population_unique(classes_of([people[drawn] + 1], len(drawn)), SIZE, model))
    return float(np.mean(estimates)), float((np.bincount(people) == 1).sum() / SIZE), model


@pytest.mark.parametrize("fraction", [0.02, 0.05, 0.1])
@pytest.mark.parametrize(("theta", "alpha"), [(3000, 0.2), (300, 0.6), (1000, 0.4)])
def test_a_population_of_pitmans_model_is_estimated_within_a_tenth(
    theta: float, alpha: float, fraction: float
) -> None:
    estimate, truth, model = estimate_and_truth(pitmans_people(theta, alpha), fraction)
    assert model is Model.PITMAN
    assert estimate == pytest.approx(truth, rel=0.1)


@pytest.mark.parametrize("fraction", [0.3, 0.5, 0.9])
def test_zayatz_is_a_little_above_the_truth(fraction: float) -> None:
    estimate, truth, model = estimate_and_truth(surveyed_people(), fraction)
    assert model is Model.ZAYATZ
    assert 0.95 * truth <= estimate <= 1.4 * truth


@pytest.mark.parametrize("fraction", [0.02, 0.05, 0.1])
def test_people_who_follow_no_model_are_not_estimated_too_safe(fraction: float) -> None:
    estimate, truth, _ = estimate_and_truth(surveyed_people(), fraction)
    assert 0.8 * truth <= estimate <= 4 * truth


@given(sizes=sizes, times=st.integers(1, 100))
@settings(max_examples=200, deadline=None)
def test_an_estimate_is_never_above_what_is_seen_in_the_sample(sizes: list[int], times: int) -> None:
    classes = Classes(np.repeat(np.arange(len(sizes)), sizes))
    model = model_for(classes.records, classes.records * times)
    estimate = population_unique(classes, classes.records * times, model)
    assert estimate is not None
    assert 0 <= estimate <= sizes.count(1) / sum(sizes)


@given(sizes=sizes.filter(lambda sizes: 1 in sizes), more=st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_zayatz_is_what_the_hypergeometric_distribution_gives(sizes: list[int], more: int) -> None:
    n, population = sum(sizes), sum(sizes) + more

    def seen_once(j: int) -> float:
        return j * math.comb(population - j, n - 1) / math.comb(population, n)

    chance = sizes.count(1) * seen_once(1) / sum(map(seen_once, sizes))
    assert still_alone(np.array(sizes), population) == pytest.approx(chance)


@given(sizes=sizes.filter(lambda sizes: 1 in sizes and set(sizes) != {1}))
@settings(max_examples=100, deadline=None)
def test_no_other_parameters_are_more_likely(sizes: list[int]) -> None:
    likelihood = _Likelihood.of(np.array(sizes))
    fitted = _fitted(likelihood)
    assert fitted is not None
    most = likelihood.value(*fitted)
    for theta in (1e-3, 0.1, 1, 5, 25, 200, 1e4):
        for alpha in (1e-6, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
            assert likelihood.value(theta, alpha) <= most + 1e-3


def test_a_million_people_in_one_class_and_somebody_alone_can_be_estimated() -> None:
    uniques = population_uniques(np.array([1, 1_000_000]), 17_000_000)
    assert uniques is not None
    assert 0 <= uniques < 1000


@pytest.mark.parametrize(
    ("records", "population", "model"),
    [
        (100, 1, Model.CENSUS),
        (100, 100, Model.CENSUS),
        (100, 101, Model.ZAYATZ),
        (100, 999, Model.ZAYATZ),
        (100, 1000, Model.PITMAN),
    ],
)
def test_the_share_of_the_population_decides_which_model_is_taken(
    records: int, population: int, model: Model
) -> None:
    assert model_for(records, population) is model


def lone_survey(make: MakeBatch, population: int | None) -> CleanBatch:
    """A survey in which two of the ten are alone in their class."""
    batch = make(
        before=pd.DataFrame({"postcode": [1] * 8 + [2, 3], "leeftijd": 1, "zorg": 1}, index=range(10))
    )
    declaration = batch.declaration.model_copy(update={"population": population})
    return replace(batch, declaration=declaration)


@pytest.mark.parametrize(
    ("population", "said", "model"),
    [(None, 10, "census"), (3, 10, "census"), (50, 50, "zayatz"), (5000, 5000, "pitman")],
)
def test_the_population_is_the_declared_one_where_it_holds_the_records(
    survey: MakeBatch, population: int | None, said: int, model: str
) -> None:
    risk = disclosure_risk(lone_survey(survey, population))
    assert risk is not None
    assert (risk.population, risk.model) == (said, model)
    assert risk.before.sample_unique == 0.2
    assert (risk.before.population_unique < 0.2) is (model != "census")
    assert risk.after.population_unique == 0


def test_without_a_fit_whoever_is_alone_is_taken_to_be_alone_everywhere(
    survey: MakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uniqueness, "population_uniques", lambda *_: None)
    risk = disclosure_risk(lone_survey(survey, 5000))
    assert risk is not None
    assert risk.model == "no_estimate"
    assert risk.before.population_unique == risk.before.sample_unique == 0.2
