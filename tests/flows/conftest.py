"""One Prefect server for all tests of flows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.inboxes import Ingest

from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.text.engine import TextEngine
from signaal.flows.environment import DEFAULTS, SILENT
from signaal.flows.exits import Exit
from signaal.schemas.report import RunReport


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[dict[str, str]]:
    """The environment in which a flow talks to a server that is there for the whole session."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SILENT, **DEFAULTS}.items():
            patch.setenv(name, value)
        from prefect.settings import PREFECT_API_URL
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield {"PREFECT_API_URL": PREFECT_API_URL.value()}


@pytest.fixture
def ingest_with(
    prefect_server: dict[str, str], engine: TextEngine, monkeypatch: pytest.MonkeyPatch
) -> Ingest:
    """Takes in the inbox of a workspace, or some paths, with the engine of the session; gives the report."""
    from signaal.flows import commands, session
    from signaal.validation.report import read_latest

    monkeypatch.setattr(session, "_load_engine", lambda _, keys: Anonymiser(engine, keys))

    def ingest(workspace: Path, *paths: Path) -> tuple[Exit, RunReport]:
        code = commands.ingest(workspace, list(paths))
        report = read_latest(workspace / "reports")
        assert report is not None
        return code, report

    return ingest
