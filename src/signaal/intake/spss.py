"""Reads the cases of an SPSS file: .sav."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from signaal.intake.exports import exports
from signaal.intake.header_rows import Header
from signaal.intake.headings import Member, heading
from signaal.intake.rules import rules
from signaal.intake.spss_cases import TOO_MUCH
from signaal.intake.tabular import Origin, filled
from signaal.schemas.batch import Table
from signaal.schemas.errors import Code

LONGEST_SECONDS = 600
DAMAGED = "is damaged; open it in SPSS and save it again as .sav"


def read_spss(content: bytes, label: str, max_characters: int) -> Table:
    """The cases under the names of their variables; ``rows`` are the numbers of the cases.

    Cells are those of ``spss_cases``. Questions are multiple response sets, and variables side by side
    whose labels start alike. The label of the file and its notes, which name who made it, stay behind.

    Raises:
        FileNotTakenError: it is damaged (``UNREADABLE``), has no case (``EMPTY``), unpacks into too
            much, or has a cell that is too long (``TOO_LARGE``).
    """
    origin = Origin(label, "case", max_characters)
    status, output = _run(content)
    if status == TOO_MUCH:
        problem = f"unpacks into more than {rules().max_unpacked_bytes // 10**6} MB; split it"
        raise origin.refusal(Code.TOO_LARGE, problem)
    if status != 0:
        raise origin.refusal(Code.UNREADABLE, DAMAGED)
    about, *columns = (json.loads(line) for line in output.splitlines())
    header = Header(tuple(heading(name) for name in about["names"]), members=tuple(_members(about)))
    return filled(header, enumerate(zip(*columns, strict=True), start=1), origin)


def _run(content: bytes) -> tuple[int, bytes]:
    """How the process that reads the file ended, and what it wrote.

    The C library dies of some damaged files (a null pointer), which must not be the end of a run.
    What it says is not read: it may quote the file.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "signaal.intake.spss_cases"],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, b""
    return done.returncode, done.stdout


def _members(about: dict[str, Any]) -> list[Member | None]:
    """The questions of variables: multiple response sets, and what labels side by side start with."""
    of_sets = {
        variable.lower(): Member(f"set {key}", heading(label) or key.strip("$"))
        for key, label, variables in about["sets"]
        for variable in variables
    }
    of_labels = _of_labels([heading(label) for label in about["labels"]])
    named = zip(about["names"], of_labels, strict=True)
    return [of_sets.get(name.lower()) or of_label for name, of_label in named]


def _of_labels(labels: Sequence[str]) -> list[Member | None]:
    """What each label has before its answer; the same one further on is another question."""
    members: list[Member | None] = []
    run, before = 0, ""
    for label in labels:
        question = _question(label)
        run += question != before
        before = question
        members.append(Member(f"label {run}", question) if question else None)
    return members


def _question(label: str) -> str:
    parts = (label.rpartition(separator)[0].strip() for separator in exports().spss.separators)
    return next((part for part in parts if part), "")
