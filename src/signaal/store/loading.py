"""Puts one batch in the store, inside a transaction that its caller holds."""

from dataclasses import asdict, dataclass

import duckdb
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, SignaalError
from signaal.store.codebook import Levels, codebook, published_texts
from signaal.store.incoming import Incoming, incoming, insert
from signaal.store.release import check_measured, write_back, write_release
from signaal.store.released import levels_of
from signaal.store.repeats import check_names, declarations_of, remove_rows_of, remove_undeclared, tables_of
from signaal.store.survey_table import SurveyTable, follow, table_name
from signaal.store.tables import RECORD_TABLES


@dataclass(frozen=True, repr=False)
class Part:
    """The records of a batch, or those of one of its repeat groups, and where they go."""

    batch: CleanBatch
    table: SurveyTable
    rows: Incoming


def load(connection: duckdb.DuckDBPyConnection, batch: CleanBatch) -> None:
    """Puts a batch in the store, as ``Store.load`` promises.

    Raises:
        SignaalError: the batch is not in order, the source's rows belong to another key, or the source
            is not as it was when the batch was measured with it.
    """
    if is_loaded(connection, batch.batch_id):
        return
    parts = [
        Part(each, SurveyTable(connection, each.declaration.name), incoming(each, batch))
        for each in (batch, *batch.repeats)
    ]
    check_key(connection, batch)
    check_names(connection, batch)
    gone = superseded(connection, batch)
    for part in parts:
        check_measured(part.table, part.batch, batch, gone)
    remove_batches(connection, batch.declaration.name, gone)
    follow_declaration(connection, batch.declaration)
    remove_rows_of(connection, batch.declaration.name, parts[0].rows.records)
    for part in parts:
        replace_records(part.table, part.rows)
        write_back(part.table, part.batch.rest, part.batch.declaration)
        write_release(part.table, part.batch.solution)
    describe(connection, batch.declaration)
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


def superseded(connection: duckdb.DuckDBPyConnection, batch: CleanBatch) -> list[str]:
    """The ids of what the same content gave before, under another declaration or this one."""
    found = connection.execute(
        "SELECT batch_id FROM batch WHERE source = ? AND content_id = ? ORDER BY batch_id",
        [batch.declaration.name, batch.content_id],
    )
    return [batch_id for (batch_id,) in found.fetchall()]


def remove_batches(connection: duckdb.DuckDBPyConnection, source: str, batch_ids: list[str]) -> None:
    """Removes batches of a source with all their rows, also those of repeat groups."""
    if not batch_ids:
        return
    tables = ['"batch"', *RECORD_TABLES, *(table.name for table in tables_of(connection, source))]
    for name in tables:
        connection.execute(
            f"DELETE FROM {name} WHERE list_contains(?::VARCHAR[], batch_id)",  # noqa: S608 - quoted
            [batch_ids],
        )


def follow_declaration(connection: duckdb.DuckDBPyConnection, declaration: Declaration) -> None:
    """Makes the source's columns and texts, and its repeat groups, what the declaration says now."""
    emptied = remove_undeclared(connection, declaration)
    for each in declarations_of(declaration):
        emptied |= follow(SurveyTable(connection, each.name), each)
        removed = connection.execute(
            "DELETE FROM signal WHERE source = ? AND NOT list_contains(?::VARCHAR[], variable) RETURNING 1",
            [each.name, published_texts(each)],
        )
        emptied |= removed.fetchone() is not None
    if emptied:
        connection.execute("UPDATE batch SET complete = false WHERE source = ?", [declaration.name])


def replace_records(table: SurveyTable, rows: Incoming) -> None:
    """Adds the rows, in the place of what an earlier batch of the source gave for the same records."""
    connection, source = table.connection, table.source
    connection.register("incoming_ids", rows.records[["record_id"]])
    same = "record_id IN (SELECT record_id FROM incoming_ids)"
    for name in RECORD_TABLES:
        connection.execute(f"DELETE FROM {name} WHERE source = ? AND {same}", [source])  # noqa: S608 - fixed
    if table.columns():
        connection.execute(f"DELETE FROM {table.name} WHERE {same}")  # noqa: S608 - quoted
        insert(connection, table_name(source), rows.records)
    connection.unregister("incoming_ids")
    insert(connection, "signal", rows.signals)
    insert(connection, "finding", rows.findings)
    insert(connection, "first_class", rows.first_classes)


def describe(connection: duckdb.DuckDBPyConnection, declaration: Declaration) -> None:
    """Makes the codebook and the description of a source what its declaration says now."""
    for each in declarations_of(declaration):
        described = {
            "codebook": codebook_rows(each, levels_of(connection, each.name)),
            "source": source_row(each),
        }
        for name, rows in described.items():
            connection.execute(f"DELETE FROM {name} WHERE source = ?", [each.name])  # noqa: S608 - fixed
            insert(connection, name, rows)


def batch_row(batch: CleanBatch) -> pd.DataFrame:
    """The batch itself: what it was made from and with, and what it held when it was loaded.

    Its texts and findings are counted with those of its repeat groups, its records without.
    """
    parts = (batch, *batch.repeats)
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
        "signals": sum(len(part.signals) for part in parts),
        "findings": sum(len(part.findings) for part in parts),
        "suppressed": batch.solution and batch.solution.suppressed,
        "lost": batch.solution and batch.solution.lost,
        "complete": True,
    }
    return pd.DataFrame([row]).astype({"suppressed": "Float64", "lost": "Float64"})


def codebook_rows(declaration: Declaration, levels: Levels) -> pd.DataFrame:
    """The codebook as the table holds it."""
    rows = pd.DataFrame([asdict(row) for row in codebook(declaration, levels)], dtype=object)
    lists = {name: rows[name].map(list) for name in ("variables", "items", "missing")}
    words = rows.columns.difference([*lists, "published"])
    return rows.assign(**lists, published=rows["published"].astype(bool)).astype(
        dict.fromkeys(words, "string")
    )


def source_row(declaration: Declaration) -> pd.DataFrame:
    """Whose the source is, why it is there and for how long, as the table holds it."""
    row = declaration.model_dump(mode="json", include=set(SOURCE_COLUMNS))
    made = pd.DataFrame([row]).assign(source=declaration.name, declaration_version=declaration.version)
    return made.astype({"parent": "string"})


SOURCE_COLUMNS = ("parent", "kind", "owner", "purpose", "legal_basis", "retention_days")
