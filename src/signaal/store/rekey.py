"""Gives every stand-in in the store the form that a new key makes of it, inside one transaction.

Ids and pseudonyms are all that depends on the key. Which columns hold ids follows from their names; a
pseudonym is known by its form, in the columns of surveys and between brackets in texts, so that one from
an earlier declaration, or from a text that was anonymised before, is not left as it was.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import duckdb
from duckdb.sqltypes import VARCHAR

from signaal.schemas.errors import Code, SignaalError
from signaal.store.interface import Rekeying
from signaal.store.survey_table import survey_tables
from signaal.store.tables import quoted

STAND_IN = r"[A-Z]+(?:-[A-Z]+)*-[B-DF-HJ-NP-TV-XZ]{12}"
"""The form of a pseudonym, such as PERSOON-KXDRTBWMHQZC: a word and twelve consonants."""

OWN_IDS = frozenset({"record_id", "parent_id", "batch_id"})
IDS = OWN_IDS | {"signal_id", "content_id", "file_id"}
REMEMBERED = 100_000

_MARKED = "schema_version"  # a table whose comment says under which key the store is, even without rows
_COMMENT = "key "
_IN_TEXT = re.compile(rf"\[{STAND_IN}\]")


def key_ids(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The ids of the keys with which the rows were made; a sound store has one at most."""
    found = connection.execute(
        "SELECT key_id FROM batch UNION SELECT comment[? :] FROM duckdb_tables() "
        "WHERE table_name = ? AND starts_with(comment, ?)",
        [len(_COMMENT) + 1, _MARKED, _COMMENT],
    )
    return frozenset(key_id for (key_id,) in found.fetchall())


def rekey(connection: duckdb.DuckDBPyConnection, change: Rekeying) -> None:
    """Does what ``Store.rekey`` promises, but for the bytes that stay in the file.

    Raises:
        SignaalError: there are rows of another key, or two pseudonyms would become one.
    """
    found = key_ids(connection)
    if found == {change.after}:
        return
    if found - {change.before}:
        raise SignaalError(
            Code.STORE,
            "the store has rows of another project key: restore that key, or start a new workspace",
        )
    changed = _Changed(change)
    changed.register(connection)
    surveys = set(survey_tables(connection))
    for table in _tables(connection):
        expressions = (
            _of_survey(connection, table) if table in surveys else _of_others(connection, table, change)
        )
        if expressions:
            _rewrite(connection, table, expressions)
    changed.check_apart()
    connection.execute(f"COMMENT ON TABLE {_MARKED} IS '{_COMMENT}{_escaped(change.after)}'")


class _Changed:
    """The functions that SQL calls, one cell at a time."""

    def __init__(self, change: Rekeying) -> None:
        self._letters_of: dict[str, str] = {}
        self._change = change
        self._digits = lru_cache(REMEMBERED)(change.digits)

    def register(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Makes them known for as long as the connection is open."""
        functions: dict[str, Callable[[str], str]] = {
            "rekeyed_id": self.id,
            "rekeyed_stand_in": self.stand_in,
            "rekeyed_text": self.text,
            "rekeyed_label": self.label,
            "rekeyed_report": self.report,
        }
        for name, function in functions.items():
            connection.create_function(name, function, [VARCHAR], VARCHAR)

    def check_apart(self) -> None:
        """Whether those who had different pseudonyms still have.

        Raises:
            SignaalError: two became one.
        """
        if len(set(self._letters_of.values())) < len(self._letters_of):
            raise SignaalError(
                Code.STORE, "two pseudonyms would become one under the new key: run again, for another key"
            )

    def id(self, cell: str) -> str:
        return self._digits(cell)

    def stand_in(self, cell: str) -> str:
        word, _, letters = cell.rpartition("-")
        if letters not in self._letters_of:
            self._letters_of[letters] = self._change.letters(letters)
        return f"{word}-{self._letters_of[letters]}"

    def text(self, cell: str) -> str:
        return _IN_TEXT.sub(lambda found: f"[{self.stand_in(found[0][1:-1])}]", cell)

    def label(self, cell: str) -> str:
        file_id, stop, suffix = cell.partition(".")
        return f"{self._digits(file_id)}{stop}{suffix}"

    def report(self, cell: str) -> str:
        report = json.loads(cell)
        file_id = str(report.get("label", "")).partition(".")[0]
        return json.dumps(self._part(report, file_id), ensure_ascii=False, separators=(",", ":"))

    def _part(self, part: Any, file_id: str, name: str = "") -> Any:  # noqa: ANN401 - whatever JSON holds
        """A part of the report of a file, which other parts may name."""
        if isinstance(part, dict):
            return {key: self._part(each, file_id, key) for key, each in part.items()}
        if isinstance(part, list):
            return [self._part(each, file_id) for each in part]
        if not isinstance(part, str):
            return part
        if name == "batch_id":
            return self._digits(part)
        named = part.replace(file_id, self._digits(file_id)) if file_id else part
        return self.text(named)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL")
    return [name for (name,) in found.fetchall()]


def _text_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND data_type = 'VARCHAR' "
        "ORDER BY column_index",
        [table],
    )
    return [name for (name,) in found.fetchall()]


def _of_survey(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """What becomes of the columns of a survey, in SQL."""
    made = {}
    for name in _text_columns(connection, table):
        cell = quoted(name)
        if name in OWN_IDS:
            made[name] = f"rekeyed_id({cell})"
        else:
            is_one = f"regexp_full_match({cell}, '{STAND_IN}')"
            made[name] = f"CASE WHEN {is_one} THEN rekeyed_stand_in({cell}) ELSE {cell} END"
    return made


def _of_others(connection: duckdb.DuckDBPyConnection, table: str, change: Rekeying) -> dict[str, str]:
    """What becomes of the columns of any other table, in SQL; nothing for those that stay."""
    made = {name: f"rekeyed_id({name})" for name in _text_columns(connection, table) if name in IDS}
    own = {
        "batch": {"key_id": f"'{_escaped(change.after)}'"},
        "signal": {"text": "rekeyed_text(text)"},
        "run_file": {"label": "rekeyed_label(label)", "report": "rekeyed_report(report)"},
    }
    return made | own.get(table, {})


def _rewrite(connection: duckdb.DuckDBPyConnection, table: str, expressions: dict[str, str]) -> None:
    """Changes every row of a table; they keep their order."""
    changes = ", ".join(f"{expression} AS {quoted(name)}" for name, expression in expressions.items())
    connection.execute(
        f"CREATE TEMP TABLE rekeyed AS SELECT * REPLACE ({changes}) "  # noqa: S608 - identifiers are quoted
        f"FROM {quoted(table)} ORDER BY rowid"
    )
    connection.execute(f"DELETE FROM {quoted(table)}")  # noqa: S608 - quoted
    connection.execute(f"INSERT INTO {quoted(table)} SELECT * FROM rekeyed ORDER BY rowid")  # noqa: S608 - quoted
    connection.execute("DROP TABLE rekeyed")


def _escaped(words: str) -> str:
    return words.replace("'", "''")
