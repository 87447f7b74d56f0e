"""A workspace: settings, key, inbox, declarations, store and reports of one project."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from signaal.schemas.errors import Code, ConfigurationError, SignaalError
from signaal.schemas.settings import SETTINGS_FILE, Settings

PLACES = ".places"
MOST_PLACES = 20
HIERARCHIES = "hierarchies"
"""Folder in that of the declarations with hierarchies of the project's own."""
TEMPLATE = Path(__file__).parent / "signaal.toml"


def open_settings(workspace: Path | None) -> Settings:
    """The settings of a workspace: the one given, else ``SIGNAAL_WORKSPACE``, else ``./workspace``.

    Raises:
        ConfigurationError: a setting that does not exist or has a value that it can't have.
    """
    try:
        return Settings(workspace=workspace) if workspace else Settings()
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, each["loc"])) + f" ({each['type']})" for each in error.errors())
    except (SettingsError, ValueError, OSError):
        wrong = "the file is no TOML"
    raise ConfigurationError(f"settings in {SETTINGS_FILE} or SIGNAAL_… are not right: {wrong}; correct them")


def open_workspace(workspace: Path | None) -> Settings:
    """The settings of a workspace that exists.

    Raises:
        ConfigurationError: there is none, or its settings are not right.
    """
    settings = open_settings(workspace)
    if not settings.path(settings.sources).is_dir():
        where = settings.workspace
        raise ConfigurationError(
            f"no workspace in {where}: run `signaal init {where}`, or name one with --workspace"
        )
    return settings


def create_workspace(folder: Path, sources: Path | None) -> Settings:
    """A new workspace with a new key; ``sources`` is a folder of declarations to start with.

    Raises:
        ConfigurationError: there is a workspace already, or no such folder of declarations.
    """
    from signaal.flows.key_commands import make_key

    if sources is not None and not sources.is_dir():
        raise ConfigurationError("the folder given with --sources does not exist: name one with declarations")
    settings = open_settings(folder)
    if settings.path(settings.key_file).exists():
        raise ConfigurationError(f"{folder} is a workspace already: use it, or choose another folder")
    for part in (Path(), settings.inbox, settings.sources, settings.reports, settings.store.parent):
        settings.path(part).mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / SETTINGS_FILE).exists():
        shutil.copyfile(TEMPLATE, folder / SETTINGS_FILE)
    for declaration in sorted(sources.glob("*.y*ml")) if sources else ():
        shutil.copyfile(declaration, settings.path(settings.sources) / declaration.name)
    own = settings.path(settings.sources) / HIERARCHIES
    own.mkdir(mode=0o700, exist_ok=True)
    for hierarchy in sorted((sources / HIERARCHIES).glob("*.*")) if sources else ():
        shutil.copyfile(hierarchy, own / hierarchy.name)
    make_key(settings)  # last: with a key the workspace is complete
    return settings


def remember_places(settings: Settings, paths: Sequence[Path]) -> None:
    """Keeps the folders that files were taken from, so that a file can be found by its label later."""
    folders = [path if path.is_dir() else path.parent for path in paths]
    kept = dict.fromkeys([*(str(folder.absolute()) for folder in folders), *_remembered(settings)])
    (settings.workspace / PLACES).write_text("\n".join(list(kept)[:MOST_PLACES]), encoding="utf-8")


def places(settings: Settings) -> list[Path]:
    """The inbox, and the other folders that files were taken from."""
    others = [Path(place) for place in _remembered(settings)]
    return [settings.path(settings.inbox), *(place for place in others if place.is_dir())]


def _remembered(settings: Settings) -> list[str]:
    file = settings.workspace / PLACES
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Holds the workspace for one run; the lock goes when the process does, however it ends.

    Raises:
        SignaalError: another run holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(settings.workspace / ".lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        busy = True
    else:
        busy = False
    if busy:
        raise SignaalError(Code.BUSY, "another run is busy in this workspace: wait until it has ended")
    try:
        yield
    finally:
        lock.release()
