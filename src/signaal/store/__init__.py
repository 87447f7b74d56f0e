"""The research store: what passed the checks, in tables that a researcher can open."""

from pathlib import Path

from signaal.store.interface import Store


def open_store(path: Path) -> Store:
    """The store in this file; nothing is opened or made before the first operation.

    Args:
        path: the DuckDB file; the first write makes it, readable by its owner alone.
    """
    from signaal.store.duckdb_store import DuckDBStore

    return DuckDBStore(path)
