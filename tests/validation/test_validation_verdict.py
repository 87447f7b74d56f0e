"""Each check both ways: a batch that is in order passes, one that is not is held for that reason."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signaal.schemas.batch import CleanBatch
from signaal.schemas.risk import Solution
from signaal.schemas.verdict import Check, Outcome, Verdict
from signaal.validation.validate import validate

MakeBatch = Callable[..., CleanBatch]
Solve = Callable[..., Solution]
OF_TABLES = {
    *(Check.K_ANONYMITY, Check.L_DIVERSITY, Check.T_CLOSENESS, Check.NEWCOMERS),
    *(Check.SUPPRESSION, Check.SOLVABLE),
}


def reasons(verdict: Verdict) -> set[Check]:
    assert verdict.passed is not bool(verdict.reasons)
    return {outcome.check for outcome in verdict.reasons}


def outcome(verdict: Verdict, check: Check, column: str | None = None) -> Outcome:
    (found,) = [one for one in verdict.outcomes if (one.check, one.column) == (check, column)]
    return found


def with_records(batch: CleanBatch, **columns: object) -> CleanBatch:
    return replace(batch, records=batch.records.assign(**columns))


def with_signals(batch: CleanBatch, **columns: object) -> CleanBatch:
    return replace(batch, signals=batch.signals.assign(**columns))


def test_a_clean_survey_passes_every_check(survey: MakeBatch) -> None:
    verdict = validate(survey())
    assert verdict.passed
    assert {one.check for one in verdict.outcomes} == set(Check) - {Check.T_CLOSENESS}
    columns = {one.column for one in verdict.outcomes if one.check is Check.NO_PERSONAL_DATA_LEFT}
    assert columns == {
        *("record_id", "naam", "postcode", "leeftijd", "score", "zorg"),
        *("signal_id", "toelichting", None),
    }


def test_a_clean_note_passes_without_a_class_of_quasi_identifiers(note: MakeBatch) -> None:
    verdict = validate(note())
    assert verdict.passed
    assert {one.check for one in verdict.outcomes} == set(Check) - OF_TABLES
    assert verdict.risk is None


def test_a_survey_without_answers_in_free_text_passes(survey: MakeBatch) -> None:
    batch = survey()
    verdict = validate(replace(batch, signals=batch.signals.iloc[:0]))
    assert verdict.passed
    assert Check.MASKED_SHARE not in {one.check for one in verdict.outcomes}


def test_a_record_whose_detection_failed_holds(survey: MakeBatch) -> None:
    verdict = validate(survey(failed=3))
    assert reasons(verdict) == {Check.DETECTION_COMPLETE}
    assert outcome(verdict, Check.DETECTION_COMPLETE).failures == 3


def test_a_column_that_is_not_published_holds(survey: MakeBatch) -> None:
    for name in ("weg", "e_mail", "nummer", "toelichting", "iets"):
        verdict = validate(with_records(survey(), **{name: "x"}))
        assert reasons(verdict) == {Check.ONLY_DECLARED_COLUMNS}
        assert outcome(verdict, Check.ONLY_DECLARED_COLUMNS).failures == 1


def test_a_note_has_no_column_but_its_id(note: MakeBatch) -> None:
    assert reasons(validate(with_records(note(), text="x"))) == {Check.ONLY_DECLARED_COLUMNS}


def test_a_declared_column_that_is_gone_holds_and_its_check_could_not_run(survey: MakeBatch) -> None:
    batch = survey()
    verdict = validate(replace(batch, records=batch.records.drop(columns="zorg")))
    assert reasons(verdict) == {Check.ONLY_DECLARED_COLUMNS, Check.COULD_RUN}
    assert outcome(verdict, Check.COULD_RUN, "zorg").failures == 1


def test_an_optional_column_may_be_there(survey: MakeBatch) -> None:
    assert validate(with_records(survey(), wijk="Centrum")).passed


def test_an_optional_column_is_looked_at(survey: MakeBatch) -> None:
    verdict = validate(with_records(survey(), wijk="1012 AB"))
    assert outcome(verdict, Check.NO_PERSONAL_DATA_LEFT, "wijk").failures == 10


def test_a_column_that_comes_twice_holds(survey: MakeBatch) -> None:
    batch = survey()
    twice = pd.concat([batch.records, batch.records[["zorg"]]], axis=1)
    assert Check.ONLY_DECLARED_COLUMNS in reasons(validate(replace(batch, records=twice)))


@pytest.mark.parametrize("frame", ["signals", "findings"])
def test_a_column_too_many_beside_the_texts_holds(survey: MakeBatch, frame: str) -> None:
    batch = survey()
    verdict = validate(replace(batch, **{frame: getattr(batch, frame).assign(raw="x")}))
    assert Check.ONLY_DECLARED_COLUMNS in reasons(verdict)


@pytest.mark.parametrize("variable", ["weg", "text", None])
def test_a_text_of_a_variable_that_is_no_free_text_holds(survey: MakeBatch, variable: str | None) -> None:
    assert Check.ONLY_DECLARED_COLUMNS in reasons(validate(with_signals(survey(), variable=variable)))


def test_a_finding_in_a_variable_that_nobody_declared_holds(survey: MakeBatch) -> None:
    batch = survey()
    row = (batch.records["record_id"][0], "Jan de Vries", "PERSON", None, None, 1.0, "x")
    findings = pd.DataFrame([row], columns=batch.findings.columns)
    assert reasons(validate(replace(batch, findings=findings))) == {Check.ONLY_DECLARED_COLUMNS}
    assert validate(replace(batch, findings=findings.assign(variable="e_mail"))).passed


@pytest.mark.parametrize("frame", ["records", "signals"])
@pytest.mark.parametrize("twin", [0, None])
def test_an_id_that_is_missing_or_comes_twice_holds(survey: MakeBatch, frame: str, twin: int | None) -> None:
    batch = survey()
    changed = getattr(batch, frame).copy()
    changed.iloc[1, 0] = None if twin is None else changed.iloc[twin, 0]
    verdict = validate(replace(batch, **{frame: changed}))
    assert reasons(verdict) == {Check.RECORDS_UNIQUE}
    assert outcome(verdict, Check.RECORDS_UNIQUE).failures == (1 if twin is None else 2)


def test_duplicates_that_were_counted_before_hold(survey: MakeBatch) -> None:
    assert reasons(validate(survey(duplicates=2))) == {Check.RECORDS_UNIQUE}


def test_a_combination_that_too_few_share_holds_with_its_measure(survey: MakeBatch) -> None:
    batch = survey()
    zorg = ["geen zorg", "thuiszorg"] * 5
    verdict = validate(with_records(batch, postcode=["1111"] * 2 + ["2222"] * 8, zorg=zorg))
    assert reasons(verdict) == {Check.K_ANONYMITY, Check.NEWCOMERS}
    found = outcome(verdict, Check.K_ANONYMITY)
    assert (found.failures, found.measured, found.limit) == (2, 2, 5)


def test_rows_with_an_empty_quasi_identifier_count(survey: MakeBatch) -> None:
    verdict = validate(with_records(survey(), postcode=[None] * 3 + ["2222"] * 7))
    assert outcome(verdict, Check.K_ANONYMITY).measured == 3


@given(st.lists(st.sampled_from(["1111", "2222", None]), min_size=10, max_size=10))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_smallest_class_is_what_counting_gives(survey: MakeBatch, cells: list[str | None]) -> None:
    verdict = validate(with_records(survey(), postcode=cells))
    smallest = min(cells.count(cell) for cell in cells)
    assert outcome(verdict, Check.K_ANONYMITY).measured == smallest
    assert outcome(verdict, Check.K_ANONYMITY).passed is (smallest >= 5)


@pytest.mark.parametrize(("share", "holds"), [(0.05, False), (0.06, True)])
def test_too_many_emptied_cells_hold(survey: MakeBatch, solved: Solve, share: float, holds: bool) -> None:
    verdict = validate(survey(solution=solved(suppressed=share)))
    assert reasons(verdict) == ({Check.SUPPRESSION} if holds else set())
    assert outcome(verdict, Check.SUPPRESSION).measured == share


@pytest.mark.parametrize(("masked", "holds"), [(15, False), (16, True)])
def test_a_text_that_is_mostly_masked_holds(note: MakeBatch, masked: int, holds: bool) -> None:
    verdict = validate(with_signals(note(), masked=masked))
    assert reasons(verdict) == ({Check.MASKED_SHARE} if holds else set())
    assert outcome(verdict, Check.MASKED_SHARE).measured == masked / 30


def test_texts_without_letters_are_not_masked(note: MakeBatch) -> None:
    assert validate(with_signals(note("..."), letters=0, masked=0)).passed


@pytest.mark.parametrize("text", ["", "  \n", None, "[PERSOON-BCDFGHJKLMNP]", "[PLAATS], [E-MAIL] (!)"])
def test_a_note_of_which_nothing_is_left_holds(note: MakeBatch, text: object) -> None:
    assert reasons(validate(note(text))) == {Check.TEXT_LEFT}


def test_a_note_without_a_text_holds(note: MakeBatch) -> None:
    batch = note()
    assert reasons(validate(replace(batch, signals=batch.signals.iloc[:0]))) == {Check.TEXT_LEFT}


def test_a_survey_answer_may_be_a_placeholder_but_not_empty(survey: MakeBatch) -> None:
    assert validate(with_signals(survey(), text="[PERSOON-BCDFGHJKLMNP]")).passed
    assert reasons(validate(with_signals(survey(), text=""))) == {Check.TEXT_LEFT}


@pytest.mark.parametrize("column", ["record_id", "naam", "postcode", "leeftijd", "score", "zorg"])
@pytest.mark.parametrize(
    "planted", ["Fatima El-Amrani", "123456782", "fatima@example.nl", "1012 AB", 123456782.0]
)
def test_personal_data_in_one_cell_of_any_column_holds(
    survey: MakeBatch, column: str, planted: object
) -> None:
    batch = survey(known=frozenset({"Fatima El-Amrani"}))
    cells = batch.records[column].astype(object)
    cells[7] = planted
    verdict = validate(with_records(batch, **{column: cells}))
    assert Check.NO_PERSONAL_DATA_LEFT in reasons(verdict)
    assert outcome(verdict, Check.NO_PERSONAL_DATA_LEFT, column).failures == 1


def test_personal_data_in_a_text_holds_under_the_name_of_its_variable(survey: MakeBatch) -> None:
    batch = survey(known=frozenset({"Piet Pietersen"}))
    batch.signals.loc[3, "text"] = "Gesproken met piet pietersen."
    batch.signals.loc[4, "text"] = "Bel 06-12345678."
    verdict = validate(batch)
    assert reasons(verdict) == {Check.NO_PERSONAL_DATA_LEFT}
    assert outcome(verdict, Check.NO_PERSONAL_DATA_LEFT, "toelichting").failures == 2


def test_a_record_id_that_is_raw_holds(note: MakeBatch) -> None:
    assert reasons(validate(with_signals(note(), record_id="cliënt 12"))) == {Check.NO_PERSONAL_DATA_LEFT}


def test_the_name_of_a_dropped_column_is_looked_at(survey: MakeBatch) -> None:
    verdict = validate(survey(dropped=("[PERSOON-BCDFGHJKLMNP]", "1012 AB")))
    assert reasons(verdict) == {Check.NO_PERSONAL_DATA_LEFT}
    assert outcome(verdict, Check.NO_PERSONAL_DATA_LEFT).failures == 1


def test_an_empty_table_cannot_pass_by_having_nothing_to_check(survey: MakeBatch) -> None:
    batch = survey()
    verdict = validate(replace(batch, records=batch.records.iloc[:0], signals=batch.signals.iloc[:0]))
    assert verdict.outcomes


def test_a_hundred_thousand_rows_are_all_looked_at(survey: MakeBatch) -> None:
    known = frozenset(f"Voornaam{row} Achternaam{row}" for row in range(3000))
    batch = survey(rows=100_000, known=known)
    batch.signals.loc[99_999, "text"] = "met voornaam2999 achternaam2999 erbij"
    verdict = validate(batch)
    assert outcome(verdict, Check.NO_PERSONAL_DATA_LEFT, "toelichting").failures == 1
    assert reasons(verdict) == {Check.NO_PERSONAL_DATA_LEFT}
