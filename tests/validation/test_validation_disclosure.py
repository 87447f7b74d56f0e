"""What is checked of a source's table: each threshold both ways, over the whole source and over time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from signaal.schemas.batch import CleanBatch, Misfit
from signaal.schemas.declaration import Thresholds
from signaal.schemas.risk import Solution
from signaal.schemas.verdict import Check, Outcome, Verdict
from signaal.validation.validate import validate

MakeBatch = Callable[..., CleanBatch]
Solve = Callable[..., Solution]
EVEN, ODD = "5678", "1234"


def reasons(verdict: Verdict) -> set[Check]:
    return {outcome.check for outcome in verdict.reasons}


def outcome(verdict: Verdict, check: Check) -> Outcome:
    (found,) = [one for one in verdict.outcomes if one.check is check]
    return found


def with_thresholds(batch: CleanBatch, **limits: object) -> CleanBatch:
    thresholds = Thresholds(**limits)  # type: ignore[arg-type]
    return replace(batch, declaration=batch.declaration.model_copy(update={"thresholds": thresholds}))


def rest(postcodes: list[str | None], zorg: list[str | None]) -> pd.DataFrame:
    """Records that only the store has."""
    ids = [f"{row:020x}" for row in range(9000, 9000 + len(postcodes))]
    return pd.DataFrame({"record_id": ids, "postcode": postcodes, "leeftijd": "30-39", "zorg": zorg})


def test_records_that_only_the_store_has_count(survey: MakeBatch) -> None:
    assert validate(survey(rest=rest([EVEN] * 2, ["a", "b"]))).passed
    verdict = validate(survey(rest=rest(["9999"] * 2, ["a", "b"])))
    assert reasons(verdict) == {Check.K_ANONYMITY}
    assert outcome(verdict, Check.K_ANONYMITY).measured == 2


def test_a_class_of_old_and_new_records_is_too_small_where_the_new_ones_are(survey: MakeBatch) -> None:
    batch = survey(rows=4, rest=rest([EVEN, ODD] * 5, ["a", "a", "b", "b", "a"] * 2))
    verdict = validate(batch)
    assert reasons(verdict) == {Check.NEWCOMERS}
    found = outcome(verdict, Check.NEWCOMERS)
    assert (found.measured, found.limit, found.failures) == (2, 5, 4)
    assert verdict.risk is not None
    assert (verdict.risk.after.k, verdict.risk.newcomers) == (7, 2)


def test_records_that_were_published_before_are_no_newcomers(survey: MakeBatch) -> None:
    known = survey(rows=4, rest=rest([EVEN, ODD] * 5, ["a", "a", "b", "b", "a"] * 2))
    batch = replace(known, newcomer=pd.Series([False] * 4), released=14)
    verdict = validate(batch)
    assert verdict.passed
    assert verdict.risk is not None
    assert verdict.risk.newcomers is None


def test_more_known_records_than_the_source_had_hold(survey: MakeBatch) -> None:
    batch = survey(newcomer=pd.Series([False] * 10), released=9)
    verdict = validate(batch)
    assert reasons(verdict) == {Check.NEWCOMERS}
    assert outcome(verdict, Check.NEWCOMERS).failures == 1


def test_newcomers_who_are_not_told_apart_hold(survey: MakeBatch) -> None:
    assert reasons(validate(survey(newcomer=pd.Series([True] * 9)))) == {Check.COULD_RUN}


def test_newcomers_with_one_answer_hold_though_the_class_has_more(survey: MakeBatch) -> None:
    batch = survey(rest=rest([EVEN, ODD], ["iets anders"] * 2))
    batch.records["zorg"] = "geen zorg"
    verdict = validate(batch)
    assert reasons(verdict) == {Check.NEWCOMERS}
    found = outcome(verdict, Check.NEWCOMERS)
    assert (found.measured, found.failures, found.column) == (5, 10, "zorg")


def test_a_class_with_one_answer_holds_and_names_the_column(survey: MakeBatch) -> None:
    batch = survey()
    batch.records["zorg"] = ["geen zorg", "thuiszorg"] * 5
    verdict = validate(batch)
    assert reasons(verdict) == {Check.L_DIVERSITY, Check.NEWCOMERS}
    found = outcome(verdict, Check.L_DIVERSITY)
    assert (found.measured, found.limit, found.failures, found.column) == (1, 2, 10, "zorg")


def test_an_empty_answer_is_one_answer(survey: MakeBatch) -> None:
    batch = survey()
    batch.records["zorg"] = ["geen zorg", "thuiszorg", None, None] * 2 + ["geen zorg", None]
    assert validate(batch).passed


def test_a_sensitive_column_without_answers_is_left_out(survey: MakeBatch) -> None:
    batch = survey()
    batch.records["zorg"] = None
    verdict = validate(batch)
    assert verdict.passed
    assert Check.L_DIVERSITY not in {one.check for one in verdict.outcomes}


def test_an_l_of_one_asks_nothing(survey: MakeBatch) -> None:
    batch = with_thresholds(survey(), l=1)
    batch.records["zorg"] = ["geen zorg", "thuiszorg"] * 5
    assert validate(batch).passed


@pytest.mark.parametrize(("limit", "holds"), [(0.5, False), (0.49, True)])
def test_a_class_that_differs_from_the_source_holds_where_t_is_set(
    survey: MakeBatch, limit: float, holds: bool
) -> None:
    batch = with_thresholds(survey(), l=1, t=limit)
    batch.records["zorg"] = ["geen zorg", "thuiszorg"] * 5
    verdict = validate(batch)
    assert reasons(verdict) == ({Check.T_CLOSENESS} if holds else set())
    found = outcome(verdict, Check.T_CLOSENESS)
    assert (found.measured, found.limit, found.column) == (0.5, limit, "zorg")
    assert found.failures == (10 if holds else 0)


def test_cells_that_are_empty_without_being_counted_are_counted(survey: MakeBatch) -> None:
    batch = survey()
    emptied = replace(batch, records=batch.records.assign(leeftijd=[None] * 5 + ["30-39"] * 5))
    verdict = validate(emptied)
    assert outcome(verdict, Check.SUPPRESSION).measured == 0.25
    assert Check.SUPPRESSION in reasons(verdict)


def test_cells_that_came_in_empty_are_not_suppressed(survey: MakeBatch) -> None:
    batch = survey()
    came_empty = replace(
        batch, records=batch.records.assign(leeftijd=None), before=batch.before.assign(leeftijd=0)
    )
    assert validate(came_empty).passed


def test_what_stands_in_the_way_is_named(survey: MakeBatch, solved: Solve) -> None:
    verdict = validate(survey(solution=solved(obstacle="postcode")))
    assert reasons(verdict) == {Check.SOLVABLE}
    assert outcome(verdict, Check.SOLVABLE).column == "postcode"


def test_quasi_identifiers_that_nobody_solved_hold(survey: MakeBatch) -> None:
    assert reasons(validate(survey(solution=None))) == {Check.SOLVABLE}


def test_cells_that_do_not_fit_hold_with_their_number(survey: MakeBatch) -> None:
    misfits = (Misfit(variable="score", cells=3, rows=(2, 4, 9)), Misfit(variable="zorg", cells=2))
    verdict = validate(survey(misfits=misfits))
    assert reasons(verdict) == {Check.VALUES_FIT}
    assert outcome(verdict, Check.VALUES_FIT).failures == 5
    assert reasons(validate(survey(orphans=1))) == {Check.VALUES_FIT}


def test_a_variable_that_gets_finer_holds(survey: MakeBatch) -> None:
    verdict = validate(survey(finer=("postcode", "leeftijd")))
    assert reasons(verdict) == {Check.STILL_AS_COARSE}
    assert outcome(verdict, Check.STILL_AS_COARSE).failures == 2


def typed(batch: CleanBatch, kind: str, cells: object) -> CleanBatch:
    """The survey with the column Zorg of another type."""
    columns = dict(batch.declaration.columns)
    columns["Zorg"] = columns["Zorg"].model_copy(update={"type": kind})
    declaration = batch.declaration.model_copy(update={"columns": columns})
    return replace(batch, declaration=declaration, records=batch.records.assign(zorg=cells))


DAYS = [date(1980, 1, day % 4 // 2 + 1) for day in range(10)]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("date", DAYS),
        ("date", pd.to_datetime(pd.Series(DAYS))),
        ("boolean", pd.Series([row % 4 < 2 for row in range(8)] + [None, None], dtype=object)),
        ("boolean", [row % 4 < 2 for row in range(10)]),
        ("number", [row % 4 // 2 + 0.5 for row in range(10)]),
        ("number", [1.0, 2.0, None, None, 1.0] * 2),
    ],
    ids=["date", "datetime", "boolean or empty", "boolean", "number", "number or empty"],
)
def test_typed_cells_are_looked_at_and_measured(survey: MakeBatch, kind: str, cells: object) -> None:
    verdict = validate(typed(survey(), kind, cells))
    assert verdict.passed
    assert verdict.risk is not None
    assert verdict.risk.after.diversity["zorg"] >= 2


def test_a_date_of_the_store_is_the_same_as_one_of_the_batch(survey: MakeBatch) -> None:
    stored = rest([EVEN] * 5, [None] * 5).assign(zorg=pd.to_datetime(pd.Series(["1980-01-01"] * 5)))
    verdict = validate(typed(survey(rest=stored, rows=10), "date", date(1980, 1, 1)))
    assert verdict.risk is not None
    assert verdict.risk.after.diversity == {"zorg": 1}


def test_a_date_that_is_no_date_could_not_be_checked(survey: MakeBatch) -> None:
    assert reasons(validate(typed(survey(), "date", "geen datum"))) == {Check.COULD_RUN}


def test_a_number_in_a_cell_of_another_type_is_found(survey: MakeBatch) -> None:
    verdict = validate(typed(survey(), "number", [123456782.0] + [row % 4 // 2 for row in range(1, 10)]))
    assert reasons(verdict) == {Check.NO_PERSONAL_DATA_LEFT}


def parents(batch: CleanBatch, rows: list[int]) -> list[str]:
    return [batch.records["record_id"][row] for row in rows]


def test_a_repeat_group_is_judged_with_its_file(survey: MakeBatch, members: MakeBatch) -> None:
    batch = survey()
    group = members(parents(batch, [0, 2, 4, 6, 8]))
    verdict = validate(replace(batch, repeats=(group,)))
    assert verdict.passed
    assert len(verdict.repeats) == 1
    assert verdict.repeats[0].risk is not None
    assert verdict.repeats[0].risk.after.records == 5
    columns = {one.column for one in verdict.outcomes if one.check is Check.NO_PERSONAL_DATA_LEFT}
    assert {"peiling_leden: parent_id", "peiling_leden: werkt", "peiling_leden"} <= columns


def test_what_is_wrong_in_a_repeat_group_holds_the_file(survey: MakeBatch, members: MakeBatch) -> None:
    batch = survey()
    group = members(parents(batch, [0, 2, 4, 6, 8]), dropped=("1012 AB",))
    verdict = validate(replace(batch, repeats=(group,)))
    assert [(one.check, one.column) for one in verdict.reasons] == [
        (Check.NO_PERSONAL_DATA_LEFT, "peiling_leden")
    ]
    assert [one.column for one in verdict.repeats[0].reasons] == [None]


def test_rows_are_told_apart_by_the_records_that_they_hang_on(survey: MakeBatch, members: MakeBatch) -> None:
    batch = survey()
    group = members(parents(batch, [0, 2, 4, 6, 8, 1]))
    verdict = validate(replace(batch, repeats=(group,)))
    assert Check.K_ANONYMITY in reasons(verdict)
    assert verdict.repeats[0].risk is not None
    assert verdict.repeats[0].risk.after.k == 1


def test_a_link_that_is_cut_tells_nothing_of_the_record(survey: MakeBatch, members: MakeBatch) -> None:
    batch = survey()
    group = members([*parents(batch, [0, 2, 4, 6, 8]), *[None] * 5])
    verdict = validate(replace(batch, repeats=(group,)))
    assert verdict.passed
    assert verdict.repeats[0].risk is not None
    assert verdict.repeats[0].risk.after.classes == 2


def test_a_row_of_an_unknown_record_is_alone(survey: MakeBatch, members: MakeBatch) -> None:
    batch = survey()
    group = members([*parents(batch, [0, 2, 4, 6, 8]), "f" * 20])
    verdict = validate(replace(batch, repeats=(group,)))
    assert verdict.repeats[0].risk is not None
    assert verdict.repeats[0].risk.after.k == 1


def test_the_record_of_a_row_must_be_a_stand_in(survey: MakeBatch, members: MakeBatch) -> None:
    batch = survey()
    verdict = validate(replace(batch, repeats=(members(["rij 12"] * 5),)))
    assert Check.NO_PERSONAL_DATA_LEFT in reasons(verdict)


def test_a_table_without_its_parents_holds(survey: MakeBatch, members: MakeBatch) -> None:
    batch = survey()
    group = members(parents(batch, [0, 2, 4, 6, 8]))
    without = replace(group, records=group.records.drop(columns="parent_id"))
    verdict = validate(replace(batch, repeats=(without,)))
    assert Check.ONLY_DECLARED_COLUMNS in reasons(verdict)


def test_the_population_of_respondents_says_nothing_of_a_repeat_group(
    survey: MakeBatch, members: MakeBatch
) -> None:
    batch = survey()
    group = members(parents(batch, [0, 2, 4, 6, 8]))
    wide = replace(group, declaration=group.declaration.model_copy(update={"population": 1000}))
    verdict = validate(replace(batch, repeats=(wide,)))
    assert verdict.repeats[0].risk is not None
    assert verdict.repeats[0].risk.population == 5
