"""Puts one batch in the store, inside a transaction that its caller holds."""

from dataclasses import asdict

import duckdb
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, SignaalError
from signaal.store.codebook import codebook, published_texts
from signaal.store.incoming import Incoming, incoming, insert
from signaal.store.survey_table import SurveyTable, follow, table_name


def load(connection: duckdb.DuckDBPyConnection, batch: CleanBatch) -> None:
    """Puts a batch in the store, as ``Store.load`` promises.

    Raises:
        SignaalError: the batch is not in order, or the source's rows belong to another key.
    """
    if is_loaded(connection, batch.batch_id):
        return
    rows = incoming(batch)
    check_key(connection, batch)
    table = SurveyTable(connection, batch.declaration.name)
    remove_superseded(table, batch)
    follow_declaration(table, batch.declaration)
    replace_records(table, rows)
    insert(connection, "batch", batch_row(batch))


def is_loaded(connection: duckdb.DuckDBPyConnection, batch_id: str) -> bool:
    """Whether the batch is there with all that its declaration publishes."""
    found = connection.execute("SELECT 1 FROM batch WHERE batch_id = ? AND complete", [batch_id])
    return found.fetchone() is not None


def check_key(connection: duckdb.DuckDBPyConnection, batch: CleanBatch) -> None:
    """One source has one key: under another the same record would be there twice, unrecognised."""
    source = batch.declaration.name
    other = connection.execute(
        "SELECT 1 FROM batch WHERE source = ? AND key_id <> ? LIMIT 1", [source, batch.key_id]
    )
    if other.fetchone():
        raise SignaalError(
            Code.STORE,
            f"the rows of {source} were made with another project key: restore it, or start a new workspace",
        )


def remove_superseded(table: SurveyTable, batch: CleanBatch) -> None:
    """Removes what the same content gave before, under another declaration or this one."""
    source = batch.declaration.name
    superseded = table.connection.execute(
        "SELECT batch_id FROM batch WHERE source = ? AND content_id = ?", [source, batch.content_id]
    ).fetchall()
    tables = ['"batch"', '"signal"', '"finding"', *([table.name] if table.columns() else [])]
    for (batch_id,) in superseded:
        for name in tables:
            table.connection.execute(f"DELETE FROM {name} WHERE batch_id = ?", [batch_id])  # noqa: S608 - quoted


def follow_declaration(table: SurveyTable, declaration: Declaration) -> None:
    """Makes the source's columns, texts, codebook and description what the declaration says now."""
    connection = table.connection
    emptied = follow(table, declaration)
    removed = connection.execute(
        "DELETE FROM signal WHERE source = ? AND NOT list_contains(?::VARCHAR[], variable) RETURNING 1",
        [declaration.name, published_texts(declaration)],
    )
    if emptied or removed.fetchone():
        connection.execute("UPDATE batch SET complete = false WHERE source = ?", [declaration.name])
    for described, rows in (("codebook", codebook_rows(declaration)), ("source", source_row(declaration))):
        connection.execute(f"DELETE FROM {described} WHERE source = ?", [declaration.name])  # noqa: S608 - fixed
        insert(connection, described, rows)


def replace_records(table: SurveyTable, rows: Incoming) -> None:
    """Adds the rows, in the place of what an earlier batch of the source gave for the same records."""
    connection, source = table.connection, table.source
    connection.register("incoming_ids", rows.records[["record_id"]])
    same = "record_id IN (SELECT record_id FROM incoming_ids)"
    for name in ("signal", "finding"):
        connection.execute(f"DELETE FROM {name} WHERE source = ? AND {same}", [source])  # noqa: S608 - fixed
    if table.columns():
        connection.execute(f"DELETE FROM {table.name} WHERE {same}")  # noqa: S608 - quoted
        insert(connection, table_name(source), rows.records)
    connection.unregister("incoming_ids")
    insert(connection, "signal", rows.signals)
    insert(connection, "finding", rows.findings)


def batch_row(batch: CleanBatch) -> pd.DataFrame:
    """The batch itself: what it was made from and with, and what it held when it was loaded."""
    row = {
        "batch_id": batch.batch_id,
        "content_id": batch.content_id,
        "source": batch.declaration.name,
        "kind": str(batch.declaration.kind),
        "file_id": batch.file_id,
        "declaration_version": batch.declaration.version,
        "engine_version": batch.engine_version,
        "key_id": batch.key_id,
        "records": len(batch.records),
        "signals": len(batch.signals),
        "findings": len(batch.findings),
        "k_after": batch.k_after,
        "suppressed": batch.suppressed,
        "complete": True,
    }
    return pd.DataFrame([row]).astype({"k_after": "Int64"})


def codebook_rows(declaration: Declaration) -> pd.DataFrame:
    """The codebook as the table holds it."""
    rows = pd.DataFrame([asdict(row) for row in codebook(declaration)])
    return rows.drop(columns="published").astype("string").assign(published=rows["published"])


def source_row(declaration: Declaration) -> pd.DataFrame:
    """Whose the source is, why it is there and for how long, as the table holds it."""
    row = declaration.model_dump(mode="json", include=set(SOURCE_COLUMNS))
    return pd.DataFrame([row]).assign(source=declaration.name, declaration_version=declaration.version)


SOURCE_COLUMNS = ("kind", "owner", "purpose", "legal_basis", "retention_days")
