"""The survey exports can be made again, and hold what their declarations say."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from stdnum.nl import bsn

from signaal.schemas.column import Role
from signaal.schemas.declaration import Declaration

SURVEYS = {
    "buurtenquete": "buurtenquete-2026.csv",
    "jongerenpoll": "jongerenpoll.xlsx",
    "voedselbank": "evaluatie-voedselbank.csv",
}
TABLES = SURVEYS | {"logboek": "logboek-straathoekwerk.csv", "contactmomenten": "contactmomenten.xlsx"}
QUESTIONS = ("buurt_goed", "buurt_beter", "jongeren_bezig", "jongeren_kwijt", "voedselbank_opmerkingen")

TableOf = Callable[[Path], pd.DataFrame]


def test_making_the_surveys_again_changes_nothing(
    make_surveys: ModuleType,
    inbox: Path,
    tmp_path: Path,
    rows_of: Callable[[Path], object],
    gold: dict[str, dict[str, list[str]]],
) -> None:
    planted = make_surveys.write_surveys(tmp_path)
    for name in SURVEYS.values():
        if name.endswith(".xlsx"):
            assert rows_of(tmp_path / name) == rows_of(inbox / name)
        else:
            assert (tmp_path / name).read_bytes() == (inbox / name).read_bytes()
        assert gold[name]["must_not_survive"] == list(planted[name])


@pytest.mark.parametrize("source", SURVEYS)
def test_a_survey_has_two_hundred_records_and_more(source: str, inbox: Path, table_of: TableOf) -> None:
    assert len(table_of(inbox / SURVEYS[source])) >= 200


@pytest.mark.parametrize("source", TABLES)
def test_record_ids_are_there_and_unique(
    source: str, inbox: Path, table_of: TableOf, declared: dict[str, Declaration]
) -> None:
    frame = table_of(inbox / TABLES[source])
    for name in declared[source].with_role(Role.RECORD_ID):
        assert frame[name].is_unique
        assert (frame[name] != "").all()


def test_every_bsn_in_the_survey_passes_the_eleven_test(inbox: Path, table_of: TableOf) -> None:
    numbers = table_of(inbox / SURVEYS["voedselbank"])["BSN"]
    assert numbers.is_unique
    assert numbers.map(bsn.is_valid).all()


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_open_question_has_over_a_hundred_and_twenty_answers(question: str, inbox: Path) -> None:
    answers = (inbox.parent / "answers" / f"{question}.txt").read_text(encoding="utf-8").splitlines()
    assert len(answers) == len(set(answers)) >= 120
