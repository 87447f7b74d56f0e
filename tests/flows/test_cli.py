"""The command line: exit codes, one clear line for an error, no traceback unless asked for."""

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from signaal.flows.cli import app
from signaal.schemas.declaration import Declaration
from support.inboxes import MARKDOWN_NOTE, Ingest, fill, make_workspace


def signaal(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "workspace")


def test_init_makes_a_workspace_that_only_its_owner_can_read(tmp_path: Path) -> None:
    done = signaal("init", tmp_path / "new")
    assert done.exit_code == 0
    found = {path.name for path in (tmp_path / "new").iterdir()}
    assert {"signaal.toml", "project.key", "inbox", "sources"} <= found
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "project.key").stat().st_mode) == 0o600


def test_init_takes_declarations_to_start_with(tmp_path: Path, workspace: Path) -> None:
    assert signaal("init", tmp_path / "new", "--sources", workspace / "sources").exit_code == 0
    assert (tmp_path / "new" / "sources" / "enquete.yaml").exists()


def test_init_leaves_a_workspace_that_is_there_alone(workspace: Path) -> None:
    key = (workspace / "project.key").read_bytes()
    done = signaal("init", workspace)
    assert done.exit_code == 2
    assert (workspace / "project.key").read_bytes() == key


def test_two_workspaces_have_different_keys(tmp_path: Path) -> None:
    signaal("init", tmp_path / "one")
    signaal("init", tmp_path / "other")
    assert (tmp_path / "one" / "project.key").read_bytes() != (
        tmp_path / "other" / "project.key"
    ).read_bytes()


@pytest.mark.parametrize("command", ["ingest", "status", "report", "export"])
def test_without_a_workspace_every_command_says_what_to_do(tmp_path: Path, command: str) -> None:
    done = signaal(command, "--workspace", tmp_path / "none")
    assert done.exit_code == 2
    (line,) = done.stderr.strip().splitlines()
    assert "signaal init" in line


@pytest.mark.parametrize("command", ["report", "export"])
def test_before_the_first_run_there_is_nothing_to_show(workspace: Path, command: str) -> None:
    done = signaal(command, "--workspace", workspace)
    assert done.exit_code == 2
    assert "signaal ingest" in done.stderr


def test_a_wrong_setting_is_named_without_its_value(workspace: Path) -> None:
    (workspace / "signaal.toml").write_text('score_threshold = "geheim-9f3"\nkleur = 1\n')
    done = signaal("status", "--workspace", workspace)
    assert done.exit_code == 2
    assert "score_threshold" in done.stderr
    assert "geheim-9f3" not in done.stderr


def test_a_wrong_declaration_is_named_with_its_field(workspace: Path) -> None:
    (workspace / "sources" / "fout.yaml").write_text("name: fout\nkind: survey\nfiles: ['*.csv']\n")
    done = signaal("ingest", "--workspace", workspace)
    assert done.exit_code == 2
    assert "fout.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_path_that_is_not_there_is_a_configuration_error(workspace: Path, tmp_path: Path) -> None:
    done = signaal("ingest", tmp_path / "weg", "--workspace", workspace)
    assert done.exit_code == 2
    assert "argument 1" in done.stderr


def test_status_tells_which_id_is_which_file(workspace: Path) -> None:
    fill(workspace / "inbox")
    done = signaal("status", "--workspace", workspace)
    assert done.exit_code == 0
    assert "inloop.md" in done.stdout


def test_propose_takes_a_path_or_the_id_of_a_report(workspace: Path) -> None:
    fill(workspace / "inbox")
    by_path = signaal("propose", workspace / "inbox" / "enquete.csv", "--workspace", workspace)
    assert by_path.exit_code == 0
    shown = signaal("status", "--workspace", workspace).stdout.splitlines()
    (label,) = [line.split()[1] for line in shown if "enquete.csv" in line]
    by_id = signaal("propose", label, "--workspace", workspace)
    assert by_id.stdout == by_path.stdout
    import yaml

    proposed = Declaration.model_validate(yaml.safe_load(by_path.stdout))
    assert proposed.columns["Naam"].role == "direct_identifier"
    assert proposed.columns["Opmerking"].role == "free_text"


def test_propose_of_a_file_without_headings_asks_for_them(workspace: Path) -> None:
    fill(workspace / "inbox")
    done = signaal("propose", workspace / "inbox" / "los.csv", "--workspace", workspace)
    assert done.exit_code == 3
    assert "Terpstra" not in done.stdout + done.stderr


def test_detect_gives_offsets_of_the_input_and_the_anonymised_text(tmp_path: Path) -> None:
    text = "Bel 06-48291735 of mail zehra@voorbeeld.nl. 🌹 Ze is é́én keer geweest."
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        json.dumps({"id": "a", "text": text}) + "\n\n" + json.dumps({"id": 2, "text": ""}) + "\n"
    )
    done = signaal("detect", source, target, "--workspace", tmp_path / "none")
    assert done.exit_code == 0
    first, second = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    found = {span["entity_type"]: text[span["start"] : span["end"]] for span in first["spans"]}
    assert found["PHONE_NUMBER"] == "06-48291735"
    assert found["EMAIL_ADDRESS"] == "zehra@voorbeeld.nl"
    assert first["text"].startswith("Bel [TELEFOON] of mail [E-MAIL]")
    assert set(first["spans"][0]) == {"start", "end", "entity_type", "score", "recognizer"}
    assert (second["id"], second["text"], second["spans"]) == (2, "", [])


@pytest.mark.parametrize("line", ["{", '{"id": 1}', '"text"', '{"id": 1, "text": 5}'])
def test_detect_names_the_line_that_is_wrong_and_writes_nothing(tmp_path: Path, line: str) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f'{{"id": 1, "text": "goed"}}\n{line}\n')
    done = signaal("detect", source, target, "--workspace", tmp_path / "none")
    assert done.exit_code == 3
    assert "line 2" in done.stderr
    assert list(tmp_path.iterdir()) == [source]


def test_export_writes_every_table_with_its_codebook(
    workspace: Path, ingest_with: Ingest, tmp_path: Path
) -> None:
    (workspace / "inbox" / "inloop.md").write_text(MARKDOWN_NOTE, encoding="utf-8")
    ingest_with(workspace)
    done = signaal("export", "--workspace", workspace, "--to", tmp_path / "uit", "--format", "csv")
    assert done.exit_code == 0
    assert {"signal.csv", "codebook.csv"} <= {path.name for path in (tmp_path / "uit").iterdir()}
    assert signaal("export", "--workspace", workspace, "--format", "doc").exit_code == 2


def test_report_gives_the_page_of_the_last_run(workspace: Path, ingest_with: Ingest) -> None:
    (workspace / "inbox" / "inloop.md").write_text(MARKDOWN_NOTE, encoding="utf-8")
    ingest_with(workspace)
    done = signaal("report", "--workspace", workspace)
    assert done.exit_code == 0
    assert "<html" in Path(done.stdout.strip()).read_text(encoding="utf-8")
