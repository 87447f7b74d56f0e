"""Searches everything that a run left for strings that it must not have left."""

import base64
import gzip
import html
import io
import json
import sqlite3
import unicodedata
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb


def encodings(text: str) -> Iterator[bytes]:
    """The ways in which a program may have written a text."""
    for form in {text, unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)}:
        for spelling in {form, form.casefold(), form.upper()}:
            yield from (spelling.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
            yield spelling.encode("cp1252", "ignore")
            yield json.dumps(spelling)[1:-1].encode()
            yield html.escape(spelling).encode()
            yield urllib.parse.quote(spelling).encode()
            yield urllib.parse.quote_plus(spelling).encode()
            yield from base64_cores(spelling.encode())


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
    wanted = {text: tuple(encodings(text)) for text in planted}
    found = []
    for name, data in _everything(root, but, also):
        folded = data.lower()
        for text, forms in wanted.items():
            if any(form in data or form in folded for form in forms if len(form) >= 4):
                found.append(f"{text!r} in {name}")
    return sorted(set(found))


def _everything(root: Path, but: Iterable[Path], also: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    for path in files_of(root, but=but):
        for data in contents(path):
            yield str(path.relative_to(root)), data
    for data in also:
        yield "output", data
