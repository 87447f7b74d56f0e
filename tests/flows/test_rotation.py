"""A project whose key was rotated goes on as one that had all its keys from the start."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import yaml

from signaal.anonymise.pseudonyms import Keys, Rotation
from signaal.anonymise.table.roles import record_ids, row_ids
from signaal.flows import key_commands
from signaal.schemas.declaration import Declaration
from signaal.schemas.report import State
from support.inboxes import SURVEY, Ingest, fill, make_workspace, workbook
from support.stores import rows_of

REPLACEMENTS = """DATE_TIME: {word: DATUM, how: shifted}
EMAIL_ADDRESS: {word: E-MAIL, how: pseudonym}
LOCATION: {word: PLAATS, how: stand_in}
"""


def workspace(folder: Path, key: str) -> Path:
    """A workspace in which every kind of replacement is used that a key has a say in."""
    make_workspace(folder, key)
    (folder / "signaal.toml").write_text('replacements = "vervang.yaml"\n', encoding="utf-8")
    (folder / "vervang.yaml").write_text(REPLACEMENTS, encoding="utf-8")
    return folder


def later_files(folder: Path, note: bytes) -> None:
    """A file that was there before under another name, and one that is new."""
    (folder / "inbox" / "nogmaals.docx").write_bytes(note)
    (folder / "inbox" / "later.txt").write_text(
        "Op 3 maart 2024 belde Zehra Karatepe weer, en op 12 maart haar zus Leyla uit Dordrecht. Zij mailde "
        "via zehra.karatepe@voorbeeld.nl dat de woning nog steeds vochtig is en dat niemand iets doet.",
        encoding="utf-8",
    )


def labels(folder: Path) -> list[tuple[str, ...]]:
    """What the log calls the files and batches of the last run."""
    with duckdb.connect(str(folder / "store" / "signaal.duckdb"), read_only=True) as store:
        query = """SELECT label, run_file.state, batch_id FROM run_file JOIN run USING (run_id)
            WHERE started = (SELECT max(started) FROM run) ORDER BY position"""
        return store.execute(query).fetchall()


def test_after_a_rotation_the_store_and_its_log_are_those_of_the_new_keys(
    tmp_path: Path, ingest_with: Ingest
) -> None:
    rotated = workspace(tmp_path / "rotated", "31" * 32)
    fill(rotated / "inbox")
    note = (rotated / "inbox" / "verslag.docx").read_bytes()
    _, before = ingest_with(rotated)
    assert before.in_state(State.LOADED)
    assert before.in_state(State.HELD)
    under_one_key = rows_of(rotated)
    key_commands.rotate(rotated)
    fresh = workspace(tmp_path / "fresh", (rotated / "project.key").read_text())
    shutil.copytree(rotated / "inbox", fresh / "inbox", dirs_exist_ok=True)
    ingest_with(fresh)
    assert rows_of(rotated) == rows_of(fresh)
    assert labels(rotated) == labels(fresh)
    unlike = {table for table, rows in rows_of(rotated).items() if rows != under_one_key[table]}
    assert {"batch", "signal", "finding", "survey_enquete"} <= unlike
    for each in (rotated, fresh):
        later_files(each, note)
    _, again = ingest_with(rotated)
    ingest_with(fresh)
    assert rows_of(rotated) == rows_of(fresh)
    assert labels(rotated) == labels(fresh)
    assert len(again.in_state(State.KNOWN)) > len(before.in_state(State.LOADED))
    assert len(again.in_state(State.HELD)) == len(before.in_state(State.HELD))


@pytest.mark.parametrize("declared", [True, False], ids=["a declared id", "the place in the file"])
def test_the_ids_of_records_and_of_what_belongs_to_them_follow_a_rotation(declared: bool) -> None:
    columns = {"Nr": {"role": "record_id"}} if declared else {"Nr": {"role": "drop"}}
    survey = Declaration.model_validate(yaml.safe_load(SURVEY) | {"columns": columns})
    frame = pd.DataFrame({"Nr": ["1", "2", "3"]}, dtype=object)

    def ids(keys: Keys) -> list[list[str]]:
        records = record_ids(frame, survey, keys.short("content", b"x", 32), keys).tolist()
        return [records, row_ids([records[0], records[0], records[2]], survey, keys).tolist()]

    rotation = Rotation(b"2" * 32)
    followed = [[rotation.digits(each) for each in made] for made in ids(Keys(b"1" * 32))]
    assert ids(Keys(b"1" * 32, b"2" * 32)) == followed


def test_the_message_of_a_file_that_waits_calls_it_as_the_log_does(
    tmp_path: Path, ingest_with: Ingest
) -> None:
    folder = make_workspace(tmp_path / "workspace", "31" * 32)
    (folder / "inbox" / "anders.xlsx").write_bytes(workbook())
    ingest_with(folder)
    key_commands.rotate(folder)
    with duckdb.connect(str(folder / "store" / "signaal.duckdb"), read_only=True) as store:
        found = store.execute("SELECT label, report FROM run_file").fetchall()
    assert found
    assert all(report.count(label) >= 2 for label, report in found)
