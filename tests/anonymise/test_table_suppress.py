"""After suppression nobody stands alone."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.table.suppress import smallest_class, suppress

CELLS = st.sampled_from(["a", "b", "c", None])
TABLES = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=40).map(
    lambda rows: pd.DataFrame(rows, columns=["x", "y"], dtype=object).assign(keep=range(len(rows)))
)


@given(TABLES, st.integers(2, 6))
def test_every_class_that_is_left_has_k_rows(table: pd.DataFrame, k: int) -> None:
    result = suppress(table, ["x", "y"], k)
    smallest = smallest_class(result.table, ["x", "y"])
    assert smallest is not None
    assert smallest >= min(k, len(table))


@given(TABLES, st.integers(2, 6))
def test_nothing_is_filled_in_and_other_columns_stay(table: pd.DataFrame, k: int) -> None:
    result = suppress(table, ["x", "y"], k)
    for column in ("x", "y"):
        was, now = table[column], result.table[column]
        assert ((now == was) | now.isna()).all()
    assert list(result.table["keep"]) == list(table["keep"])
    assert 0 <= result.share <= 1


def test_an_empty_cell_counts_as_a_value() -> None:
    table = pd.DataFrame({"x": ["a", "a", "a", None]}, dtype=object)
    assert smallest_class(table, ["x"]) == 1


def test_the_emptied_rows_do_not_stand_alone_either() -> None:
    table = pd.DataFrame({"x": ["a"] * 3 + ["b"] * 5 + ["c"]}, dtype=object)
    result = suppress(table, ["x"], 3).table
    assert result["x"].isna().sum() >= 3
    assert smallest_class(result, ["x"]) >= 3


def test_a_table_without_quasi_identifiers_is_left_alone() -> None:
    table = pd.DataFrame({"keep": [1, 2]})
    assert suppress(table, [], 5).table is table
    assert smallest_class(table, []) is None
