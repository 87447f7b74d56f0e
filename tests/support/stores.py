"""What is in a workspace's store."""

from pathlib import Path

import duckdb

LOG = {"run", "run_file", "schema_version"}


def rows_of(workspace: Path) -> dict[str, list[str]]:
    """Every row of every table but the log of runs, sorted; times and run ids are in the log alone."""
    with duckdb.connect(str(workspace / "store" / "signaal.duckdb"), read_only=True) as store:
        names = [name for (name,) in store.execute("select table_name from duckdb_tables()").fetchall()]
        return {
            name: sorted(map(repr, store.execute(f'select * from "{name}"').fetchall()))  # noqa: S608 - own names
            for name in names
            if name not in LOG
        }


def log_states(workspace: Path) -> list[str]:
    """How the runs of a workspace ended, in their order."""
    with duckdb.connect(str(workspace / "store" / "signaal.duckdb"), read_only=True) as store:
        return [state for (state,) in store.execute("select state from run order by started").fetchall()]
