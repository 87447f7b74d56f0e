"""The main job, from files to store and report."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from signaal.flows import commands
from signaal.flows.exits import Exit
from signaal.flows.workspace import locked, open_workspace
from signaal.schemas.batch import Batch, CleanBatch, Released
from signaal.schemas.errors import Code, SignaalError
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Check, Verdict
from support.inboxes import Ingest, fill, make_workspace
from support.stores import rows_of


def by_state(report: RunReport) -> dict[State, int]:
    return {state: len(report.in_state(state)) for state in State if report.in_state(state)}


def ended(report: RunReport, problem: Code) -> FileReport:
    (found,) = [file for file in report.files if file.problem is problem]
    return found


def ask(workspace: Path, question: str) -> list[tuple]:
    with duckdb.connect(str(workspace / "store" / "signaal.duckdb"), read_only=True) as store:
        return store.execute(question).fetchall()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    workspace = make_workspace(tmp_path / "workspace")
    fill(workspace / "inbox")
    return workspace


def test_each_file_ends_where_it_should(workspace: Path, ingest_with: Ingest) -> None:
    before = {path: path.read_bytes() for path in (workspace / "inbox").iterdir()}
    code, report = ingest_with(workspace)
    assert code is Exit.WAITS
    assert by_state(report) == {State.LOADED: 4, State.HELD: 2, State.NOT_TAKEN: 2}
    assert {path: path.read_bytes() for path in (workspace / "inbox").iterdir()} == before
    assert ended(report, Code.UNREADABLE).label.endswith(".docx")
    assert "signaal propose" in ended(report, Code.NO_DECLARATION).message


def test_what_is_held_is_not_in_the_store(workspace: Path, ingest_with: Ingest) -> None:
    _, report = ingest_with(workspace)
    held = {file.batch_id: {reason.check for reason in file.held_for} for file in report.in_state(State.HELD)}
    assert any(Check.MASKED_SHARE in checks for checks in held.values())
    assert any(Check.K_ANONYMITY in checks for checks in held.values())
    loaded = {batch for (batch,) in ask(workspace, "select batch_id from batch")}
    assert loaded == {file.batch_id for file in report.in_state(State.LOADED)}


def test_a_second_run_adds_nothing_and_says_so(
    workspace: Path, ingest_with: Ingest, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest_with(workspace)
    before = rows_of(workspace)
    capsys.readouterr()
    code, report = ingest_with(workspace)
    assert code is Exit.WAITS
    assert by_state(report) == {State.KNOWN: 4, State.HELD: 2, State.NOT_TAKEN: 2}
    assert rows_of(workspace) == before
    assert "Nothing new" in capsys.readouterr().out


def test_a_held_file_that_was_renamed_is_called_by_its_new_label(
    workspace: Path, ingest_with: Ingest
) -> None:
    ingest_with(workspace)
    names = workspace / "inbox" / "namen.txt"
    names.rename(names.with_name("lijst.txt"))
    _, report = ingest_with(workspace)
    labels = {file.label for file in commands._inbox(open_workspace(workspace))}
    assert len(report.in_state(State.HELD)) == 2
    assert {file.label for file in report.files} == labels


def test_the_same_file_gives_the_same_rows(workspace: Path, ingest_with: Ingest, tmp_path: Path) -> None:
    twin = Path(shutil.copytree(workspace, tmp_path / "twin"))
    ingest_with(workspace)
    ingest_with(twin)
    assert rows_of(twin) == rows_of(workspace)


def test_a_copy_of_a_file_is_not_loaded_twice(workspace: Path, ingest_with: Ingest) -> None:
    shutil.copy(workspace / "inbox" / "inloop.md", workspace / "inbox" / "kopie van inloop.md")
    _, report = ingest_with(workspace)
    assert by_state(report)[State.KNOWN] == 1
    assert ask(workspace, "select count(*) from batch") == [(4,)]


def test_a_person_is_the_same_in_texts_and_tables_of_a_project(workspace: Path, ingest_with: Ingest) -> None:
    note = workspace / "inbox" / "notitie.txt"
    note.write_text("Vanmiddag sprak ik mevrouw Rachida Benhaddou over de verlichting in haar straat.")
    ingest_with(workspace)
    ((pseudonym,),) = ask(
        workspace,
        "select naam from survey_enquete join signal using (record_id) where text like 'Bel mij%'",
    )
    assert pseudonym.startswith("PERSOON-")
    texts = [text for (text,) in ask(workspace, "select text from signal where text like '%verlichting%'")]
    assert [pseudonym in text for text in texts] == [True]


def test_another_project_gives_other_pseudonyms(workspace: Path, ingest_with: Ingest, tmp_path: Path) -> None:
    other = make_workspace(tmp_path / "other", key="1e" * 32)
    shutil.copy(workspace / "inbox" / "enquete.csv", other / "inbox")
    ingest_with(workspace)
    ingest_with(other)
    names = "select naam from survey_enquete"
    assert not set(ask(workspace, names)) & set(ask(other, names))
    ids = "select record_id from survey_enquete"
    assert not set(ask(workspace, ids)) & set(ask(other, ids))


def test_a_column_that_nobody_declared_is_dropped_and_named(workspace: Path, ingest_with: Ingest) -> None:
    _, report = ingest_with(workspace)
    assert [file.dropped for file in report.files if file.dropped] == [("Partner",)]
    assert "partner" not in {name for (name,) in ask(workspace, "select column_name from duckdb_columns()")}


def test_the_versions_are_in_the_store_beside_the_rows(workspace: Path, ingest_with: Ingest) -> None:
    _, report = ingest_with(workspace)
    versions = ask(
        workspace, "select distinct engine_version, length(declaration_version), key_id from batch"
    )
    assert all(engine == report.engine_version and length == 12 and key for engine, length, key in versions)


def test_a_file_that_changes_meanwhile_is_taken_by_the_next_run(
    workspace: Path, ingest_with: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from signaal.anonymise.anonymise import Anonymiser

    for path in (workspace / "inbox").iterdir():
        if path.name != "inloop.md":
            path.unlink()
    anonymise = Anonymiser.anonymise
    note = workspace / "inbox" / "inloop.md"

    def meanwhile(self: Anonymiser, batch: Batch, released: Mapping[str, Released]) -> CleanBatch:
        with note.open("a", encoding="utf-8") as more:
            more.write("\nLater nog gebeld over de energierekening en de taalles.\n")
        return anonymise(self, batch, released)

    with monkeypatch.context() as patch:
        patch.setattr(Anonymiser, "anonymise", meanwhile)
        code, report = ingest_with(workspace)
    assert code is Exit.WAITS
    assert ended(report, Code.CHANGED).state is State.NOT_TAKEN
    assert ask(workspace, "select count(*) from batch") == [(0,)]
    code, report = ingest_with(workspace)
    assert (code, by_state(report)) == (Exit.DONE, {State.LOADED: 1})
    assert ask(workspace, "select count(*) from signal where text like '%de taalles%'") == [(1,)]


def test_a_stage_that_breaks_on_one_file_does_not_stop_the_others(
    workspace: Path, ingest_with: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from signaal.flows import stages

    validate = stages.validate

    def breaks_on_surveys(batch: CleanBatch) -> Verdict:
        if batch.declaration.columns:
            raise ZeroDivisionError(batch.records.to_csv())
        return validate(batch)

    monkeypatch.setattr(stages, "validate", breaks_on_surveys)
    code, report = ingest_with(workspace)
    assert code is Exit.FAILED
    assert by_state(report) == {State.LOADED: 3, State.HELD: 1, State.NOT_TAKEN: 2, State.FAILED: 2}
    assert all("ZeroDivisionError at test_ingest.py" not in file.message for file in report.files)


def test_a_workspace_takes_one_run_at_a_time(workspace: Path, ingest_with: Ingest) -> None:
    with locked(open_workspace(workspace)), pytest.raises(SignaalError) as caught:
        ingest_with(workspace)
    assert caught.value.code is Code.BUSY


def test_paths_outside_the_inbox_are_taken_where_they_are(
    workspace: Path, ingest_with: Ingest, tmp_path: Path
) -> None:
    note = tmp_path / "notitie.txt"
    note.write_text("De bewoners willen meer licht in de straat en een plek voor de jeugd.")
    code, report = ingest_with(workspace, note)
    assert (code, by_state(report)) == (Exit.DONE, {State.LOADED: 1})
    assert note.exists()
    assert note in [file.path for file in commands._inbox(open_workspace(workspace))]


def test_a_store_that_is_open_elsewhere_is_waited_for(workspace: Path, ingest_with: Ingest) -> None:
    hold = (
        "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(4)"
    )
    store = workspace / "store" / "signaal.duckdb"
    ingest_with(workspace)
    (workspace / "inbox" / "nieuw.txt").write_text("De bewoners willen een bankje bij de bushalte.")
    with subprocess.Popen([sys.executable, "-c", hold, str(store)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        _, report = ingest_with(workspace)
    assert by_state(report)[State.LOADED] == 1


def test_prefect_keeps_a_summary_of_the_run(workspace: Path, ingest_with: Ingest) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

    _, report = ingest_with(workspace)
    names = [f"ingest {report.run_id}", *(f"file {file.label}" for file in report.files)]
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=names)))
        runs = {run.name for run in found}
        artifacts = client._client.post("/artifacts/filter", json={"limit": 200}).json()
    assert runs == set(names)
    assert any("files loaded" in artifact["data"] for artifact in artifacts)
