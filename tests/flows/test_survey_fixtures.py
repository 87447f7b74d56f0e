"""Surveys as real tools export them, from the file to every output."""

import tempfile
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from signaal.schemas.report import FileReport, RunReport, State
from signaal.store import open_store
from support.canary import Search, contents, leaks
from support.inboxes import Ingest
from support.surveys import declared, gold_of, identifiers, read

NAMES = (
    *("limesurvey.csv", "qualtrics.csv", "google_forms.csv", "microsoft_forms.xlsx"),
    *("surveymonkey.csv", "kobotoolbox.xlsx", "spss.sav", "messy.csv"),
)
K, L = 5, 2
RAW = ("inbox", "sources")
LENIENT = {"max_suppressed": 1.0}
"""Of so few respondents most quasi-identifiers are emptied; by default such a file is held."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    for part in ("inbox", "sources", "reports", "store"):
        (folder / part).mkdir(parents=True)
    (folder / "project.key").touch(mode=0o600)
    (folder / "project.key").write_text("0f" * 32, encoding="ascii")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_every_direct_identifier_is_gone_from_every_output(
    name: str, workspace: Path, shared: Path, ingest_with: Ingest, capfd: pytest.CaptureFixture[str]
) -> None:
    path = shared / "fixtures" / "surveys" / name
    table = read(path, lambda _, data: data.hex()[:64].ljust(64, "0"))
    declaration = declared(path, table) | {"thresholds": LENIENT}
    (workspace / "sources" / f"{path.stem}.yaml").write_text(yaml.safe_dump(declaration), encoding="utf-8")
    (workspace / "inbox" / name).write_bytes(path.read_bytes())
    _, report = ingest_with(workspace)
    (file,) = report.in_state(State.LOADED, State.HELD)
    assert file.state is State.LOADED, [reason.model_dump() for reason in file.held_for]
    assert file.records == gold_of(path)["rows"]
    planted = identifiers(path, table) | set(gold_of(path)["must_not_survive"])
    output = [part.encode() for part in capfd.readouterr()]
    found = leaks(
        workspace, planted - by_chance(planted), but=[workspace / part for part in RAW], also=output
    )
    assert found == []
    assert_reported_risk_is_true(workspace, report)


def by_chance(planted: set[str]) -> set[str]:
    """What stands in a store without data: "Ayşe" without its signs is in retention_days and what follows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signaal.duckdb"
        open_store(path).begin_run("run", datetime.now(UTC), "engine")
        return Search(planted).found_in(b"\n".join(contents(path)))


def assert_reported_risk_is_true(workspace: Path, report: RunReport) -> None:
    """k, l and t of the report, computed anew from the rows of the store, group by group."""
    (file,) = report.in_state(State.LOADED)
    records = rows_of_table(workspace, file)
    quasi = quasi_identifiers(file)
    for part in (file, *file.repeats):
        if part.risk is None:
            continue
        rows = rows_of_table(workspace, part)
        groups: defaultdict[tuple[object, ...], list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            parent = records_by_id(records).get(row.get("parent_id"), {})
            groups[
                *(parent.get(name) for name in quasi), *(row[name] for name in quasi_identifiers(part))
            ].append(row)
        after = part.risk.after
        assert after.k == min(map(len, groups.values())) >= K
        for name, diversity in after.diversity.items():
            assert diversity == min(len({row[name] for row in group}) for group in groups.values()) >= L
        for name, closeness in after.closeness.items():
            whole = [row[name] for row in rows]
            far = max(distance([row[name] for row in group], whole) for group in groups.values())
            assert closeness == pytest.approx(far)


def distance(group: list[object], whole: list[object]) -> float:
    """Half of what two distributions differ: the earth mover's distance where all values are as far apart."""
    ours, all_ = Counter(group), Counter(whole)
    return sum(abs(ours[value] / len(group) - all_[value] / len(whole)) for value in all_) / 2


def quasi_identifiers(file: FileReport) -> list[str]:
    assert file.solution is not None
    return [column.variable for column in file.solution.columns if column.variable != "parent_id"]


def records_by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["record_id"]: row for row in rows}


def rows_of_table(workspace: Path, file: FileReport) -> list[dict[str, Any]]:
    with duckdb.connect(str(workspace / "store" / "signaal.duckdb"), read_only=True) as store:
        found = store.execute(f'select * from "survey_{file.source}"')  # noqa: S608 - own name
        names = [name for name, *_ in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
