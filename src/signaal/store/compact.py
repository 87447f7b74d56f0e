"""Writes a store anew, without the free blocks in which what was replaced still stands."""

import os
from pathlib import Path

import duckdb

from signaal.schemas.errors import SignaalError
from signaal.store.connection import SETTINGS, private_files, safe_error
from signaal.store.tables import quoted


def compact(path: Path) -> None:
    """Puts a copy in the place of a DuckDB file, at once; nothing happens where there is none.

    Raises:
        SignaalError: it could not be written, or another program has it open; it is as it was then.
    """
    if not path.exists():
        return
    problem: SignaalError | None = None
    try:
        with private_files():
            _copy(path)
    except Exception as error:  # whatever it is, its words must not get out
        problem = error.with_traceback(None) if isinstance(error, SignaalError) else safe_error(error)
    if problem is not None:
        problem.__cause__ = problem.__context__ = None
        raise problem from None


def _copy(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.new")
    left_over = (fresh, fresh.with_name(f"{fresh.name}.wal"))
    for file in left_over:
        file.unlink(missing_ok=True)
    try:
        _write_anew(path, fresh)
        _settle(fresh)
        fresh.replace(path)
        _settle(path.parent)
    finally:
        for file in left_over:
            file.unlink(missing_ok=True)


def _write_anew(path: Path, fresh: Path) -> None:
    # Opened to read and write, so that DuckDB lets nobody else in meanwhile.
    connection = duckdb.connect(path, config=SETTINGS)
    try:
        now = connection.execute("SELECT current_database()").fetchone() or ("",)
        connection.execute(f"ATTACH {_text(str(fresh))} AS fresh")
        connection.execute(f"COPY FROM DATABASE {quoted(now[0])} TO fresh")
        connection.execute("DETACH fresh")
    finally:
        connection.close()


def _settle(path: Path) -> None:
    """Waits until the disk has a file, or knows which files are in a folder."""
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
