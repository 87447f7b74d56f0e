"""What is set before a run, in a process of its own, as it stays set."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.inboxes import make_workspace

PROBE = """
import json, os, resource, sys
from pathlib import Path
from signaal.flows.environment import prepare
from signaal.flows.workspace import open_workspace
prepare(open_workspace(Path(sys.argv[1])))
print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), dict(os.environ), sorted(sys.modules)]))
"""


@pytest.fixture
def prepared(tmp_path: Path) -> tuple[list[int], dict[str, str], list[str]]:
    """Limit of core dumps, environment and loaded modules of a process that is ready for a run."""
    workspace = make_workspace(tmp_path / "workspace")
    surroundings = {
        "PATH": "/usr/bin",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "true",
        "PREFECT_LOGGING_LEVEL": "INFO",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROBE, workspace], env=surroundings, capture_output=True, check=True
    )
    limit, environment, modules = json.loads(done.stdout)
    return limit, environment, modules


def test_a_crash_leaves_no_image_of_the_memory(prepared: tuple[list[int], dict[str, str], list[str]]) -> None:
    assert prepared[0] == [0, 0]


def test_nothing_is_told_to_anybody_whatever_was_set(
    prepared: tuple[list[int], dict[str, str], list[str]],
) -> None:
    environment = prepared[1]
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert (environment["DO_NOT_TRACK"], environment["GX_ANALYTICS_ENABLED"]) == ("1", "false")


def test_an_administrators_choice_of_what_is_no_secret_stays(
    prepared: tuple[list[int], dict[str, str], list[str]],
) -> None:
    assert prepared[1]["PREFECT_LOGGING_LEVEL"] == "INFO"
    assert prepared[1]["PREFECT_HOME"].endswith("workspace/prefect")


def test_prefect_is_not_imported_before(prepared: tuple[list[int], dict[str, str], list[str]]) -> None:
    assert not {"prefect", "great_expectations", "spacy"} & set(prepared[2])
