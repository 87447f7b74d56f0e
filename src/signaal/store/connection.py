"""Short connections to the DuckDB file, and errors of it that quote nothing.

DuckDB lets one process write, or several read. Each operation therefore opens the file and closes it
again, so that a researcher can read between two loads.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import duckdb

from signaal.schemas.errors import Code, SignaalError
from signaal.store.interface import StoreBusyError
from signaal.store.tables import check_version, create_tables

T = TypeVar("T")
Work = Callable[[duckdb.DuckDBPyConnection], T]

# Nothing is spilled to disk, fetched from the network, or read from variables of the program.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}

_ONE_AT_A_TIME = threading.RLock()  # the umask belongs to the process, and so do DuckDB's settings

_BUSY = "the store is open in another program; close it there and run again"
_SENTENCES = (
    ("no space left", "the disk of the store is full: make room and run again"),
    ("out of memory", "the batch is too large for this machine's memory: split its file"),
    ("not a valid duckdb", "the store is damaged, or no DuckDB file: put a backup back"),
    ("newer version of duckdb", "the store was written by a newer DuckDB: upgrade signaal"),
    ("permission denied", "the store cannot be opened: check the rights on its folder"),
    ("read-only file system", "the store is on a disk that cannot be written: check its folder"),
)
_BUSY_SIGNS = ("could not set lock", "conflicting lock", "different configuration", "used by another process")


def write(path: Path, work: Work[T]) -> T:
    """Does work in one transaction on the store, which is made first where there is none.

    Raises:
        SignaalError: anything went wrong; nothing was changed then.
    """
    return _settle(lambda: _transact(path, work, read_only=False))


def read(path: Path, work: Work[T], nothing: T) -> T:
    """Does work that only reads, on one state of the store; ``nothing`` where there is no store.

    Raises:
        SignaalError: the store cannot be read.
    """
    return _settle(lambda: _transact(path, work, read_only=True) if path.exists() else nothing)


def _settle(operation: Callable[[], T]) -> T:
    """Raises what was caught only here, out of reach of the original error, which may quote values."""
    done: list[T] = []
    problem: SignaalError | None = None
    with _ONE_AT_A_TIME:
        try:
            done.append(operation())
        except SignaalError as error:
            problem = error.with_traceback(None)
        except Exception as error:  # whatever it is, its words must not get out
            problem = safe_error(error)
    if problem is not None:
        problem.__cause__ = problem.__context__ = None
        raise problem from None
    return done[0]


def _transact(path: Path, work: Work[T], read_only: bool) -> T:
    with private_files():
        if not read_only and not path.exists():
            _create(path)
        connection = duckdb.connect(path, read_only=read_only, config=SETTINGS)
        try:
            check_version(connection)
            connection.execute("BEGIN")
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                connection.execute("ROLLBACK")
            raise
        else:
            return result
        finally:
            connection.close()


def _create(path: Path) -> None:
    """Makes an empty store under another name first: a file that is half made could not be opened."""
    if path.with_name(f"{path.name}.wal").exists():
        raise SignaalError(Code.STORE, "the store is gone but its .wal file is there: put a backup back")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{path.name}.new")
    for left_over in (fresh, fresh.with_name(f"{fresh.name}.wal")):
        left_over.unlink(missing_ok=True)
    connection = duckdb.connect(fresh, config=SETTINGS)
    try:
        create_tables(connection)
    finally:
        connection.close()
    fresh.replace(path)


@contextmanager
def private_files() -> Iterator[None]:
    """Files that are made meanwhile, by DuckDB too, are readable by their owner alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def safe_error(error: Exception) -> SignaalError:
    """A sentence for an error whose own words may quote cells; only its kind is kept."""
    words = str(error).lower()
    if any(sign in words for sign in _BUSY_SIGNS):
        return StoreBusyError(Code.STORE, _BUSY)
    for sign, sentence in _SENTENCES:
        if sign in words:
            return SignaalError(Code.STORE, sentence)
    kind = type(error).__name__
    return SignaalError(Code.STORE, f"the store could not do its work ({kind}); nothing of it was kept")
