"""Fixtures for the whole suite; what is slow to make is made once."""

import os
from pathlib import Path

import pytest

from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine

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


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a test that is skipped has failed: everything that it needs is to be there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
