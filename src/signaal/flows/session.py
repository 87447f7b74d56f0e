"""What one run works with, kept in memory and known to Prefect by the run's id only."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from signaal.anonymise.pseudonyms import Keys, read_keys
from signaal.anonymise.table.hierarchies import Hierarchy, load_hierarchies
from signaal.anonymise.table.levels import check_declared
from signaal.anonymise.text.operators.replacement import read_replacements
from signaal.flows.key_commands import settle
from signaal.flows.server import TemporaryServer
from signaal.flows.workspace import HIERARCHIES, locked
from signaal.intake.discover import FILE_ID_DIGITS, discover
from signaal.intake.sources import load_declarations
from signaal.schemas.batch import InboxFile
from signaal.schemas.declaration import Declaration
from signaal.schemas.report import FileReport
from signaal.schemas.settings import Settings
from signaal.store import open_store
from signaal.store.interface import Store

if TYPE_CHECKING:
    from signaal.anonymise.anonymise import Anonymiser


@dataclass(repr=False)
class Session:
    """The open workspace of one run.

    ``files`` are by their label, the only name that Prefect, the store and the report see.
    ``on_file`` is called with what became of each file, as it happens.
    """

    run_id: str
    started: datetime
    settings: Settings
    keys: Keys
    declarations: tuple[Declaration, ...]
    files: dict[str, InboxFile]
    store: Store
    server: TemporaryServer
    loading: "Future[Anonymiser]"
    on_file: Callable[[FileReport], None] = field(default=lambda _: None)

    @property
    def anonymiser(self) -> "Anonymiser":
        """The engine with the project's keys; waits until it is loaded."""
        return self.loading.result()


_sessions: dict[str, Session] = {}


def session_of(run_id: str) -> Session:
    """The open session of a run.

    Raises:
        KeyError: the run is not of this process.
    """
    return _sessions[run_id]


@contextmanager
def open_session(settings: Settings, paths: Sequence[Path] = ()) -> Iterator[Session]:
    """A session over the files at these paths, or in the inbox, with the workspace locked meanwhile.

    Prefect's server starts in a process of its own, unless one is configured; the engine is loaded
    beside it. Prefect is to be imported within the session: its address is known then.

    Raises:
        ConfigurationError: settings, key, declarations, replacements or a path are not in order.
        SignaalError: another run is busy in this workspace.
    """
    declarations = load_declarations(settings.path(settings.sources))
    hierarchies = load_hierarchies(settings.path(settings.sources) / HIERARCHIES)
    # What is wrong is told of before anything starts.
    read_replacements(settings)
    for declaration in declarations:
        check_declared(declaration, hierarchies)
    started = datetime.now(UTC)
    with locked(settings):
        settle(settings)
        keys = read_keys(settings)
        files = discover(paths or [settings.path(settings.inbox)], keys.hash_of(FILE_ID_DIGITS))
        with TemporaryServer() as server, ThreadPoolExecutor(max_workers=1) as loader:
            session = Session(
                run_id=f"{started:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}",
                started=started,
                settings=settings,
                keys=keys,
                declarations=declarations,
                files={file.label: file for file in files},
                store=open_store(settings.path(settings.store)),
                server=server,
                loading=loader.submit(_load_engine, settings, keys, hierarchies),
            )
            _sessions[session.run_id] = session
            try:
                yield session
            finally:
                del _sessions[session.run_id]


def _load_engine(settings: Settings, keys: Keys, hierarchies: Mapping[str, Hierarchy]) -> "Anonymiser":
    # Imported here, in the loader's thread: it takes as long as Prefect's server does to start.
    from signaal.anonymise.anonymise import Anonymiser
    from signaal.anonymise.text.engine import open_engine
    from signaal.validation.validate import warm_up

    anonymiser = Anonymiser(open_engine(settings), keys, read_replacements(settings), hierarchies)
    warm_up()
    return anonymiser
