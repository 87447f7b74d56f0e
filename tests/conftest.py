"""Fixtures for the whole suite; what is slow to make is made once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine
from signaal.flows.environment import DEFAULTS, SILENT
from signaal.flows.exits import Exit
from signaal.schemas.report import RunReport
from support.inboxes import Ingest

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def engine() -> TextEngine:
    """The detection engine with the bundled pipeline."""
    return TextEngine()


@pytest.fixture(scope="session")
def keys() -> Keys:
    """A project key that is no secret."""
    return Keys(b"a key that only the tests do use!"[:32])


@pytest.fixture(scope="session")
def anonymiser(engine: TextEngine, keys: Keys) -> Anonymiser:
    """The engine with that key."""
    return Anonymiser(engine, keys)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference data beside the project."""
    folder = REPOSITORY.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("the reference data is missing: CI needs the folder shared beside the project")
    pytest.skip("needs the reference data in ../shared, which is not here")


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[dict[str, str]]:
    """The environment in which a flow talks to a server that is there for the whole session."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SILENT, **DEFAULTS}.items():
            patch.setenv(name, value)
        from prefect.settings import PREFECT_API_URL
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            address = {"PREFECT_API_URL": PREFECT_API_URL.value()}
            patch.setenv("PREFECT_API_URL", address["PREFECT_API_URL"])
            yield address


@pytest.fixture
def ingest_with(
    prefect_server: dict[str, str], engine: TextEngine, monkeypatch: pytest.MonkeyPatch
) -> Ingest:
    """Takes in the inbox of a workspace, or some paths, with the engine of the session; gives the report."""
    from signaal.flows import commands, session
    from signaal.validation.report import read_latest

    monkeypatch.setattr(
        session, "_load_engine", lambda _, keys, own: Anonymiser(engine, keys, hierarchies=own)
    )

    def ingest(workspace: Path, *paths: Path) -> tuple[Exit, RunReport]:
        code = commands.ingest(workspace, list(paths))
        report = read_latest(workspace / "reports")
        assert report is not None
        return code, report

    return ingest


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a test that is skipped has failed: everything that it needs is to be there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
