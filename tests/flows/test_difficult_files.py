"""Files that are empty, broken, too large or merely large end as they should, and the rest goes on."""

import csv
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from signaal.flows.exits import Exit
from signaal.schemas.errors import Code
from signaal.schemas.report import State
from support.inboxes import HEADINGS, MARKDOWN_NOTE, Ingest, make_workspace
from support.stores import rows_of

MEMORY_LIMIT_KB = 1_500_000
SIGNAAL = Path(sys.executable).parent / "signaal"


def write_survey(path: Path, rows: int, filler: str = "") -> None:
    """A survey that can be published, with as many rows as asked for."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([*HEADINGS, "Vulling"])
        for row in range(rows):
            answer = f"Meer bankjes in het park, plek {row % 200}." if row % 10 == 0 else ""
            born = f"{1 + row % 28}-{1 + row % 12}-{1950 + row % 50}"
            name, mail, phone = f"Persoon Xyz{row}", f"p{row}@voorbeeld.nl", f"06{10_000_000 + row}"
            writer.writerow([row, name, mail, phone, f"30{row % 90 + 10} AB", born, row % 10, answer, filler])


def test_each_ends_with_a_sentence_and_the_rest_goes_on(tmp_path: Path, ingest_with: Ingest) -> None:
    inbox = make_workspace(tmp_path / "workspace") / "inbox"
    (inbox / "leeg.txt").touch()
    (inbox / "wit.txt").write_text("\ufeff \n\n ", encoding="utf-8")
    (inbox / "enquete-leeg.csv").write_text("")
    (inbox / "enquete-zonder-rijen.csv").write_text(";".join(HEADINGS) + "\n")
    (inbox / "kapot.docx").write_bytes(b"PK\x03\x04" + b"rommel" * 100)
    (inbox / "plaatje.txt").write_bytes(bytes(range(256)) * 20)
    (inbox / "enquete-kapot.xlsx").write_bytes(b"PK\x03\x04" + b"rommel" * 100)
    (inbox / "groot.txt").write_bytes(b"De straat is te donker in de winter. " * 1_400_000)
    (inbox / "goed.md").write_text(MARKDOWN_NOTE, encoding="utf-8")
    code, report = ingest_with(tmp_path / "workspace")
    assert code is Exit.WAITS
    assert [file.label[-3:] for file in report.in_state(State.LOADED)] == [".md"]
    problems = sorted(file.problem for file in report.in_state(State.NOT_TAKEN))
    assert problems.count(Code.EMPTY) == 4
    assert problems.count(Code.TOO_LARGE) == 1
    assert problems.count(Code.UNREADABLE) == 3
    assert all(file.message.count(".") >= 1 for file in report.in_state(State.NOT_TAKEN))
    assert len(list(inbox.iterdir())) == 9


def peak_of(workspace: Path, server: dict[str, str]) -> tuple[int, int]:
    """Exit code of a run over the inbox, and the most memory that it had, in kB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run(
        [SIGNAAL, "ingest", "--workspace", workspace],
        env=os.environ | server,
        capture_output=True,
        check=False,
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak > 0
    return done.returncode, max(peak, before)


@pytest.mark.parametrize(
    ("rows", "filler"), [(100_000, ""), (20_000, "x" * 2_500)], ids=["100,000 rows", "50 MB"]
)
def test_a_large_survey_is_loaded_in_bounded_memory(
    tmp_path: Path, prefect_server: dict[str, str], rows: int, filler: str
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    write_survey(workspace / "inbox" / "enquete.csv", rows, filler)
    code, peak = peak_of(workspace, prefect_server)
    assert code == Exit.DONE
    assert len(rows_of(workspace)["survey_enquete"]) == rows
    assert peak < MEMORY_LIMIT_KB
