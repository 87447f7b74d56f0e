"""A run in which every stage breaks, with exceptions that quote all that was planted.

Run by ``test_canary`` in a process of its own; the workspace comes from the environment.
"""

import sys
from itertools import cycle
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from signaal.flows.cli import app
from signaal.flows.environment import prepare
from signaal.flows.workspace import open_workspace
from support.inboxes import MARKDOWN_NOTE, PLANTED, TEXT_NOTE

settings = open_workspace(None)
prepare(settings)
from signaal.anonymise.anonymise import Anonymiser  # noqa: E402
from signaal.flows import stages  # noqa: E402
from signaal.store.duckdb_store import DuckDBStore  # noqa: E402

REAL = Anonymiser.anonymise
turn = cycle(range(3))


def explode(*_: object, **__: object) -> None:
    """Raises an exception with a cause, a context, notes, and data that hangs on it."""
    said = " ".join(PLANTED)
    try:
        raise KeyError(said)
    except KeyError as cause:
        error = ValueError(f"could not deal with {said}")
        error.add_note(said)
        error.frame = pd.DataFrame({"text": PLANTED})  # type: ignore[attr-defined]
        raise error from cause


def sometimes(self: Anonymiser, batch: object) -> object:
    return explode() if next(turn) == 0 else REAL(self, batch)  # type: ignore[arg-type]


for number in range(3):
    settings.path(settings.inbox).joinpath(f"nieuw-{number}.txt").write_text(f"{TEXT_NOTE} nummer {number}")
    settings.path(settings.inbox).joinpath(f"nieuw-{number}.md").write_text(
        f"{MARKDOWN_NOTE} nummer {number}"
    )
Anonymiser.anonymise = sometimes  # type: ignore[method-assign, assignment]
REAL_VALIDATE = stages.validate
turn_of_validation = cycle(range(2))
stages.validate = lambda batch: explode() if next(turn_of_validation) else REAL_VALIDATE(batch)  # type: ignore[assignment]
DuckDBStore.load = explode  # type: ignore[method-assign, assignment]
app(["ingest"])
