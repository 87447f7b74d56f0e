"""The tables that every store has. Those of the surveys follow their declarations (``survey_table``).

Nothing in the tables of the data says when or in which run it was loaded, so that the same files give
the same rows however often a run was interrupted; moments are in ``run`` and ``run_file``, a log.
"""

import duckdb

from signaal.schemas.errors import Code, SignaalError

SCHEMA_VERSION = 2

RECORD_TABLES = ("signal", "finding", "first_class")
"""Tables of all sources with rows of a record, besides the table of its survey."""

TABLES = (
    "CREATE TABLE schema_version (version INTEGER NOT NULL)",
    # complete: false once a later declaration has emptied columns or texts of this batch
    """CREATE TABLE batch (
        batch_id VARCHAR PRIMARY KEY, content_id VARCHAR NOT NULL, source VARCHAR NOT NULL,
        kind VARCHAR NOT NULL, file_id VARCHAR NOT NULL, declaration_version VARCHAR NOT NULL,
        engine_version VARCHAR NOT NULL, key_id VARCHAR NOT NULL, records INTEGER NOT NULL,
        signals INTEGER NOT NULL, findings INTEGER NOT NULL, suppressed DOUBLE, lost DOUBLE,
        complete BOOLEAN NOT NULL)""",
    """CREATE TABLE signal (
        signal_id VARCHAR PRIMARY KEY, batch_id VARCHAR NOT NULL, source VARCHAR NOT NULL,
        record_id VARCHAR NOT NULL, variable VARCHAR NOT NULL, text VARCHAR NOT NULL)""",
    """CREATE TABLE finding (
        batch_id VARCHAR NOT NULL, source VARCHAR NOT NULL, record_id VARCHAR NOT NULL,
        variable VARCHAR NOT NULL, entity_type VARCHAR NOT NULL, start_char INTEGER,
        end_char INTEGER, score DOUBLE, recognizer VARCHAR)""",
    # what is finer than the survey's own columns by now, so that it is none of them and not exported
    """CREATE TABLE first_class (
        batch_id VARCHAR NOT NULL, source VARCHAR NOT NULL, record_id VARCHAR NOT NULL,
        class BIGINT NOT NULL)""",
    # stays when a column is not published any more: what was once released is known for ever
    """CREATE TABLE release (
        source VARCHAR, variable VARCHAR, hierarchy VARCHAR NOT NULL, level INTEGER NOT NULL,
        level_name VARCHAR NOT NULL, emptied BIGINT NOT NULL, PRIMARY KEY (source, variable))""",
    """CREATE TABLE codebook (
        source VARCHAR, variable VARCHAR, question VARCHAR NOT NULL, form VARCHAR NOT NULL,
        variables VARCHAR[] NOT NULL, items VARCHAR[] NOT NULL, label VARCHAR NOT NULL,
        role VARCHAR NOT NULL, entity VARCHAR, action VARCHAR, hierarchy VARCHAR, level VARCHAR,
        type VARCHAR NOT NULL, missing VARCHAR[] NOT NULL, published BOOLEAN NOT NULL,
        description VARCHAR NOT NULL, PRIMARY KEY (source, variable))""",
    # parent: of a repeat group the source that it belongs to
    """CREATE TABLE source (
        source VARCHAR PRIMARY KEY, parent VARCHAR, kind VARCHAR NOT NULL, owner VARCHAR NOT NULL,
        purpose VARCHAR NOT NULL, legal_basis VARCHAR NOT NULL, retention_days INTEGER NOT NULL,
        declaration_version VARCHAR NOT NULL)""",
    # moments are in UTC
    """CREATE TABLE run (
        run_id VARCHAR PRIMARY KEY, started TIMESTAMP NOT NULL, ended TIMESTAMP,
        engine_version VARCHAR NOT NULL, state VARCHAR NOT NULL, files INTEGER NOT NULL,
        loaded INTEGER NOT NULL, known INTEGER NOT NULL, held INTEGER NOT NULL,
        not_taken INTEGER NOT NULL, failed INTEGER NOT NULL)""",
    """CREATE TABLE run_file (
        run_id VARCHAR, position INTEGER, label VARCHAR NOT NULL, state VARCHAR NOT NULL,
        source VARCHAR, batch_id VARCHAR, report VARCHAR NOT NULL, PRIMARY KEY (run_id, position))""",
)


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables of an empty database."""
    for statement in TABLES:
        connection.execute(statement)
    connection.execute("INSERT INTO schema_version VALUES (?)", [SCHEMA_VERSION])


def check_version(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuses a database that is no store, and one of another version of signaal.

    Raises:
        SignaalError: it is one of those.
    """
    tables = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'schema_version'")
    found = tables.fetchone() and connection.execute("SELECT version FROM schema_version").fetchone()
    if not found:
        raise SignaalError(Code.STORE, "this DuckDB file is no signaal store: give another path for it")
    if found[0] < SCHEMA_VERSION:
        raise SignaalError(
            Code.STORE,
            "the store was made by an earlier development version of signaal: "
            "ingest the files again into a new workspace",
        )
    if found[0] > SCHEMA_VERSION:
        raise SignaalError(Code.STORE, "the store was made by a newer version of signaal: upgrade signaal")


def quoted(name: str) -> str:
    """An identifier as SQL may hold it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'
