"""The measures of disclosure risk beside a computation by counting, and beside figures of the literature."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
from signaal.schemas.risk import TableRisk
from signaal.validation.risk import disclosure_risk

MakeBatch = Callable[..., CleanBatch]
Cell = object
Row = tuple[Cell, ...]
KINDS = ("text", "number", "date", "boolean")
VALUES = {
    "text": st.sampled_from(["a", "b", "c", "d", None]),
    "number": st.sampled_from([0.5, 1.0, 2.0, 10.0, -3.0, None, float("nan")]),
    "date": st.sampled_from([date(1980, 1, 1), date(1979, 5, 6), date(2001, 2, 3), None]),
    "boolean": st.sampled_from([True, False, None]),
}
quasi = st.sampled_from(["x", "y", "", None])
rows = st.lists(st.tuples(quasi, quasi, quasi, *(VALUES[kind] for kind in KINDS)), min_size=1, max_size=40)


def declaration(kinds: Iterable[str] = KINDS) -> Declaration:
    columns: dict[str, object] = {f"q{n}": {"role": "quasi_identifier", "generalise": "x"} for n in range(3)}
    columns |= {f"s {kind}": {"role": "sensitive", "type": kind} for kind in kinds}
    about = {"owner": "toets", "purpose": "toets", "legal_basis": "toets", "retention_days": 1}
    content = {"name": "toets", "kind": "survey", "files": ["*"], "columns": columns}
    return Declaration.model_validate(content | about)


def frame_of(table: list[Row]) -> pd.DataFrame:
    names = ["q0", "q1", "q2", *(f"s_{kind}" for kind in KINDS)]
    frame = pd.DataFrame(table, columns=names, dtype=object)
    return frame.assign(record_id=[f"{row:020x}" for row in range(len(frame))])


def codes(cells: "pd.Series[object]") -> "pd.Series[int]":
    """Codes in the order of the values with gaps between them, 0 for an empty cell."""
    known = sorted({cell for cell in cells if not pd.isna(cell)})
    return cells.map(lambda cell: 0 if pd.isna(cell) else 3 * known.index(cell) + 2).astype(int)


def batch_of(make: MakeBatch, table: list[Row], known: list[Row] | None = None) -> CleanBatch:
    """A batch with these records, of a source of which the store has others."""
    records, rest = frame_of(table), frame_of(known or [])
    every = pd.concat([records, rest], ignore_index=True)
    before = pd.DataFrame({name: codes(every[name]) for name in every if name != "record_id"})
    return replace(
        make(),
        declaration=declaration(),
        records=records,
        rest=rest,
        before=before,
        newcomer=pd.Series([True] * len(records), dtype=bool),
    )


def plain(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and math.isnan(cell) else cell


def by_class(table: list[Row]) -> list[list[Row]]:
    found: defaultdict[Row, list[Row]] = defaultdict(list)
    for row in table:
        found[row[:3]].append(tuple(map(plain, row)))
    return list(found.values())


def distance(cells: list[Cell], everything: list[Cell], ordered: bool) -> float:
    """The earth mover's distance of Li et al. by its definition, over every value."""
    if ordered:
        filled = [cell for cell in cells if cell is not None]
        all_filled = [cell for cell in everything if cell is not None]
        if not filled:
            return len(all_filled) / len(everything)
        values = sorted(set(all_filled))  # type: ignore[type-var]
        if len(values) == 1:
            return 0.0
        total = running = 0.0
        for value in values:
            running += filled.count(value) / len(filled) - all_filled.count(value) / len(all_filled)
            total += abs(running)
        return total / (len(values) - 1)
    return (
        sum(
            abs(cells.count(value) / len(cells) - everything.count(value) / len(everything))
            for value in set(everything)
        )
        / 2
    )


def inferred(classes: list[list[Cell]]) -> float:
    everything = [cell for each in classes for cell in each]
    right = sum(Counter(each).most_common(1)[0][1] for each in classes)
    control = Counter(everything).most_common(1)[0][1]
    if control == len(everything):
        return 0.0
    a, c = right / len(everything), control / len(everything)
    return min(1.0, max(0.0, (a - c) / (1 - c)))


def assert_counted(risk: TableRisk, table: list[Row]) -> None:
    classes = by_class(table)
    alone = sum(len(each) == 1 for each in classes)
    assert (risk.records, risk.classes) == (len(table), len(classes))
    assert risk.k == min(map(len, classes))
    assert risk.sample_unique == risk.singling_out == alone / len(table)
    linked = sum(1 / len(each) for each in classes for _ in each) / len(table)
    assert risk.linkability == pytest.approx(linked)
    for place, kind in enumerate(KINDS, start=3):
        cells = [[row[place] for row in each] for each in classes]
        everything = [cell for each in cells for cell in each]
        name = f"s_{kind}"
        if all(cell is None for cell in everything):
            assert name not in risk.diversity.keys() | risk.closeness.keys() | risk.inference.keys()
            continue
        assert risk.diversity[name] == min(len(set(each)) for each in cells)
        ordered = kind in {"number", "date"}
        farthest = max(distance(each, everything, ordered) for each in cells)
        assert risk.closeness[name] == pytest.approx(farthest, abs=1e-8)
        assert risk.inference[name] == pytest.approx(inferred(cells))


@given(table=rows, known=st.lists(rows, max_size=1))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_measure_is_what_counting_gives(
    survey: MakeBatch, table: list[Row], known: list[list[Row]]
) -> None:
    others = known[0] if known else []
    risk = disclosure_risk(batch_of(survey, table, others))
    assert risk is not None
    for state in (risk.before, risk.after):
        assert_counted(state, table + others)
        assert state.population_unique == state.sample_unique
    assert risk.newcomers == min(map(len, by_class(table)))
    assert (risk.population, risk.model) == (len(table) + len(others), "census")


@given(table=rows, data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_newcomers_are_measured_among_themselves(
    survey: MakeBatch, table: list[Row], data: st.DataObject
) -> None:
    new = data.draw(st.lists(st.booleans(), min_size=len(table), max_size=len(table)))
    risk = disclosure_risk(replace(batch_of(survey, table), newcomer=pd.Series(new, dtype=bool)))
    assert risk is not None
    classes = by_class([row for row, one in zip(table, new, strict=True) if one])
    assert risk.newcomers == min(map(len, classes), default=None)


def test_before_and_after_are_measured_apart(survey: MakeBatch) -> None:
    table = [("x", "y", "", "a", 1.0, None, True), ("x", "y", "", "b", 2.0, None, False)]
    batch = batch_of(survey, table)
    risk = disclosure_risk(replace(batch, before=batch.before.assign(q0=[1, 2])))
    assert risk is not None
    assert (risk.before.k, risk.after.k) == (1, 2)
    assert (risk.before.singling_out, risk.after.singling_out) == (1, 0)
    assert (risk.before.linkability, risk.after.linkability) == (1, 0.5)


def test_without_quasi_identifiers_or_records_there_is_nothing_to_measure(
    survey: MakeBatch, note: MakeBatch
) -> None:
    assert disclosure_risk(note()) is None
    batch = batch_of(survey, [("x", "y", "", "a", 1.0, None, True)])
    assert disclosure_risk(replace(batch, records=batch.records.drop(columns=["q0", "q1", "q2"]))) is None
    assert disclosure_risk(replace(batch, records=batch.records[:0])) is None


def test_another_number_of_records_before_than_after_is_refused(survey: MakeBatch) -> None:
    batch = batch_of(survey, [("x", "y", "", "a", 1.0, None, True)])
    with pytest.raises(ValueError, match="other records before than after"):
        disclosure_risk(replace(batch, before=pd.concat([batch.before] * 2)))


def salaries(make: MakeBatch, classes: list[list[int]]) -> TableRisk:
    """The risk of a table with classes of these salaries, in thousands."""
    table: list[Row] = [
        (f"zip{n}", None, None, None, float(salary), None, None)
        for n, each in enumerate(classes)
        for salary in each
    ]
    risk = disclosure_risk(batch_of(make, table))
    assert risk is not None
    return risk.after


def test_salaries_are_as_far_apart_as_the_paper_on_t_closeness_says(survey: MakeBatch) -> None:
    """Li, Li and Venkatasubramanian 2007: 0.375 for the classes of table 4, 0.167 for those of table 5."""
    assert salaries(survey, [[3, 4, 5], [6, 8, 11], [7, 9, 10]]).closeness["s_number"] == 0.375
    close = salaries(survey, [[3, 5, 9], [6, 8, 11], [4, 7, 10]])
    assert close.closeness["s_number"] == pytest.approx(0.167, abs=0.0005)
