import io
from collections.abc import Mapping

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.intake.spreadsheet import read_spreadsheet
from signaal.schemas.batch import Table
from signaal.schemas.errors import Code, FileNotTakenError

Rows = list[list[object]]

RECORDS: Rows = [["wijk", "_index"], ["Zuid", 1], ["Noord", 2]]
LINKS = ["_index", "_parent_table_name", "_parent_index"]
MEMBERS: Rows = [["naam", *LINKS], ["Fatima", 1, "Huisbezoek", 2], ["Zoë", 2, "Huisbezoek", 1]]


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(sheets: Mapping[str, Rows], limit: int = 1000) -> Table:
    return read_spreadsheet(workbook(sheets), "0123456789.xlsx", limit)


def refusal(sheets: Mapping[str, Rows], limit: int = 1000) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        read(sheets, limit)
    assert caught.value.__context__ is None
    assert "Fatima" not in caught.value.message
    return caught.value


def parents(table: Table, sheet: str) -> list[str | None]:
    return list(table.repeats[sheet].frame["_parent_index"])


@pytest.mark.parametrize("names", [("Huisbezoek", "leden"), ("leden", "Huisbezoek")])
def test_repeat_groups_are_tables_by_the_name_of_their_sheet(names: tuple[str, str]) -> None:
    sheets = {"Huisbezoek": RECORDS, "leden": MEMBERS}
    table = read({name: sheets[name] for name in names})
    assert table.frame.to_dict("list") == {"wijk": ["Zuid", "Noord"], "_index": ["1", "2"]}
    assert list(table.repeats) == ["leden"]
    assert list(table.repeats["leden"].frame["naam"]) == ["Fatima", "Zoë"]
    assert parents(table, "leden") == ["2", "1"]
    assert table.repeats["leden"].rows == (2, 3)


def test_questions_of_a_repeat_group_are_told_too() -> None:
    members = [["v [a]", "v [b]", *LINKS], ["x", "y", 1, "Huisbezoek", 1]]
    assert read({"Huisbezoek": RECORDS, "leden": members}).repeats["leden"].questions == {
        "v [a]": "v",
        "v [b]": "v",
    }


def test_a_repeat_group_may_be_empty_and_the_records_may_not() -> None:
    table = read({"Huisbezoek": RECORDS, "leden": MEMBERS[:1]})
    assert table.repeats["leden"].frame.shape == (0, 4)
    assert refusal({"Huisbezoek": RECORDS[:1], "leden": MEMBERS}).code is Code.EMPTY


def test_rows_of_a_group_within_a_group_come_under_the_record() -> None:
    children: Rows = [
        ["klas", *LINKS],
        ["1a", 1, "leden", 1],
        ["1b", 2, "leden", 2],
        ["1c", 3, "leden", 9],
        ["1d", 4, "leden", None],
        ["1e", 5, None, 1],
    ]
    table = read({"Huisbezoek": RECORDS, "leden": MEMBERS, "klassen": children})
    assert parents(table, "leden") == ["2", "1"]
    assert parents(table, "klassen") == ["2", "1", None, None, None]


def test_rows_of_a_row_whose_number_comes_back_belong_to_nobody() -> None:
    members = [*MEMBERS, ["Noor", 2, "Huisbezoek", 2]]
    children: Rows = [["klas", *LINKS], ["1a", 1, "leden", 1], ["1b", 2, "leden", 2]]
    table = read({"Huisbezoek": RECORDS, "leden": members, "klassen": children})
    assert parents(table, "klassen") == ["2", None]


def test_groups_that_lead_round_belong_to_nobody() -> None:
    one: Rows = [["a", *LINKS], ["x", 1, "twee", 1]]
    two: Rows = [["b", *LINKS], ["y", 1, "een", 1], ["z", 2, "Huisbezoek", 2]]
    table = read({"Huisbezoek": RECORDS, "een": one, "twee": two})
    assert parents(table, "een") == [None]
    assert parents(table, "twee") == [None, "2"]


def test_the_sheet_of_the_records_may_have_another_name_or_one_that_was_cut() -> None:
    renamed = read({"export 3": RECORDS, "leden": MEMBERS})
    assert parents(renamed, "leden") == ["2", "1"]
    long = "Huisbezoek en intake in de wijken van Zuid"
    members: Rows = [["naam", *LINKS], ["Fatima", 1, long, 2]]
    assert parents(read({long[:28] + "...": RECORDS, "leden": members}), "leden") == ["2"]


def test_rows_of_a_group_that_is_not_there_are_not_given_to_a_record() -> None:
    children: Rows = [["klas", *LINKS], ["1a", 1, "leden", 1], ["1b", 2, "Huisbezoek", 1]]
    error = refusal({"Huisbezoek": RECORDS, "klassen": children})
    assert error.code is Code.UNREADABLE
    assert "sheet is not there" in error.message
    assert refusal({"anders": RECORDS, "klassen": children}).code is Code.UNREADABLE


@pytest.mark.parametrize(
    "sheets",
    [
        {"Fatima": [["a"], [1]], "b": [["a"], [1]]},
        {"Fatima": RECORDS, "b": RECORDS},
        {"Fatima": RECORDS, "leden": MEMBERS, "b": [["a"], [1]]},
        {"Fatima": [["wijk"], ["Zuid"]], "leden": MEMBERS},
        {"Fatima": MEMBERS, "leden": MEMBERS},
        {"Fatima": RECORDS, "leden": [["naam", "_parent_index"], ["Zoë", 1]]},
    ],
)
def test_sheets_that_do_not_refer_to_each_other_are_not_chosen_from(sheets: dict[str, Rows]) -> None:
    error = refusal(sheets)
    assert error.code is Code.UNREADABLE
    assert f"has {len(sheets)} sheets with records" in error.message


def test_what_is_wrong_in_a_sheet_is_told_with_its_place() -> None:
    members = [*MEMBERS, ["x" * 101, 3, "Huisbezoek", 1]]
    error = refusal({"Huisbezoek": RECORDS, "Fatima": members}, 100)
    assert error.code is Code.TOO_LARGE
    assert "in filled sheet 2, row 4;" in error.message


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.lists(st.integers(0, 7), max_size=6))
def test_every_row_comes_under_the_record_that_it_leads_to(members: list[int], children: list[int]) -> None:
    records: Rows = [["wijk", "_index"], *([f"w{place}", place] for place in range(3))]
    first: Rows = [["n", *LINKS], *(["x", place, "r", parent] for place, parent in enumerate(members))]
    second: Rows = [["n", *LINKS], *(["y", place, "een", parent] for place, parent in enumerate(children))]
    table = read({"r": records, "een": first, "twee": second})
    assert parents(table, "een") == [str(parent) for parent in members]
    assert parents(table, "twee") == [
        str(members[parent]) if parent < len(members) else None for parent in children
    ]
