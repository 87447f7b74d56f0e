"""Writes the published tables to files that other programs read."""

import csv
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

import duckdb

from signaal.schemas.errors import Code, SignaalError
from signaal.store.connection import private_files
from signaal.store.interface import ExportFormat
from signaal.store.survey_table import survey_tables
from signaal.store.tables import quoted

PUBLISHED = ("signal", "codebook", "source", "batch")
"""Besides the surveys. Findings, runs and earlier classes are for the privacy officer."""

# OWASP, CSV Injection; the last four are the full-width signs, which some spreadsheets take as well
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ROWS_AT_ONCE = 10_000


def export(
    connection: duckdb.DuckDBPyConnection, folder: Path, formats: Collection[ExportFormat]
) -> list[Path]:
    """Writes every published table in every format, as ``Store.export`` promises.

    All files are written under another name first and take their places together at the end.
    """
    tables = sorted((*PUBLISHED, *survey_tables(connection)))
    wanted = {
        folder / f"{table}.{kind}": (table, kind)
        for table in tables
        for kind in ExportFormat
        if kind in formats
    }
    fresh = {path: path.with_name(f".{path.name}.new") for path in wanted}
    with private_files():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for path, (table, kind) in wanted.items():
                fresh[path].unlink(missing_ok=True)
                _WRITERS[kind](connection, table, fresh[path])
            for path in wanted:
                fresh[path].replace(path)
        except OSError:
            raise SignaalError(
                Code.STORE, "the export cannot be written: check its folder's rights and the room on its disk"
            ) from None
        finally:
            for left_over in fresh.values():
                with suppress(OSError):
                    left_over.unlink(missing_ok=True)
    return list(wanted)


def defused(cell: object) -> object:
    """A cell as CSV may hold it: a text that would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _joined(cell: object) -> object:
    return " | ".join(map(str, cell)) if isinstance(cell, list) else cell


def _write_csv(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    found = connection.execute(f"SELECT * FROM {quoted(table)} ORDER BY rowid")  # noqa: S608 - quoted
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([defused(name) for name, *_ in connection.description or ()])
        while rows := found.fetchmany(ROWS_AT_ONCE):
            writer.writerows([defused(_joined(cell)) for cell in row] for row in rows)


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    target = str(path).replace("'", "''")
    connection.execute(
        f"COPY (SELECT * FROM {quoted(table)} ORDER BY rowid) "  # noqa: S608 - both names are quoted
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
    )


_WRITERS: dict[ExportFormat, Callable[[duckdb.DuckDBPyConnection, str, Path], None]] = {
    ExportFormat.CSV: _write_csv,
    ExportFormat.PARQUET: _write_parquet,
}
