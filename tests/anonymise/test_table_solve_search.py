"""The parts of the solver, each beside its definition worked out by hand."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from signaal.anonymise.table.solve import Attribute, Problem, Sensitive, solve
from signaal.anonymise.table.solve.closeness import closeness, tally
from signaal.anonymise.table.solve.keys import group
from signaal.anonymise.table.solve.lattice import lattice
from signaal.anonymise.table.solve.loss import loss
from signaal.anonymise.table.solve.masks import MOST_MASKS, masks
from signaal.anonymise.table.solve.rollup import RollUp
from signaal.anonymise.table.solve.search import Answer, Search
from signaal.anonymise.table.solve.table import Levels, Table
from support.problems import LIMITS, problems
from support.solved_by_hand import (
    cells_of,
    combinations_of_levels,
    distance,
    failing,
    lost,
    must_go,
    rows_at,
)

MOST_QUESTIONS = 400
SOME = settings(max_examples=60, deadline=None)


@SOME
@given(problems(most_attributes=4, most_rows=30))
def test_the_search_finds_the_best_of_all_levels_that_whole_rows_allow(problem: Problem) -> None:
    assume(len(problem.newcomer) and problem.attributes)
    table = Table(problem)
    search, whole = searched(table)
    costs = [
        table.cost(levels)
        for levels in combinations_of_levels(problem)
        if cells_of(problem, must_go(problem, rows_at(problem, levels))) <= problem.allowed
    ]
    assert whole
    assert (search.best is None) == (not costs)
    if search.best is not None:
        assert table.cost(search.best) == pytest.approx(min(costs), abs=1e-9)


@SOME
@given(problems(most_attributes=3, most_rows=30))
def test_nothing_that_empties_whole_rows_loses_less_than_the_answer(problem: Problem) -> None:
    solved = solve(problem)
    assert solved.optimal
    for levels in combinations_of_levels(problem) if len(problem.newcomer) else ():
        rows = rows_at(problem, levels)
        gone = must_go(problem, rows)
        emptied = [tuple(0 for _ in row) if at in gone else row for at, row in enumerate(rows)]
        if cells_of(problem, gone) <= problem.allowed and not failing(problem, emptied):
            shares = [
                lost(problem, place, level, [row in gone for row in range(len(rows))])
                for place, level in enumerate(levels)
            ]
            assert solved.total_lost <= sum(shares) / max(len(shares), 1) + 1e-6


def searched(table: Table) -> tuple[Search, bool]:
    """The search with nothing but whole rows emptied."""
    rollup, allowed = RollUp(table), table.problem.allowed

    def ask(levels: Levels) -> Answer:
        found = rollup.failing(levels, allowed)
        return Answer(found.bound, found.cells, found.cells <= allowed, table.cost(levels))

    search = Search(lattice(table), ask, allowed)
    search.hear(table.top, ask(table.top))
    return search, search.run(lambda: len(rollup.known) > MOST_QUESTIONS)


def test_levels_that_fail_for_closeness_alone_say_nothing_of_finer_ones() -> None:
    fine = np.repeat(np.array([1, 2, 3], dtype=np.int32), [20, 10, 4])
    answers = np.repeat(np.array([1, 2, 1, 2, 1], dtype=np.int32), [8, 12, 6, 4, 4])
    problem = Problem(
        attributes=(Attribute("town", (fine, np.minimum(fine, 2))),),
        sensitive=(Sensitive("income", answers, False),),
        newcomer=np.ones(34, dtype=np.bool_),
        k=2,
        l=1,
        t=0.15,
        allowed=4,
    )
    search, whole = searched(Table(problem))
    assert (search.best, whole) == ((0,), True)


@SOME
@given(problems(most_attributes=4, most_rows=30), st.randoms(use_true_random=False))
def test_what_fails_is_counted_alike_from_rows_and_from_pieces(problem: Problem, chance: object) -> None:
    assume(len(problem.newcomer) and problem.attributes)
    rollup = RollUp(Table(problem))
    combinations = list(combinations_of_levels(problem))
    chance.shuffle(combinations)  # type: ignore[attr-defined]
    for levels in combinations[:12]:
        rows = rows_at(problem, levels)
        counted, failed = rollup.failing(levels), must_go(problem, rows)
        assert (counted.rows, counted.cells) == (len(failed), cells_of(problem, failed))
        assert counted.bound == cells_of(problem, must_go(problem, rows, close=False))


@SOME
@given(problems(most_attributes=3, most_rows=30))
def test_what_fails_but_for_closeness_is_never_more_on_coarser_levels(problem: Problem) -> None:
    assume(len(problem.newcomer) and problem.attributes)
    combinations = list(combinations_of_levels(problem))
    gone = {c: must_go(problem, rows_at(problem, c), close=False) for c in combinations}
    for finer in combinations:
        for coarser in combinations:
            if all(a <= b for a, b in zip(finer, coarser, strict=True)):
                assert gone[coarser] <= gone[finer]


@SOME
@given(problems())
def test_the_loss_of_a_level_is_that_of_its_cells(problem: Problem) -> None:
    kept = [False] * len(problem.newcomer)
    for place, attribute in enumerate(problem.attributes):
        shares = [lost(problem, place, level, kept) for level in range(len(attribute.levels))]
        assert loss(attribute).of_level == pytest.approx(shares, abs=1e-9)


@SOME
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2)), min_size=1, max_size=40),
    st.booleans(),
    st.sampled_from(LIMITS),
)
def test_closeness_is_the_earth_movers_distance(
    cells: list[tuple[int, int]], ordered: bool, limit: float
) -> None:
    codes = np.array([code for code, _ in cells], dtype=np.int32)
    groups = np.array([of for _, of in cells])
    assume(codes.any())
    sensitive = Sensitive("income", codes, ordered)
    near = closeness(sensitive, limit).near(tally(groups, codes, np.ones(len(codes), dtype=np.int64)), 3)
    for number in set(groups.tolist()):
        members = np.flatnonzero(groups == number).tolist()
        assert near[number] == (distance(sensitive, members) <= limit)


def test_rows_are_told_apart_where_the_number_of_their_codes_needs_more_than_64_bits() -> None:
    chance = np.random.default_rng(4)
    columns = [chance.integers(0, 2**31 - 2, 500).astype(np.int32) for _ in range(5)]
    columns = [np.concatenate([column, column]) for column in columns]
    groups = group(columns, 1000)
    assert groups.number == 500
    assert np.array_equal(groups.of[:500], groups.of[500:])


def test_small_sets_of_attributes_are_emptied_first_and_cheap_ones_of_those() -> None:
    assert masks([0.3, 0.1, 0.2]) == [(1,), (2,), (0,), (1, 2), (0, 1), (0, 2), (0, 1, 2)]
    many = masks([0.5] * 20)
    assert len(many) == MOST_MASKS
    assert many[-1] == tuple(range(20))


def test_a_large_lattice_is_settled_by_few_questions() -> None:
    chance = np.random.default_rng(5)
    rows = 3_000
    problem = Problem(
        attributes=_skewed(chance, rows, attributes=7, levels=4),
        sensitive=(),
        newcomer=np.ones(rows, dtype=np.bool_),
        k=5,
        l=1,
        t=None,
        allowed=rows,
    )
    search, whole = searched(Table(problem))
    assert whole
    assert search.best is not None
    for finer in _one_finer(search.best):
        assert search.ask(finer).failing > problem.allowed


def _skewed(chance: np.random.Generator, rows: int, attributes: int, levels: int) -> tuple[Attribute, ...]:
    made = []
    for place in range(attributes):
        codes = np.minimum(chance.geometric(chance.uniform(0.03, 0.5), rows), 60) - 1
        made.append(
            Attribute(f"q{place}", tuple((codes // 4**level + 1).astype(np.int32) for level in range(levels)))
        )
    return tuple(made)


def _one_finer(levels: Levels) -> list[Levels]:
    return [
        (*levels[:place], level - 1, *levels[place + 1 :]) for place, level in enumerate(levels) if level > 0
    ]
