import csv
import io
import subprocess
import sys
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from signaal.intake.delimited import read_delimited
from signaal.schemas.errors import Code, FileNotTakenError

Cells = list[list[str | None]]
DELIMITERS = [";", ",", "\t", "|"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]


def read(content: str | bytes, limit: int = 100_000) -> tuple[list[str], Cells]:
    raw = content.encode() if isinstance(content, str) else content
    frame = read_delimited(raw, "0123456789.csv", limit).frame
    return list(frame.columns), frame.to_numpy().tolist()


def refusal(content: str, limit: int = 100_000) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        read(content, limit)
    assert caught.value.message.startswith("file 0123456789.csv ")
    assert caught.value.__context__ is None
    return caught.value


def written(rows: list[list[str]], delimiter: str, encoding: str, quoting: int) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def as_read(cell: str) -> str | None:
    return cell.strip().replace("\r\n", "\n").replace("\r", "\n") or None


@pytest.mark.parametrize(("delimiter", "encoding"), list(product(DELIMITERS, ENCODINGS)))
def test_delimiter_and_encoding_are_found_out(delimiter: str, encoding: str) -> None:
    rows = [["naam", "plaats", "cijfer"], ["Zoë", "Curaçao", "8.5"], ["René", "Genève", "7"]]
    content = written(rows, delimiter, encoding, csv.QUOTE_MINIMAL)
    assert read(content) == (rows[0], rows[1:])


WILD = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=12).filter(
    lambda text: (
        not any((character < " " or character == "\x7f") and character not in "\t\r\n" for character in text)
    )
)
TAME = st.text("abc é\"'\n-", max_size=8)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str], least: int = 2) -> list[list[str]]:
    width = draw(st.integers(least, 5))
    headings = [f"vraag {position}" for position in range(width)]
    row = st.lists(cells, min_size=width, max_size=width)
    records = draw(st.lists(row, min_size=1, max_size=6))
    assume(any(as_read(cell) for record in records for cell in record))
    return [headings, *records]


def check_round_trip(rows: list[list[str]], delimiter: str, encoding: str, quoting: int) -> None:
    headings, records = read(written(rows, delimiter, encoding, quoting))
    expected = [[as_read(cell) for cell in row] for row in rows[1:]]
    assert headings == rows[0]
    assert records == [row for row in expected if any(row)]


@settings(deadline=None)
@given(tables(WILD), st.sampled_from(DELIMITERS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_table_in_quotes_comes_back(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    check_round_trip(rows, delimiter, encoding, csv.QUOTE_ALL)


@settings(deadline=None)
@given(tables(WILD), st.sampled_from(DELIMITERS))
def test_any_table_with_as_few_quotes_as_possible_comes_back(rows: list[list[str]], delimiter: str) -> None:
    check_round_trip(rows, delimiter, "utf-8", csv.QUOTE_MINIMAL)


@settings(deadline=None)
@given(tables(TAME, least=1), st.sampled_from(DELIMITERS), st.sampled_from(ENCODINGS))
def test_any_table_of_few_characters_comes_back_from_every_encoding(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    check_round_trip(rows, delimiter, encoding, csv.QUOTE_MINIMAL)


@pytest.mark.parametrize(
    ("text", "headings", "records"),
    [
        pytest.param(
            "nr;huur;cijfer\n1;654,26;5,2\n2;930,51;7,0\n",
            ["nr", "huur", "cijfer"],
            [["1", "654,26", "5,2"], ["2", "930,51", "7,0"]],
            id="decimal commas between semicolons",
        ),
        pytest.param(
            "huur;cijfer\n654,26;5\n930,51;7\n",
            ["huur", "cijfer"],
            [["654,26", "5"], ["930,51", "7"]],
            id="one decimal comma in every record",
        ),
        pytest.param(
            "Wat vind je van rust, ruimte, groen en water?;Cijfer\ngoed, hoor;8\nnee;2\n",
            ["Wat vind je van rust, ruimte, groen en water?", "Cijfer"],
            [["goed, hoor", "8"], ["nee", "2"]],
            id="commas in a heading",
        ),
        pytest.param(
            "talen,dagen\nPapiaments;Spaans,ma;di;wo\nPools,do\n",
            ["talen", "dagen"],
            [["Papiaments;Spaans", "ma;di;wo"], ["Pools", "do"]],
            id="semicolons between choices",
        ),
        pytest.param(
            'sep=,\r\n"a;b",c\r\n"1;2",3\r\n', ["a;b", "c"], [["1;2", "3"]], id="delimiter stated for Excel"
        ),
        pytest.param(
            'nr;klacht\n1;"Beste mensen,\r\n\r\nDe kraan lekt; nog ""steeds"".\r\n"\n2;kort\n',
            ["nr", "klacht"],
            [["1", 'Beste mensen,\n\nDe kraan lekt; nog "steeds".'], ["2", "kort"]],
            id="line breaks and quotes in quotes",
        ),
        pytest.param('"a", "b"\n"1, 2", "3, 4"\n', ["a", "b"], [["1, 2", "3, 4"]], id="blanks before quotes"),
        pytest.param(
            'maat;prijs\n3" buis;1\n',
            ["maat", "prijs"],
            [['3" buis', "1"]],
            id="a quote within a cell without quotes",
        ),
        pytest.param(
            "opmerking\nja, leuk\nnee; niet\n",
            ["opmerking"],
            [["ja, leuk"], ["nee; niet"]],
            id="one column of remarks",
        ),
        pytest.param(
            "a;b;c\n1;2\n3\n", ["a", "b", "c"], [["1", "2", None], ["3", None, None]], id="short rows"
        ),
        pytest.param(
            "\n;;\na;b;\n;;\n1;2;\n\n  ; ;\n3;4;;;\n",
            ["a", "b"],
            [["1", "2"], ["3", "4"]],
            id="blank rows, and blank columns at the end",
        ),
        pytest.param(
            "a;;c;\n1;;3;4\n",
            ["a", "kolom 2", "c", "kolom 4"],
            [["1", None, "3", "4"]],
            id="columns without heading",
        ),
        pytest.param(
            "Tel;Tel;Tel (2);Tel\n1;2;3;4\n",
            ["Tel", "Tel (2)", "Tel (2) (2)", "Tel (3)"],
            [["1", "2", "3", "4"]],
            id="headings that come back",
        ),
        pytest.param(
            '"  Wat is\nuw\t naam? ";"prive\u0301"\n1;2\n',
            ["Wat is uw naam?", "privé"],
            [["1", "2"]],
            id="white space and split accents in headings",
        ),
        pytest.param(
            "bsn;land;datum\n012345678;NA;1-2\nnull;nan;None\n",
            ["bsn", "land", "datum"],
            [["012345678", "NA", "1-2"], ["null", "nan", "None"]],
            id="nothing is taken for a number, a date or missing",
        ),
        pytest.param('sep="\n1\n', ['sep="'], [["1"]], id="no delimiter, though it looks like one"),
        pytest.param("a;b\r1;2\r", ["a", "b"], [["1", "2"]], id="line ends of old Macs"),
    ],
)
def test_tables_as_offices_write_them(text: str, headings: list[str], records: Cells) -> None:
    assert read(text) == (headings, records)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a;b\n1;2\n3;4;5\n", 3),
        ("sep=;\na;b\n1;2\n3;4;5\n", 4),
        ('a;b\n"1\n\n2";2\n3;4;5\n', 5),
        ("Rapport leefbaarheid;\n;\nnaam;plaats;cijfer\nFatima;Delft;8\n", 3),
    ],
)
def test_a_record_with_more_cells_than_headings_is_not_cut_short(text: str, line: int) -> None:
    error = refusal(text)
    assert error.code is Code.UNREADABLE
    assert f"more cells than headings in line {line};" in error.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a;b\n1;2\n"Fatima;4\n5;6\n', 3),
        ('a;b\n1;2\n3;4\n"Fatima" Yilmaz;4\n', 4),
        ('a;b\n1;"2\n3;4\n5;"6"\n', 2),
    ],
)
def test_quotes_that_do_not_match_are_not_guessed_at(text: str, line: int) -> None:
    error = refusal(text)
    assert error.code is Code.UNREADABLE
    assert f"line {line} " in error.message
    assert "Fatima" not in error.message


def test_one_odd_record_does_not_change_the_delimiter() -> None:
    good = "".join(f"{number};1,5;x;y;z\n" for number in range(300))
    assert (
        "line 152"
        in refusal("a, b;c;d;e;f\n" + good[: good.index("150;")] + "1;2;3;4;5;6;7\n" + good).message
    )


@pytest.mark.parametrize("text", ["a;b\n", "a;b\n;\n ; \n", ";;\n"])
def test_headings_alone_are_no_records(text: str) -> None:
    assert refusal(text).code is Code.EMPTY


def test_a_cell_that_is_too_long_is_refused_with_its_line() -> None:
    long = "x" * 200_000
    assert read(f"a;b\n1;{long}\n", 200_000)[1] == [["1", long]]
    error = refusal(f"a;b\n1;2\n1;{long}x\n", 200_000)
    assert error.code is Code.TOO_LARGE
    assert "line 3" in error.message


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\n1;2\n3;4\n", (2, 3)),
        ('sep=;\n\na;b\n"1\n\n2";2\n;\n\n3;4\n', (4, 9)),
        ('"a\nb";c\r\n1;2\r\n', (3,)),
    ],
)
def test_every_record_has_the_number_of_the_line_where_it_starts(text: str, rows: tuple[int, ...]) -> None:
    assert read_delimited(text.encode(), "0123456789.csv", 1000).rows == rows


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(["1;2", ";", "", "3", "4;5;;"]), min_size=1, max_size=30))
def test_rows_are_the_same_however_many_are_taken_together(lines: list[str]) -> None:
    assume(any(line.strip(";") for line in lines))
    content = "\n".join(["sep=;", "a;b", *lines]).encode()
    together = read_delimited(content, "0123456789.csv", 1000)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("signaal.intake.tabular.AT_ONCE", 1)
        one_by_one = read_delimited(content, "0123456789.csv", 1000)
    assert together.frame.equals(one_by_one.frame)
    filled = tuple(place for place, line in enumerate(lines, start=3) if line.strip(";"))
    assert together.rows == one_by_one.rows == filled


def test_cells_that_come_back_are_one_string_in_memory() -> None:
    frame = read_delimited(b"wijk;nr\n" + b"Bloemhof;1\n" * 2000, "0123456789.csv", 1000).frame
    assert len({id(cell) for cell in frame["wijk"]}) == 1


MEMORY_CHECK = """
import resource
from signaal.intake.delimited import read_delimited
headings = ";".join(f"vraag {number}" for number in range(20))
line = ";".join(["antwoord \u00e9 {0} 1,25"] * 20)
content = "\\n".join([headings, *(line.format(number) for number in range(100_000))]).encode()
assert len(content) > 45_000_000, len(content)
frame = read_delimited(content, "0123456789.csv", 100_000).frame
assert frame.shape == (100_000, 20), frame.shape
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is in kilobytes on Linux only")
def test_fifty_megabytes_of_csv_stay_far_below_the_memory_that_a_run_may_take() -> None:
    # In a process of its own: the peak of this one is that of every test before.
    done = subprocess.run([sys.executable, "-c", MEMORY_CHECK], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 600_000
