"""Every example file has one declaration, but the one that is there to have none."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pandas as pd

from signaal.schemas.declaration import Declaration, Role
from signaal.schemas.entities import Entity

UNDECLARED_FILE = "aanmeldingen-taalcafe.csv"
UNDECLARED_COLUMNS = {"evaluatie-voedselbank.csv": ["Intern nummer medewerker"]}


def fitting(name: str, declared: dict[str, Declaration]) -> list[Declaration]:
    """The declarations that a file's name fits."""
    path = PurePosixPath(name)
    return [found for found in declared.values() if any(path.match(glob) for glob in found.files)]


def test_every_file_fits_one_declaration_except_the_sign_up_form(
    inbox: Path, declared: dict[str, Declaration]
) -> None:
    files = [path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()]
    counts = {name: len(fitting(name, declared)) for name in files}
    assert counts.pop(UNDECLARED_FILE) == 0
    assert set(counts.values()) == {1}


def test_a_table_has_the_declared_columns_and_one_file_one_more(
    inbox: Path, declared: dict[str, Declaration], table_of: Callable[[Path], pd.DataFrame]
) -> None:
    for path in (*inbox.glob("*.csv"), *inbox.glob("*.xlsx")):
        for declaration in fitting(path.name, declared):
            headings = list(table_of(path).columns)
            assert set(declaration.columns) <= set(headings)
            more = [heading for heading in headings if heading not in declaration.columns]
            assert more == UNDECLARED_COLUMNS.get(path.name, [])


def test_a_workers_name_becomes_a_pseudonym_and_a_bsn_nothing(declared: dict[str, Declaration]) -> None:
    for declaration in declared.values():
        for name, column in declaration.with_role(Role.DIRECT_IDENTIFIER).items():
            assert (name == "Medewerker") <= (column.action == "pseudonym")
            assert (column.entity is Entity.NL_BSN) <= (column.action == "drop")


def test_every_published_column_is_labelled_for_the_codebook(declared: dict[str, Declaration]) -> None:
    published = (Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.FREE_TEXT, Role.KEEP)
    for declaration in declared.values():
        assert all(column.label for column in declaration.with_role(*published).values())
