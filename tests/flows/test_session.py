"""What a session makes of the settings."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.hierarchies import load_hierarchies
from signaal.anonymise.text.engine import TextEngine
from signaal.flows import session
from signaal.flows.cli import app
from signaal.schemas.settings import Settings
from support.inboxes import make_workspace


def test_the_engine_of_a_run_replaces_as_the_project_chose(
    tmp_path: Path, engine: TextEngine, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaal.anonymise.text.engine.open_engine", lambda _: engine)
    (tmp_path / "eigen.yaml").write_text("NL_POSTCODE: {how: generalised}\n")
    settings = Settings(workspace=tmp_path, replacements=Path("eigen.yaml"))
    (clean,) = session._load_engine(settings, keys, load_hierarchies()).clean(["Ze woont in 3011 AB."])
    assert clean.text is not None
    assert "[postcode 30..]" in clean.text


def test_a_run_with_wrong_replacements_does_not_start(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    with (workspace / "signaal.toml").open("a") as file:
        file.write('\nreplacements = "eigen.yaml"\n')
    done = CliRunner().invoke(app, ["ingest", "--workspace", str(workspace)])
    assert done.exit_code == 2
    assert "eigen.yaml" in done.stderr
