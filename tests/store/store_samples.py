"""Invented batches, a look at what a store holds, and a load that is cut off (also as a program)."""

import dataclasses
import hashlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import variable_name
from signaal.schemas.declaration import TEXT_COLUMN, Declaration
from signaal.schemas.risk import ColumnLevel, Solution
from signaal.store import open_store

T = TypeVar("T")
COLUMNS: dict[str, dict[str, Any]] = {
    "Nr": {"role": "record_id"},
    "Naam": {"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"},
    "E-mail": {"role": "direct_identifier", "entity": "EMAIL_ADDRESS"},
    "Postcode": {"role": "keep", "label": "Waar woont u?"},
    "Cijfer": {"role": "keep", "type": "number"},
    "Toelichting": {"role": "free_text"},
}
DATA_TABLES = ("batch", "signal", "finding", "first_class", "release", "codebook", "source")
QUASI = {"role": "quasi_identifier", "generalise": "postcode"}
MEMBER = {"Leeftijd": {"role": "keep", "type": "number"}, "Toelichting": {"role": "free_text"}}
REPEAT = {"parent": "_parent", "key": "Nr", "columns": MEMBER}


def survey(
    name: str = "buurt",
    without: Iterable[str] = (),
    purpose: str = "onderzoek",
    repeats: dict[str, object] | None = None,
    **columns: object,
) -> Declaration:
    """A survey's declaration, with some columns gone, changed or new."""
    declared = {heading: column for heading, column in COLUMNS.items() if heading not in set(without)}
    return Declaration.model_validate(
        {
            "name": name,
            "kind": "survey",
            "files": ["*.csv"],
            "owner": "Onderzoek",
            "purpose": purpose,
            "legal_basis": "taak van algemeen belang",
            "retention_days": 365,
            "columns": declared | columns,
            "repeats": repeats or {},
        }
    )


def household(**columns: object) -> Declaration:
    """A survey with the members of each household on a sheet of their own."""
    return survey(repeats={"Leden": REPEAT}, **columns)


def notes(name: str = "notities") -> Declaration:
    """A declaration of whole notes."""
    return Declaration.model_validate(
        survey().model_dump() | {"name": name, "kind": "field_notes", "columns": {}}
    )


def batch(declaration: Declaration, content: str, ids: Iterable[str], **frames: object) -> CleanBatch:
    """A batch of these records, in which every value names the content that it is from."""
    ids = list(ids)
    whole_notes = not declaration.columns
    variable = TEXT_COLUMN if whole_notes else "toelichting"
    columns = {
        "naam": [f"P {content} {of}" for of in ids],
        "postcode": ["1234" if place % 2 else None for place in range(len(ids))],
        "cijfer": pd.Series([float(place) if place % 3 else None for place in range(len(ids))], dtype=float),
    }
    made = {
        "records": pd.DataFrame({"record_id": ids, **({} if whole_notes else columns)}),
        "signals": pd.DataFrame(
            {
                "signal_id": [f"s {declaration.name} {of}" for of in ids],
                "record_id": ids,
                "variable": variable,
                "text": [f"[PERSOON] vroeg iets, {content} {of}" for of in ids],
                "letters": 20,
                "masked": 5,
            }
        ),
        "findings": pd.DataFrame(
            {
                "record_id": ids,
                "variable": variable,
                "entity_type": "PERSON",
                "start": pd.Series(range(len(ids)), dtype=object),
                "end": pd.Series([None] * len(ids), dtype=object),
                "score": 0.85,
                "recognizer": "invented",
            }
        ),
    }
    batch_id = hashlib.sha256(f"{content}{declaration.name}{declaration.version}".encode()).hexdigest()[:32]
    known = {"content_id": f"c {content}", "file_id": "0123456789", "key_id": "k", "engine_version": "e1"}
    return CleanBatch(batch_id=batch_id, declaration=declaration, **known | made | frames)


def measured(
    path: Path,
    declaration: Declaration,
    content: str,
    ids: Iterable[str],
    *,
    level: tuple[int, str] = (1, "postcode4"),
    emptied: int = 0,
    **frames: object,
) -> CleanBatch:
    """A batch that was measured with what the store has of its source now, on one level."""
    one = batch(declaration, content, ids, **frames)
    rows = open_store(path).released(declaration).rows
    rest = rows[~rows["record_id"].isin(one.records["record_id"])].reset_index(drop=True)
    first_class = pd.Series([int(content, 36)] * len(one.records), dtype="int64")
    made = {"solution": solution(declaration, level, emptied), "first_class": first_class, "rest": rest}
    return dataclasses.replace(one, **made | frames)  # type: ignore[arg-type]


def solution(declaration: Declaration, level: tuple[int, str], emptied: int) -> Solution:
    """All quasi-identifiers of a declaration on one level."""
    columns = tuple(
        ColumnLevel(
            variable=variable_name(heading),
            hierarchy=column.generalise.hierarchy,
            level=level[0],
            name=level[1],
            emptied=emptied,
        )
        for heading, column in declaration.columns.items()
        if column.generalise
    )
    figures = {"checked": 1, "possible": 4, "lost": 0.25, "discernibility": 1.0, "suppressed": 0.05}
    return Solution.model_validate({"columns": columns, "optimal": True} | figures)


def with_members(main: CleanBatch, **parents: int) -> CleanBatch:
    """A batch with so many household members for each of these records, who say something too."""
    declaration = main.declaration.of_repeat("Leden")
    places = [(parent, place) for parent, number in parents.items() for place in range(number)]
    ids = [f"{parent} lid {place}" for parent, place in places]
    rows = {"record_id": ids, "parent_id": [parent for parent, _ in places], "leeftijd": 30.0}
    content = main.content_id.removeprefix("c ")
    group = batch(declaration, content, ids, records=pd.DataFrame(rows, dtype=object))
    return dataclasses.replace(main, repeats=(group,))


def rows(path: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a researcher sees who opens the file."""
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(query, list(values)).fetchall()


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of the data with its rows, in their order."""
    with duckdb.connect(path, read_only=True) as connection:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'survey_')"
        ).fetchall()
        return {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()  # noqa: S608
            for table in (*DATA_TABLES, *(name for (name,) in tables))
        }


class CutOff:
    """Connections that do something else (fail, die) just before or after the nth statement."""

    def __init__(self, at: int, act: Callable[[], None], after: bool = False) -> None:
        self.left = at
        self._act = act
        self._after = after
        self._connect = duckdb.connect

    def connect(self, *args: object, **kwargs: object) -> "_Connection":
        """Stands in for ``duckdb.connect``."""
        return _Connection(self, self._connect(*args, **kwargs))

    def count(self, statement: Callable[[], T]) -> T:
        """Runs a statement, or what must happen instead."""
        self.left -= 1
        if self.left == 0 and not self._after:
            self._act()
        result = statement()
        if self.left == 0:
            self._act()
        return result


class _Connection:
    def __init__(self, cut: CutOff, real: duckdb.DuckDBPyConnection) -> None:
        self._cut = cut
        self._real = real

    def execute(self, *args: object) -> duckdb.DuckDBPyConnection:
        return self._cut.count(lambda: self._real.execute(*args))

    def close(self) -> None:
        self._cut.count(self._real.close)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


def loads(path: Path) -> Iterator[CleanBatch]:
    """Three loads that use all of it: a first one, one that replaces records, a changed declaration.

    Each is measured with the store as the one before left it.
    """
    first = household(Postcode=QUASI)
    yield with_members(measured(path, first, "een", ["r1", "r2", "r3"]), r1=2, r2=1)
    coarse = {"level": (2, "postcode2"), "emptied": 1}
    later = measured(path, first, "twee", ["r2", "r4"], **coarse)  # type: ignore[arg-type]
    yield with_members(dataclasses.replace(later, rest=later.rest.assign(postcode="12")), r2=1, r4=1)
    changed = household(without=["Naam"], Postcode=QUASI, Buurt={"role": "keep"})
    last = measured(path, changed, "een", ["r1", "r2", "r3"], **coarse)  # type: ignore[arg-type]
    yield dataclasses.replace(last, records=last.records.drop(columns="naam").assign(buurt="x"))


def kill() -> None:
    """Ends this process at once, as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def load_and_die(path: Path, when: str, at: int) -> None:
    """Loads everything and is killed before, while or after the nth statement runs."""
    act = threading.Thread(target=kill).start if when == "during" else kill
    connect, cut = duckdb.connect, CutOff(at, act, after=when == "after")
    for each in loads(path):
        duckdb.connect = cut.connect
        open_store(path).load(each)
        duckdb.connect = connect


def main(folder: str, *points: str) -> None:
    """Kills a process of its own for every point (such as before-10), each with a store of its own."""
    import signaal.store.duckdb_store  # noqa: F401 - once, before there are many

    for point in points:
        if child := os.fork():
            if os.waitpid(child, 0)[1] != signal.SIGKILL:
                sys.exit(f"{point} was not killed")
        else:
            when, at = point.split("-")
            load_and_die(Path(folder) / point / "s.duckdb", when, int(at))
            os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
