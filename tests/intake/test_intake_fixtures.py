"""The files of the shared fixtures, which stand for what real programs write."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from signaal.intake.discover import discover
from signaal.intake.parse import read_table
from signaal.intake.snapshot import take
from signaal.schemas.batch import KeyedHash, Table
from signaal.schemas.errors import FileNotTakenError

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"


@pytest.fixture(autouse=True)
def _fixtures_are_there() -> None:
    if FIXTURES.is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail("the shared fixtures are not beside the checkout, where CI needs them")
    pytest.skip("the shared fixtures are not beside this checkout")


def table(name: str, keyed: KeyedHash) -> Table:
    (file,) = discover([FIXTURES / name], keyed)
    return read_table(take(file, 10**8), 10**6)


def gold(name: str) -> dict[str, Any]:
    path = (FIXTURES / name).with_suffix(".gold.json")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def joined(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("surveys/limesurvey.csv", 37),
        ("surveys/google_forms.csv", 22),
        ("surveys/messy.csv", 21),
        ("surveys/microsoft_forms.xlsx", 23),
    ],
)
def test_surveys_come_in_with_every_record_and_every_value(name: str, columns: int, keyed: KeyedHash) -> None:
    frame = table(name, keyed).frame
    assert frame.shape == (gold(name)["rows"], columns)
    cells = joined(" ".join(cell for row in frame.to_numpy() for cell in row if cell))
    assert [value for value in gold(name)["must_not_survive"] if joined(value) not in cells] == []


@pytest.mark.parametrize("name", ["notes/note1.docx", "notes/note4.txt", "notes/note5.md"])
def test_notes_come_in_with_everything_a_reader_needs(name: str, keyed: KeyedHash) -> None:
    (text,) = table(name, keyed).frame["text"]
    assert [phrase for phrase in gold(name)["must_survive"] if joined(phrase) not in joined(text)] == []


def test_a_document_comes_in_without_what_was_deleted_and_who_made_it(keyed: KeyedHash) -> None:
    (text,) = table("notes/note1.docx", keyed).frame["text"]
    assert "Shanerva Isenia-Winter – dossier C4322492" in text
    assert "Bel me even, 06 19 13 89 57" in text
    for left_behind in ("Diederik", "Stolkwijk", "leendert.kranendonk@bewind-rijnmond.nl"):
        assert left_behind not in text


def test_headings_that_come_back_are_told_apart(keyed: KeyedHash) -> None:
    headings = list(table("surveys/messy.csv", keyed).frame.columns)
    assert [name for name in headings if name.startswith(("Telefoon", "Opmerking"))] == [
        "Telefoon",
        "Telefoon (2)",
        "Opmerking",
        "Opmerking (2)",
    ]


def test_a_workbook_with_two_tables_is_not_half_read(keyed: KeyedHash) -> None:
    with pytest.raises(FileNotTakenError, match="has 2 sheets with records"):
        table("surveys/kobotoolbox.xlsx", keyed)
