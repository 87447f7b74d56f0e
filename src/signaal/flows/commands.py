"""What each command does, once its arguments are understood."""

import asyncio
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from signaal.flows.environment import prepare
from signaal.flows.exits import Exit
from signaal.flows.progress import FileProgress
from signaal.flows.summary import ASK_A_PERSON, show_inbox, show_run, show_store
from signaal.flows.workspace import open_settings, open_workspace, places, remember_places
from signaal.schemas.batch import InboxFile
from signaal.schemas.errors import Code, ConfigurationError, FileNotTakenError
from signaal.schemas.report import RunReport, State
from signaal.schemas.settings import Settings

if TYPE_CHECKING:
    from signaal.anonymise.pseudonyms import Keys

RUNS_SHOWN = 5


def ingest(workspace: Path | None, paths: Sequence[Path]) -> Exit:
    """Runs the flow over these paths or the inbox, and shows what it did."""
    settings = open_workspace(workspace)
    prepare(settings)  # before Prefect is imported
    from signaal.flows.session import open_session

    remember_places(settings, paths)
    console = Console()
    with open_session(settings, paths) as session, FileProgress(len(session.files)) as progress:
        from signaal.flows.ingest import ingest as flow

        session.on_file = progress.advance
        session.server.wait()
        report: RunReport = asyncio.run(flow(session.run_id))
        names = {file.label: file.name for file in session.files.values()} if console.is_terminal else {}
    page = settings.path(settings.reports) / f"{report.run_id}.html"
    show_run(console, report, names, settings.path(settings.store), page)
    if report.in_state(State.FAILED):
        return Exit.FAILED
    return Exit.WAITS if report.in_state(*ASK_A_PERSON) else Exit.DONE


def propose(workspace: Path | None, file: str) -> str:
    """A declaration for a file, given by its path or by its id in the inbox."""
    from signaal.anonymise.propose import propose as declaration_for
    from signaal.intake.parse import read_table
    from signaal.intake.snapshot import take

    path = Path(file)
    settings = open_settings(workspace)
    if not path.exists():
        path = _by_id(open_workspace(workspace), file)
    taken = take(InboxFile(path, path.name, "the file"), settings.max_file_bytes)
    return declaration_for(read_table(taken, settings.max_text_characters), path.name)


def detect(workspace: Path | None, source: Path, target: Path) -> Exit:
    """Detects personal data in a file of JSON lines."""
    settings = open_settings(workspace)
    prepare(settings)
    from signaal.anonymise.anonymise import Anonymiser
    from signaal.anonymise.text.engine import open_engine
    from signaal.anonymise.text.operators.replacement import read_replacements
    from signaal.flows.detect import detect_file

    anonymiser = Anonymiser(open_engine(settings), _keys_or_new(settings), read_replacements(settings))
    lines, failed = detect_file(source, target, anonymiser)
    print(f"{lines} texts, detection failed for {failed}; written to {target}", file=sys.stderr)
    return Exit.WAITS if failed else Exit.DONE


def explain(workspace: Path | None, given: str) -> Exit:
    """Shows one text with what was found in it, on the terminal and nowhere else."""
    settings = open_settings(workspace)
    prepare(settings)
    from signaal.anonymise.text.engine import open_engine
    from signaal.anonymise.text.operators.replacement import read_replacements
    from signaal.flows.explain import explained, read_text, show

    text = read_text(given, sys.stdin.buffer, settings.max_text_characters)
    replacements = read_replacements(settings)
    found = explained(text, open_engine(settings), _keys_or_new(settings), replacements)
    if found is None:
        print("detection failed: a record with this text would be held", file=sys.stderr)
        return Exit.WAITS
    show(Console(), text, found)
    return Exit.DONE


def status(workspace: Path | None) -> None:
    """Shows the last runs, what the store holds, and which file in the inbox has which id."""
    from signaal.store import open_store

    settings = open_workspace(workspace)
    console = Console()
    if settings.path(settings.store).exists():
        store = open_store(settings.path(settings.store))
        show_store(console, store.last_runs(RUNS_SHOWN), store.counts())
    else:
        console.print("nothing was run in this workspace yet: `signaal ingest` does")
    show_inbox(console, [(file.label, file.name) for file in _inbox(settings)])


def report(workspace: Path | None) -> Path:
    """The path of the last run's report.

    Raises:
        ConfigurationError: there is none yet.
    """
    settings = open_workspace(workspace)
    page = settings.path(settings.reports) / "laatste.html"
    if not page.exists():
        raise ConfigurationError("there is no report yet: run `signaal ingest`")
    return page


def export(workspace: Path | None, to: Path | None, formats: Sequence[str]) -> list[Path]:
    """Writes the store's tables to files.

    Raises:
        ConfigurationError: there is no store yet, or a format that is none.
    """
    from signaal.store import open_store
    from signaal.store.interface import ExportFormat

    settings = open_workspace(workspace)
    prepare(settings)
    known = [form.value for form in ExportFormat]
    if unknown := [form for form in formats if form not in known]:
        raise ConfigurationError(f"{unknown[0]} is no format: give {' or '.join(known)}")
    if not settings.path(settings.store).exists():
        raise ConfigurationError("there is no store yet: run `signaal ingest`")
    folder = to or settings.path(settings.exports)
    return open_store(settings.path(settings.store)).export(folder, [ExportFormat(form) for form in formats])


def _keys_or_new(settings: Settings) -> "Keys":
    """The project's keys, or new ones that are forgotten afterwards where there is no project."""
    from signaal.anonymise.pseudonyms import KEY_BYTES, Keys
    from signaal.flows.key_commands import current_keys

    if settings.key is None and not settings.path(settings.key_file).exists():
        print("no project key: pseudonyms hold within this output only", file=sys.stderr)
        return Keys(secrets.token_bytes(KEY_BYTES))
    return current_keys(settings)


def _inbox(settings: Settings) -> list[InboxFile]:
    """The files in the inbox, and in other folders that files were taken from."""
    from signaal.flows.key_commands import current_keys
    from signaal.intake.discover import FILE_ID_DIGITS, discover

    return discover(places(settings), current_keys(settings).hash_of(FILE_ID_DIGITS))


def _by_id(settings: Settings, label: str) -> Path:
    for file in _inbox(settings):
        if label in {file.label, file.file_id}:
            return file.path
    raise FileNotTakenError(
        Code.UNREADABLE, "there is no such file: give a path, or an id that `signaal status` shows"
    )
