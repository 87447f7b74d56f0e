"""The solver keeps what it promises, on tables of any shape."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.anonymise.table.solve import Attribute, Problem, Sensitive, Solved, solve, solver
from support.problems import problems
from support.solved_by_hand import discernibility, failing, lost, must_go, published, rows_at

MANY = settings(max_examples=200, deadline=None)
SOME = settings(max_examples=40, deadline=None)


def codes(*values: int) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return np.array(values, dtype=np.int32)


def survey(attributes: list[Attribute], k: int = 2, allowed: int = 0, **more: object) -> Problem:
    rows = len(attributes[0].levels[0])
    settled = Problem(tuple(attributes), (), np.ones(rows, dtype=np.bool_), k, 1, None, allowed)
    return replace(settled, **more)  # type: ignore[arg-type]


@MANY
@given(problems())
def test_no_row_is_below_the_thresholds_unless_an_obstacle_is_named(problem: Problem) -> None:
    solved = solve(problem)
    if solved.obstacle is None:
        assert not problem.attributes or not failing(problem, published(problem, solved))
        assert solved.emptied.sum() <= problem.allowed
    else:
        assert solved.obstacle in {column.name for column in (*problem.attributes, *problem.sensitive)}


@SOME
@given(problems())
def test_only_cells_that_were_not_empty_are_emptied(problem: Problem) -> None:
    solved = solve(problem)
    assert solved.emptied.shape == (len(problem.newcomer), len(problem.attributes))
    for place, attribute in enumerate(problem.attributes):
        assert not solved.emptied[:, place][attribute.levels[0] == 0].any()
        assert 0 <= solved.levels[place] < len(attribute.levels)


@MANY
@given(problems(most_attributes=3))
def test_beyond_the_allowed_cells_the_rows_are_protected_all_the_same(problem: Problem) -> None:
    solved = solve(problem)
    nothing = [tuple(0 for _ in problem.attributes) for _ in problem.newcomer]
    if problem.attributes and not failing(problem, nothing):
        assert not failing(problem, published(problem, solved))


@SOME
@given(problems())
def test_what_whole_rows_can_meet_is_met(problem: Problem) -> None:
    solved = solve(problem)
    top = [len(attribute.levels) - 1 for attribute in problem.attributes]
    if problem.attributes and not must_go(problem, rows_at(problem, top)):
        assert solved.obstacle is None


@SOME
@given(problems())
def test_the_losses_are_those_of_the_definition(problem: Problem) -> None:
    solved = solve(problem)
    shares = [
        lost(problem, place, level, solved.emptied[:, place].tolist())
        for place, level in enumerate(solved.levels)
    ]
    assert solved.lost == pytest.approx(shares, abs=1e-9)
    if shares:
        assert solved.total_lost == pytest.approx(sum(shares) / len(shares), abs=1e-9)
    if len(problem.newcomer):
        assert solved.discernibility == pytest.approx(discernibility(published(problem, solved)))


@SOME
@given(problems(), st.integers(0, 2**32))
def test_the_order_of_the_rows_has_no_say(problem: Problem, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(problem.newcomer))
    shuffled = Problem(
        tuple(Attribute(a.name, tuple(level[order] for level in a.levels)) for a in problem.attributes),
        tuple(Sensitive(s.name, s.codes[order], s.ordered) for s in problem.sensitive),
        problem.newcomer[order],
        *(problem.k, problem.l, problem.t, problem.allowed),
    )
    first, second = solve(problem), solve(shuffled)
    assert first.levels == second.levels
    assert first.lost == pytest.approx(second.lost, abs=1e-9)
    assert (first.emptied.sum(), first.obstacle) == (second.emptied.sum(), second.obstacle)


@SOME
@given(problems())
def test_the_same_problem_has_the_same_answer(problem: Problem) -> None:
    first, second = solve(problem), solve(problem)
    assert np.array_equal(first.emptied, second.emptied)
    assert replace(first, emptied=second.emptied) == second


@SOME
@given(problems())
def test_a_lattice_too_large_to_search_is_solved_greedily_and_says_so(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "MOST_NODES", 0)
        solved = solve(problem)
    if solved.obstacle is None:
        assert not problem.attributes or not failing(problem, published(problem, solved))
        assert solved.emptied.sum() <= problem.allowed
        assert solved.optimal == (solved.possible == 1 or not len(problem.newcomer))


def test_a_rare_value_is_emptied_rather_than_a_column_made_coarse() -> None:
    sex = codes(*[1] * 6, *[2] * 6)
    town = codes(*[1] * 6, *[2] * 5, 3)
    problem = survey([Attribute("sex", (sex, sex // sex)), Attribute("town", (town, town // town))], k=3)
    strict, loose = solve(problem), solve(replace(problem, allowed=8))
    assert (strict.levels, strict.emptied.sum()) == ((0, 1), 0)
    assert loose.levels == (0, 0)
    assert 0 < loose.emptied.sum() <= 8
    assert loose.total_lost < strict.total_lost


def test_the_cells_of_one_attribute_are_enough() -> None:
    town = codes(*[1] * 5, *[2] * 5)
    birth = codes(1, 1, 1, 2, 3, 1, 1, 1, 2, 3)
    solved = solve(survey([Attribute("town", (town,)), Attribute("birth", (birth,))], allowed=4))
    assert solved.obstacle is None
    assert solved.emptied.sum(axis=1).tolist() == [0, 0, 0, 1, 1, 0, 0, 0, 1, 1]


def test_single_rows_without_company_get_it_from_large_groups() -> None:
    town = codes(*[1] * 20, 2)
    solved = solve(survey([Attribute("town", (town,))], k=5, allowed=5))
    assert solved.obstacle is None
    assert solved.emptied.sum() == 5


def test_a_group_that_gives_rows_keeps_every_sensitive_value_that_it_had() -> None:
    town = codes(*[1] * 9, *[2] * 2)
    illness = Sensitive("illness", codes(*[2] * 8, 1, 1, 2), False)
    solved = solve(survey([Attribute("town", (town,))], k=3, allowed=3, l=2, sensitive=(illness,)))
    assert solved.obstacle is None
    assert solved.emptied.sum() == 3
    assert not solved.emptied[8]


def test_a_row_joins_those_whose_cell_was_empty_already() -> None:
    sex = codes(*[0] * 5, 2, *[1] * 5)
    town = codes(*[1] * 6, *[2] * 5)
    solved = solve(survey([Attribute("sex", (sex,)), Attribute("town", (town,))], k=5, allowed=1))
    assert solved.obstacle is None
    assert np.argwhere(solved.emptied).tolist() == [[5, 0]]


def test_rows_that_were_published_stay_where_newcomers_go() -> None:
    town = codes(*[1] * 5, *[1] * 2, *[2] * 4)
    newcomer = np.array([False] * 5 + [True] * 6)
    solved = solve(survey([Attribute("town", (town,))], k=4, allowed=6, newcomer=newcomer))
    assert solved.obstacle is None
    assert not solved.emptied[:5].any()


def test_the_attribute_that_leaves_most_rows_alone_stands_in_the_way() -> None:
    town, birth = codes(*[1] * 10, *[2] * 10), codes(*range(1, 21))
    solved = solve(survey([Attribute("town", (town,)), Attribute("birth", (birth,))], allowed=3))
    assert solved.obstacle == "birth"


@pytest.mark.parametrize("newcomer", [[True] * 6, [False] * 2 + [True] * 4])
def test_a_sensitive_column_with_too_few_values_stands_in_the_way(newcomer: list[bool]) -> None:
    same = Sensitive("illness", codes(*[7 if new else 8 for new in newcomer]), False)
    problem = survey([Attribute("town", (codes(*[1] * 6),))], sensitive=(same,), newcomer=np.array(newcomer))
    assert solve(replace(problem, l=1)).obstacle is None
    assert solve(replace(problem, l=2)).obstacle == "illness"


def test_a_sensitive_column_that_nobody_filled_in_asks_for_nothing() -> None:
    empty = Sensitive("illness", codes(*[0] * 6), False)
    problem = survey([Attribute("town", (codes(*[1] * 6),))], sensitive=(empty,))
    assert solve(replace(problem, l=2)).obstacle is None


def test_fewer_newcomers_than_k_cannot_be_hidden_and_lose_their_cells() -> None:
    town, sex = codes(*[1] * 8, *[2] * 4), codes(*[1, 2] * 6)
    newcomer = np.array([False] * 10 + [True] * 2)
    attributes = [Attribute("sex", (sex,)), Attribute("town", (town,))]
    solved = solve(survey(attributes, k=4, allowed=100, newcomer=newcomer))
    assert solved.obstacle in {"sex", "town"}
    assert solved.emptied[10:].all()


def test_without_rows_or_attributes_there_is_nothing_to_solve() -> None:
    assert solve(survey([Attribute("town", (codes(),))])).obstacle is None
    nobody = Problem((), (), np.ones(3, dtype=np.bool_), 5, 2, None, 0)
    solved: Solved = solve(nobody)
    assert (solved.levels, solved.emptied.shape, solved.optimal) == ((), (3, 0), True)
