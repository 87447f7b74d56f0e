import datetime
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from signaal.intake.parse import read_table
from signaal.intake.rules import rules
from signaal.intake.spss import read_spss
from signaal.intake.spss_cases import TooMuchError, cases
from signaal.schemas.batch import Snapshot, Table
from signaal.schemas.errors import Code, FileNotTakenError

Written = Callable[..., bytes]
ShownAs = Callable[[str, bytes], Snapshot]

EPOCH = datetime.datetime(1582, 10, 14)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """An SPSS file with these columns, as pyreadstat writes it."""

    def write(columns: dict[str, list[Any]], **about: Any) -> bytes:  # noqa: ANN401 - whatever pyreadstat takes
        path = tmp_path / "a.sav"
        pyreadstat.write_sav(pd.DataFrame(columns), path, **about)
        return path.read_bytes()

    return write


def read(content: bytes, limit: int = 1000) -> Table:
    return read_spss(content, "0123456789.sav", limit)


def refusal(content: bytes, limit: int = 1000) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        read(content, limit)
    assert caught.value.message.startswith("file 0123456789.sav ")
    assert caught.value.__context__ is None
    assert "Fatima" not in caught.value.message
    return caught.value


def cells(content: bytes) -> list[str | None]:
    """The only column of a file, read in this process, which is quicker."""
    (column,) = cases(content, 10**6)[1]
    return column


def seconds(*moment: int) -> float:
    return (datetime.datetime(*moment) - EPOCH).total_seconds()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("F8.2", 12.0, "12"),
        ("F8.2", -3.0, "-3"),
        ("F8.2", 77.9, "77.9"),
        ("F8.2", 0.1 + 0.2, "0.3"),
        ("N9", 12345678.0, "012345678"),
        ("EDATE10", seconds(1984, 2, 29), "1984-02-29"),
        ("DATE11", seconds(1911, 12, 31), "1911-12-31"),
        ("ADATE10", seconds(2024, 11, 4, 8, 30), "2024-11-04"),
        ("MOYR8", seconds(2024, 11, 1), "2024-11-01"),
        ("DATETIME20", seconds(2024, 11, 4, 8, 37, 39), "2024-11-04T08:37:39"),
        ("DATETIME20", seconds(2024, 11, 4), "2024-11-04T00:00:00"),
        ("TIME8", 33_300.0, "09:15:00"),
        ("DTIME11", 108_300.0, "30:05:00"),
        ("EDATE10", 1e18, "1e+18"),
    ],
)
def test_every_kind_of_number_becomes_text(written: Written, form: str, value: float, text: str) -> None:
    assert cells(written({"a": [value, 1.0]}, variable_format={"a": form}))[0] == text


def test_text_is_stripped_and_blank_text_is_missing(written: Written) -> None:
    frame = read(written({"a": ["  Zoë ", "", "   ", "één\r\ntwee", "007"]})).frame
    assert list(frame["a"]) == [
        "Zoë",
        "één\ntwee",
        "007",
    ]


def test_values_with_a_label_become_it_and_missing_ones_are_empty(written: Written) -> None:
    table = read(
        written(
            {
                "nr": [1.0, 2.0, 3.0, 4.0, 5.0],
                "sekse": [1.0, 2.0, 9.0, np.nan, 3.0],
                "wijk": ["z", "n", "x", "", "w"],
                "leeftijd": [18.0, 99.0, 55.0, 98.0, 3.0],
            },
            variable_value_labels={
                "sekse": {1: " Man ", 2: "Vrouw", 9: "Weigert"},
                "wijk": {"z": "Zuid", "n": "Noord"},
                "leeftijd": {98: "Weet niet", 99: "Weigert"},
            },
            missing_ranges={"sekse": [9], "wijk": ["x"], "leeftijd": [99, {"lo": 50, "hi": 60}]},
        )
    )
    assert table.frame.to_dict("list") == {
        "nr": ["1", "2", "3", "4", "5"],
        "sekse": ["Man", "Vrouw", None, None, "3"],
        "wijk": ["Zuid", "Noord", None, None, "w"],
        "leeftijd": ["18", None, None, "Weet niet", "3"],
    }
    assert table.rows == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("labels", "texts"),
    [
        ({1: "Slecht", 5: "Goed"}, ["1", "5"]),
        ({1: "Slecht", 5: "Goed", 99: "Weigert"}, ["1", "5"]),
        ({1: "Slecht", 3: "Gaat", 5: "Goed"}, ["1", "5"]),
        ({1: "Slecht", 2: "Gaat", 5: "Goed"}, ["Slecht", "Goed"]),
        ({1: "Nee", 2: "Ja"}, ["Nee", "5"]),
        ({1: "Nooit"}, ["Nooit", "5"]),
    ],
)
def test_a_scale_with_labels_at_its_ends_stays_numbers(
    written: Written, labels: dict[int, str], texts: list[str]
) -> None:
    content = written({"a": [1.0, 5.0]}, variable_value_labels={"a": labels}, missing_ranges={"a": [99]})
    assert cells(content) == texts


def test_cases_without_any_value_are_left_out_and_the_others_keep_their_number(written: Written) -> None:
    table = read(written({"a": [1.0, np.nan, 3.0], "b": ["x", "", "y"]}))
    assert table.rows == (1, 3)


def test_variables_side_by_side_whose_labels_start_alike_are_one_question(written: Written) -> None:
    labels = ["Wat eet u? - Brood", "Wat eet u? - Rijst", "Leeftijd", "Eens: blij", "Eens: moe", None]
    names = ["v1", "v2", "v3", "v4", "v5", "v6"]
    content = written({name: [1.0] for name in names}, column_labels=labels)
    assert read(content).questions == {"v1": "Wat eet u?", "v2": "Wat eet u?", "v4": "Eens", "v5": "Eens"}


def test_labels_that_come_back_further_on_are_another_question(written: Written) -> None:
    labels = ["Eens: a", "Eens: b", "Leeftijd", "Eens: a", "Eens: b", "Los: a", "x", "Los: b"]
    content = written({f"v{place}": [1.0] for place in range(8)}, column_labels=labels)
    assert read(content).questions == {"v0": "Eens", "v1": "Eens", "v3": "Eens (2)", "v4": "Eens (2)"}


@pytest.mark.parametrize(
    ("record", "questions"),
    [
        ("$talen=D1 1 12 Welke talen? v1 W3\n", {"v1": "Welke talen?", "W3": "Welke talen?"}),
        ("$talen=C 12 Welke talen? v1 v2\n", {"v1": "Welke talen?", "v2": "Welke talen?"}),
        ("$talen=D1 1 0  v1 v2\n", {"v1": "talen", "v2": "talen"}),
    ],
)
def test_a_multiple_response_set_is_one_question(
    written: Written, record: str, questions: dict[str, str]
) -> None:
    # An extension record of subtype 7, before the one that ends the dictionary.
    text, end = record.encode(), struct.pack("<ii", 999, 0)
    content = written({"v1": [1.0, 0.0], "v2": [0.0, 1.0], "W3": [1.0, 1.0]})
    assert content.count(end) == 1
    assert (
        read(content.replace(end, struct.pack("<iiii", 7, 7, 1, len(text)) + text + end)).questions
        == questions
    )


def test_who_made_a_file_stays_behind(written: Written) -> None:
    content = written({"a": ["x"]}, note=["Bestand van Fatima"], file_label="Fatima Yilmaz")
    table = read(content)
    assert b"Fatima" in content
    assert "Fatima" not in repr((table.frame.to_dict(), table.questions, table.frame.attrs))


@pytest.mark.parametrize("how", [{}, {"compress": True}, {"row_compress": True}])
def test_every_compression_is_read_by_the_ending_and_the_content(
    written: Written, snapshot: ShownAs, how: dict[str, bool]
) -> None:
    content = written({"a": ["Zoë", "x"]}, **how)
    assert list(read_table(snapshot("a.SAV", content), 1000).frame["a"]) == ["Zoë", "x"]


def test_a_case_with_a_cell_that_is_too_long_is_named(written: Written) -> None:
    error = refusal(written({"a": ["kort", "x" * 101]}), 100)
    assert error.code is Code.TOO_LARGE
    assert "in case 2;" in error.message


def test_a_file_without_cases_is_empty(written: Written) -> None:
    assert refusal(written({"a": []})).code is Code.EMPTY


def test_cases_that_take_too_much_memory_are_not_unpacked(written: Written) -> None:
    content = written({"a": ["x" * 30_000] + ["y"] * 20}, compress=True)
    assert len(cases(content, 700_000)[1][0]) == 21
    with pytest.raises(TooMuchError):
        cases(content, 500_000)


def test_a_small_file_that_unpacks_into_too_much_is_refused(written: Written) -> None:
    rows = rules().max_unpacked_bytes // 32_000 + 10
    content = written({"a": ["x" * 32_000] + [""] * rows}, compress=True)
    assert len(content) < rules().max_unpacked_bytes // 1000
    error = refusal(content, 10**6)
    assert error.code is Code.TOO_LARGE
    assert "unpacks into more than 500 MB; split it" in error.message


def cut(content: bytes, place: int) -> bytes:
    return content[:place]


def changed(content: bytes, place: int) -> bytes:
    return content[:place] + b"\xff" + content[place + 1 :]


def shifted(content: bytes, place: int) -> bytes:
    return content[:place] + content[place + 1 :]


# The library dies of the change at 180, the width of the first variable (pyreadstat 1.3.7).
@pytest.mark.parametrize(
    ("damage", "place"),
    [(cut, 4), (cut, 170), (cut, 400), (changed, 65), (changed, 180), (shifted, 100), (shifted, 300)],
)
def test_a_damaged_file_says_so_and_quotes_nothing(
    written: Written, damage: Callable[[bytes, int], bytes], place: int
) -> None:
    content = written({"naam": ["Fatima", "x"], "nr": [1.0, 2.0]}, note="Fatima")
    error = refusal(damage(content, place))
    assert error.code is Code.UNREADABLE
    assert error.message.endswith("is damaged; open it in SPSS and save it again as .sav")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.sav", b"a;b\n1;2\n", "not what its ending says"),
        ("a.sav", b"ENCRYPTEDSAV" + bytes(99), "a password; save it as .sav without one"),
        ("a.csv", b"$FL2;b\n1;2\n", "not what its ending says"),
    ],
)
def test_what_is_no_spss_file_is_not_tried(snapshot: ShownAs, name: str, content: bytes, says: str) -> None:
    with pytest.raises(FileNotTakenError) as caught:
        read_table(snapshot(name, content), 1000)
    assert caught.value.code is Code.UNREADABLE
    assert says in caught.value.message


def test_nothing_of_a_file_is_written_to_disk(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = written({"a": ["x"]})
    (tmp_path / "a.sav").unlink()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert list(read(content).frame["a"]) == ["x"]
    assert list(tmp_path.iterdir()) == []
