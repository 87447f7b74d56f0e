"""One Prefect server for all tests of flows."""

from collections.abc import Iterator

import pytest

from signaal.flows.environment import DEFAULTS, SILENT


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
