import datetime
import io
import warnings
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from signaal.intake.spreadsheet import read_spreadsheet
from signaal.schemas.errors import Code, FileNotTakenError

Cells = list[list[str | None]]


def workbook(*rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content: bytes, limit: int = 100_000) -> tuple[list[str], Cells]:
    frame = read_spreadsheet(content, "0123456789.xlsx", limit).frame
    return list(frame.columns), frame.to_numpy().tolist()


def refusal(content: bytes, limit: int = 100_000) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        read(content, limit)
    assert caught.value.message.startswith("file 0123456789.xlsx ")
    assert caught.value.__context__ is None
    return caught.value


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Zoë\r\nde Vries ", "Zoë\nde Vries"),
        ("012345678", "012345678"),
        (12, "12"),
        (-3, "-3"),
        (12.0, "12"),
        (5.2, "5.2"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "1e-07"),
        (123456789012, "123456789012"),
        (True, "true"),
        (False, "false"),
        (datetime.date(1984, 2, 29), "1984-02-29"),
        (datetime.datetime(2024, 11, 4), "2024-11-04"),
        (datetime.datetime(2024, 11, 4, 8, 37, 39), "2024-11-04T08:37:39"),
        (datetime.time(10, 15), "10:15:00"),
        (datetime.timedelta(hours=30, minutes=5), "30:05:00"),
        ("#N/A", None),
        ("=1+1", None),
        ("   ", None),
        ("een_x000D_\ntwee", "een\ntwee"),
    ],
)
def test_every_kind_of_cell_becomes_text(value: object, text: str | None) -> None:
    assert read(saved(workbook(["soort", "waarde"], ["x", value]))) == (["soort", "waarde"], [["x", text]])


def test_leading_zeros_that_only_the_format_shows_are_kept() -> None:
    book = workbook(["bsn"], [12345678])
    book.active["A2"].number_format = "000000000"
    assert read(saved(book))[1] == [["012345678"]]


def test_headings_are_cleaned_and_named_and_blank_rows_and_columns_left_out() -> None:
    book = workbook(
        [], ["  Wat is\nuw naam?", None, "Tel", "Tel", None], [], ["a", "b", 1, 2, None, "los"], [None, " "]
    )
    assert read(saved(book)) == (
        ["Wat is uw naam?", "kolom 2", "Tel", "Tel (2)", "kolom 5", "kolom 6"],
        [["a", "b", "1", "2", None, "los"]],
    )


def test_hidden_columns_and_rows_are_read_like_all_others() -> None:
    book = workbook(["a", "b"], [1, 2], [3, 4])
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[2].hidden = True
    assert read(saved(book))[1] == [["1", "2"], ["3", "4"]]


def test_what_lies_beyond_the_size_that_a_sheet_claims_is_read() -> None:
    content = saved(workbook(["a", "b"], [1, 2], [3, 4]))
    shrunk = with_part(
        content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1"')
    )
    assert shrunk != content
    assert read(shrunk)[1] == [["1", "2"], ["3", "4"]]


def test_the_only_sheet_with_records_is_found_behind_empty_and_hidden_ones() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("leeg")
    filled, hidden = book.create_sheet("vol"), book.create_sheet("verborgen")
    for sheet in (filled, hidden):
        sheet.append(["a"])
        sheet.append([sheet.title])
    hidden.sheet_state = "veryHidden"
    assert read(saved(book))[1] == [["vol"]]


def test_two_sheets_with_records_are_not_chosen_from() -> None:
    book = workbook(["a"], [1])
    book.create_sheet("Fatima").append(["b"])
    error = refusal(saved(book))
    assert error.code is Code.UNREADABLE
    assert "has 2 sheets with records" in error.message
    assert "Fatima" not in error.message


@pytest.mark.parametrize("rows", [[], [["a", "b"]]])
def test_a_workbook_without_records_is_empty(rows: list[list[object]]) -> None:
    assert refusal(saved(workbook(*rows))).code is Code.EMPTY


def test_a_cell_that_is_too_long_is_refused_with_its_row() -> None:
    error = refusal(saved(workbook(["a"], ["kort"], ["x" * 101])), 100)
    assert error.code is Code.TOO_LARGE
    assert "row 3" in error.message


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def break_xml(content: bytes) -> bytes:
    return with_part(content, "xl/worksheets/sheet1.xml", lambda xml: xml[:-30])


def lose_workbook(content: bytes) -> bytes:
    return content.replace(b"xl/workbook.xml", b"xl/workboek.xml")


def add_entities(content: bytes) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "Fatima">{levels}]>'.encode()
    return with_part(
        content, "xl/worksheets/sheet1.xml", lambda xml: bomb + xml.replace(b"<v>1<", b"<v>&e9;<")
    )


@pytest.mark.parametrize("change", [cut, break_xml, lose_workbook, add_entities])
def test_a_broken_workbook_says_so_and_quotes_nothing(change: Callable[[bytes], bytes]) -> None:
    error = refusal(change(saved(workbook(["naam", "nr"], ["Fatima Yilmaz", 1]))))
    assert error.code is Code.UNREADABLE
    assert "is damaged" in error.message
    assert "Fatima" not in error.message


def test_a_date_that_cannot_be_is_left_out_without_a_warning_that_quotes_it() -> None:
    book = workbook(["a", "b"], ["x", 612345678])
    book.active["B2"].number_format = "yyyy-mm-dd"
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert read(saved(book))[1] == [["x", None]]
    assert not warned
