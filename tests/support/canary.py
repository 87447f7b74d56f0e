"""Searches everything that a run left for strings that it must not have left."""

import base64
import gzip
import html
import io
import json
import sqlite3
import sys
import unicodedata
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import numpy as np

WINDOW = 4


def encodings(text: str) -> Iterator[bytes]:
    """The ways in which a program may have written a text, in lower case as far as ASCII goes."""
    composed = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    for spelling in {case(form) for form in composed for case in (str, str.lower, str.upper)}:
        yield from (spelling.encode(code).lower() for code in ("utf-8", "utf-16-le", "utf-16-be"))
        yield spelling.encode("cp1252", "ignore").lower()
        yield json.dumps(spelling)[1:-1].encode().lower()
        yield html.escape(spelling).encode().lower()
        yield urllib.parse.quote(spelling).encode().lower()
        yield urllib.parse.quote_plus(spelling).encode().lower()


def base64_cores(data: bytes) -> Iterator[bytes]:
    """The letters that base64 of any text around this one is sure to hold, for each alignment."""
    for shift in range(3):
        core = base64.b64encode(b"\0" * shift + data)
        start, end = -(-shift * 8 // 6), len(core) - 4
        if end - start >= 8:
            yield core[start:end]


def files_of(root: Path, *, but: Iterable[Path]) -> Iterator[Path]:
    """Every file under a folder, hidden ones too, except those in some folders."""
    spared = [path.resolve() for path in but]
    for path in sorted(root.rglob("*")):
        if path.is_file() and not any(path.resolve().is_relative_to(folder) for folder in spared):
            yield path


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what is in it where it is an archive or a database."""
    data = path.read_bytes()
    yield data
    yield str(path.name).encode()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    if data[:15] == b"SQLite format 3":
        yield from sqlite_rows(path)
    if path.suffix == ".duckdb":
        yield from duckdb_rows(path)
    if path.suffix == ".parquet":
        rows = duckdb.read_parquet(str(path)).fetchall()
        yield repr(rows).encode()


def sqlite_rows(path: Path) -> Iterator[bytes]:
    """Every row of every table, as text and, where it is bytes, as it stands."""
    with sqlite3.connect(path) as database:
        names = [row[0] for row in database.execute("select name from sqlite_master where type = 'table'")]
        for name in names:
            for row in database.execute(f'select * from "{name}"'):  # noqa: S608 - names of the file itself
                yield " ".join(str(cell) for cell in row).encode()
                yield from (cell for cell in row if isinstance(cell, bytes))
    database.close()


def duckdb_rows(path: Path) -> Iterator[bytes]:
    """Every row of every table, as text."""
    with duckdb.connect(str(path), read_only=True) as database:
        for (name,) in database.execute("select table_name from duckdb_tables()").fetchall():
            for row in database.execute(f'select * from "{name}"').fetchall():  # noqa: S608 - as above
                yield " ".join(map(str, row)).encode()


def leaks(
    root: Path, planted: Iterable[str], *, but: Iterable[Path] = (), also: Iterable[bytes] = ()
) -> list[str]:
    """Each planted string that was found, and in which file; ``also`` holds output that is in no file."""
    search = Search(planted)
    found = {
        f"{text!r} in {name}" for name, data in _everything(root, but, also) for text in search.found_in(data)
    }
    return sorted(found)


class Search:
    """Many strings, each in many encodings, searched for in any number of files."""

    def __init__(self, planted: Iterable[str]) -> None:
        self._forms = [
            (form, text) for text in planted for form in set(encodings(text)) if len(form) >= WINDOW
        ]
        self._base64 = [(core, text) for text in planted for core in base64_cores(text.encode())]

    def found_in(self, data: bytes) -> set[str]:
        """The strings that are in these bytes."""
        folded = data.lower()
        return {text for form, text in _possible(self._forms, folded) if form in folded} | {
            text for core, text in _possible(self._base64, data) if core in data
        }


def _possible(forms: list[tuple[bytes, str]], data: bytes) -> list[tuple[bytes, str]]:
    """The forms whose first and last four bytes stand somewhere in the data: the others cannot be in it."""
    if len(data) < WINDOW or not forms:
        return []
    cut = [np.frombuffer(data[shift:], np.uint32, (len(data) - shift) // WINDOW) for shift in range(WINDOW)]
    windows = np.unique(np.concatenate(cut))
    first = np.array([int.from_bytes(form[:WINDOW], sys.byteorder) for form, _ in forms], np.uint32)
    last = np.array([int.from_bytes(form[-WINDOW:], sys.byteorder) for form, _ in forms], np.uint32)
    both = np.isin(first, windows) & np.isin(last, windows)
    return [forms[place] for place in np.flatnonzero(both)]


def _everything(root: Path, but: Iterable[Path], also: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    for path in files_of(root, but=but):
        yield str(path.relative_to(root)), b"\n".join(contents(path))
    yield "output", b"\n".join(also)
