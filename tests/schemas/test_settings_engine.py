"""What reads the texts, in the settings of a workspace."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from signaal.schemas.settings import Settings


def test_the_bundled_pipeline_reads_unless_said_otherwise(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path)
    assert (settings.engine, settings.model) == ("spacy", None)


def test_the_file_names_the_engine_and_its_model(tmp_path: Path) -> None:
    (tmp_path / "signaal.toml").write_text('engine = "gliner"\nmodel = "models/gliner"\n')
    settings = Settings(workspace=tmp_path)
    assert (settings.engine, settings.model) == ("gliner", Path("models/gliner"))


def test_an_engine_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNAAL_ENGINE", "crystal ball")
    with pytest.raises(ValidationError, match="engine"):
        Settings(workspace=tmp_path)
