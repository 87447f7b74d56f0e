"""The search itself finds what it should: a canary test that can't fail would be worth nothing."""

import base64
import gzip
import json
import sqlite3
import zipfile
from pathlib import Path

import duckdb
import pytest

from support.canary import leaks

NAME = "Żaneta Wójcik-Özdemir"


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", f"hallo {NAME}")


def in_sqlite(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("create table t (x text, y blob)")
        database.execute("insert into t values ('', ?)", [f"x{NAME}".encode("utf-16-le")])
    database.close()


def in_duckdb(path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.execute("create table t (x text)")
        database.executemany("insert into t values (?)", [[f"{NAME} {n}"] for n in range(500)])


WRITERS = {
    "plain.log": lambda path: path.write_text(f"x{NAME}y", encoding="utf-8"),
    "upper.log": lambda path: path.write_text(NAME.upper(), encoding="utf-8"),
    "utf16.bin": lambda path: path.write_bytes(f"x{NAME}".encode("utf-16")),
    "base64.txt": lambda path: path.write_bytes(base64.b64encode(f"ab{NAME}cd".encode())),
    "escaped.json": lambda path: path.write_text(json.dumps({"x": NAME}), encoding="ascii"),
    "packed.zip": zipped,
    "packed.gz": lambda path: path.write_bytes(gzip.compress(NAME.encode())),
    "prefect.db": in_sqlite,
    "store.duckdb": in_duckdb,
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_search_finds_a_planted_name(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name)
    assert leaks(tmp_path, [NAME]) == [f"{NAME!r} in {name}"]


def test_the_search_finds_a_name_in_a_file_name(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.txt").write_text("niets")
    assert leaks(tmp_path, [NAME])


def test_the_search_passes_what_is_spared_and_what_is_clean(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(NAME)
    (tmp_path / "log.txt").write_text("niets")
    assert leaks(tmp_path, [NAME], but=[tmp_path / "inbox"]) == []
