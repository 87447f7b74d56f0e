"""Declarations for the survey fixtures, made from what their gold files say of each column."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from signaal.anonymise.table.hierarchies import load_hierarchies
from signaal.intake.discover import discover
from signaal.intake.parse import read_table
from signaal.intake.snapshot import take
from signaal.schemas.batch import KeyedHash, Table
from signaal.schemas.column import Column

STRICT = ("postcode", "age", "country", "household", "education")
ENTITIES = {
    "mail": "EMAIL_ADDRESS",
    "telefo": "PHONE_NUMBER",
    "nummer": "PHONE_NUMBER",
    "adres": "NL_STREET_ADDRESS",
    "bsn": "NL_BSN",
    "geb": "DATE_TIME",
    "ip": "IP_ADDRESS",
    "loc": "LOCATION",
    "instagram": "SOCIAL_HANDLE",
    "custom": "CASE_NUMBER",
    "external": "CASE_NUMBER",
}
"""What a direct identifier is, by a part of its heading; else somebody's name."""


def read(path: Path, keyed: KeyedHash) -> Table:
    """A fixture as intake reads it."""
    (file,) = discover([path], keyed)
    return read_table(take(file, 10**8), 10**6)


def gold_of(path: Path) -> dict[str, Any]:
    """What its gold file says."""
    return dict(json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8")))


def declared(path: Path, table: Table) -> dict[str, Any]:
    """A declaration with the roles of the gold file; what is not in it is a scale, or stays undeclared."""
    gold = gold_of(path)
    about = {"owner": "toets", "purpose": "toets", "legal_basis": "toets", "retention_days": 1}
    columns = {name: _column(name, table, gold) for name in table.frame.columns}
    return {
        "name": path.stem,
        "kind": "survey",
        "files": [path.name],
        **about,
        "columns": {name: column for name, column in columns.items() if column},
        "repeats": {
            sheet: {
                "parent": "_parent_index",
                "key": "_index",
                "columns": {
                    name: column for name in repeat.frame.columns if (column := _column(name, repeat, gold))
                },
            }
            for sheet, repeat in table.repeats.items()
        },
    }


def _column(heading: str, table: Table, gold: dict[str, Any]) -> dict[str, Any]:
    name = heading.removesuffix(" (2)")
    question = {"question": table.questions[heading]} if heading in table.questions else {}
    cells = table.frame[heading].dropna()
    if name in gold["direct_identifier_columns"]:
        found = (entity for part, entity in ENTITIES.items() if part in name.lower())
        return {"role": "direct_identifier", "entity": next(found, "PERSON")}
    if name in gold["free_text_columns"]:
        return {"role": "free_text"}
    if name in gold["quasi_identifier_columns"]:
        return {"role": "quasi_identifier", "generalise": hierarchy_for(cells)}
    if name in gold["sensitive_columns"]:
        return {"role": "sensitive", **question}
    if len(cells) and set(cells) <= {*map(str, range(11)), "99"}:
        return {"role": "keep", "type": "number", "missing": ["99"], **question}
    return {}


def hierarchy_for(cells: "pd.Series[str]") -> str:
    """The first hierarchy that every cell fits, else that of any category."""
    column = Column(role="quasi_identifier", generalise="category")
    hierarchies = load_hierarchies(None)
    for name in STRICT:
        reader = hierarchies[name].reader(column)
        if all(reader(cell) for cell in cells.unique()):
            return name
    return "category"


def identifiers(path: Path, table: Table) -> set[str]:
    """Every cell of the columns that point at somebody; as in the gold files, of four letters or more."""
    names = gold_of(path)["direct_identifier_columns"]
    return set(_long(cell for each in (table, *table.repeats.values()) for cell in _cells(each, names)))


def _cells(table: Table, names: Iterable[str]) -> Iterable[str]:
    wanted = set(names)
    for heading in table.frame.columns:
        if heading.removesuffix(" (2)") in wanted:
            yield from table.frame[heading].dropna()


def _long(cells: Iterable[str]) -> Iterable[str]:
    return (cell for cell in cells if len(cell) >= 4)
