"""The files of the shared fixtures, which stand for what real programs write."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from signaal.intake.discover import discover
from signaal.intake.parse import read_table
from signaal.intake.snapshot import take
from signaal.schemas.batch import KeyedHash, Table

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


SURVEYS = (
    *("limesurvey.csv", "qualtrics.csv", "google_forms.csv", "microsoft_forms.xlsx"),
    *("surveymonkey.csv", "kobotoolbox.xlsx", "spss.sav", "messy.csv"),
)


def properties(name: str) -> list[str]:
    """What stands in a file beside its records, and must not come in: label and notes of an SPSS file."""
    if not name.endswith(".sav"):
        return []
    _, meta = pyreadstat.read_sav(FIXTURES / "surveys" / name, metadataonly=True)
    return [joined(text) for text in (meta.file_label, *meta.notes) if text and text.strip()]


def named(columns: list[dict[str, Any]]) -> list[str]:
    """The names of a gold file as tables have them: each once, a last one without name left out."""
    names: list[str] = []
    for name in (column["name"] for column in columns if column["name"]):
        names.append(f"{name} (2)" if name in names else name)
    return names


@pytest.mark.parametrize("name", SURVEYS)
def test_surveys_come_in_with_every_column_and_record(name: str, keyed: KeyedHash) -> None:
    survey, expected = table(f"surveys/{name}", keyed), gold(f"surveys/{name}")
    sheets = expected.get("sheets", {"": expected})
    found = [survey, *survey.repeats.values()]
    assert [each.frame.shape[0] for each in found] == [each["rows"] for each in sheets.values()]
    assert [list(each.frame.columns) for each in found] == [
        named(each["columns"]) for each in sheets.values()
    ]
    assert list(survey.repeats) == list(sheets)[1:]
    assert all(len(each.rows) == len(each.frame) for each in found)


@pytest.mark.parametrize("name", SURVEYS)
def test_surveys_come_in_with_every_value_of_a_record_and_nothing_else(name: str, keyed: KeyedHash) -> None:
    survey = table(f"surveys/{name}", keyed)
    frames = [survey.frame, *(each.frame for each in survey.repeats.values())]
    cells = joined(" ".join(cell for frame in frames for row in frame.to_numpy() for cell in row if cell))
    elsewhere = properties(name)
    lost = [value for value in gold(f"surveys/{name}")["must_not_survive"] if joined(value) not in cells]
    assert not [value for value in lost if joined(value) not in " ".join(elsewhere)]
    assert not [text for text in elsewhere if text in cells + " ".join(survey.questions.values())]


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        (
            "limesurvey.csv",
            {
                "C1. Hoe tevreden bent u over de volgende zaken in uw buurt? "
                "(1 = zeer ontevreden, 5 = zeer tevreden)": 4,
                "C3. Van welke voorzieningen heeft u het afgelopen jaar gebruikgemaakt?": 6,
            },
        ),
        (
            "qualtrics.csv",
            {
                "Wat doe je in je vrije tijd? (meer antwoorden mogelijk)": 2,
                "In hoeverre ben je het eens met deze stellingen?": 4,
                "Wil je kans maken op een bon van 25 euro? Laat je gegevens achter.": 3,
            },
        ),
        ("google_forms.csv", {"Hoe goed gaat het nu?": 2}),
        ("microsoft_forms.xlsx", {}),
        (
            "surveymonkey.csv",
            {
                "Waar maakt u gebruik van? (meerdere antwoorden mogelijk)": 5,
                "Hoe tevreden bent u (1 = heel ontevreden, 5 = heel tevreden) over:": 3,
                "Laat hier uw gegevens achter als u wilt meepraten": 4,
            },
        ),
        ("kobotoolbox.xlsx", {"hulpvraag": 6}),
        ("spss.sav", {"Tevredenheid": 4}),
        ("messy.csv", {}),
    ],
)
def test_columns_of_one_question_say_so(name: str, questions: dict[str, int], keyed: KeyedHash) -> None:
    survey = table(f"surveys/{name}", keyed)
    assert Counter(survey.questions.values()) == questions
    assert set(survey.questions) <= set(survey.frame.columns)


def test_members_of_a_household_refer_to_a_record_each(keyed: KeyedHash) -> None:
    survey = table("surveys/kobotoolbox.xlsx", keyed)
    indices = list(survey.frame["_index"])
    assert len(set(indices)) == len(indices)
    assert set(survey.repeats["gezinsleden"].frame["_parent_index"]) <= set(indices)


def test_missing_values_of_an_spss_file_are_empty_and_scales_are_numbers(keyed: KeyedHash) -> None:
    frame = table("surveys/spss.sav", keyed).frame
    cells = {cell for name in gold("surveys/spss.sav")["user_missing"] for cell in frame[name] if cell}
    assert not cells & {"9.0", "99", "98", "Weigert", "Geen antwoord", "Weet niet", "Onbekend"}
    assert set(frame["tev1"].dropna()) <= set("12345")


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
