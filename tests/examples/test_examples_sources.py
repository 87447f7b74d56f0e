"""Every example file has one declaration, but the one that is there to have none."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pandas as pd

from signaal.anonymise.table.hierarchies import level_range, load_hierarchies
from signaal.anonymise.table.typed import TypedCells, read_cells, read_column
from signaal.schemas.column import Column, DataType, Role, Unfit
from signaal.schemas.declaration import Declaration
from signaal.schemas.entities import Entity

HIERARCHIES = load_hierarchies(Path(__file__).parents[2] / "examples" / "sources" / "hierarchies")
TableOf = Callable[[Path], pd.DataFrame]
UNDECLARED_FILE = "aanmeldingen-taalcafe.csv"
UNDECLARED_COLUMNS = {"evaluatie-voedselbank.csv": ["Intern nummer medewerker"]}


def fitting(name: str, declared: dict[str, Declaration]) -> list[Declaration]:
    """The declarations that a file's name fits."""
    path = PurePosixPath(name)
    return [found for found in declared.values() if any(path.match(glob) for glob in found.files)]


def read(cells: "pd.Series[str]", column: Column) -> TypedCells:
    """The cells as a declared column has them."""
    if column.generalise is None:
        return read_column(cells, column)
    reader = HIERARCHIES[column.generalise.hierarchy].reader(column)
    return read_cells(cells, reader, column.missing)


def test_every_file_fits_one_declaration_except_the_sign_up_form(
    inbox: Path, declared: dict[str, Declaration]
) -> None:
    files = [path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()]
    counts = {name: len(fitting(name, declared)) for name in files}
    assert counts.pop(UNDECLARED_FILE) == 0
    assert set(counts.values()) == {1}


def test_a_table_has_the_declared_columns_and_one_file_one_more(
    inbox: Path, declared: dict[str, Declaration], table_of: TableOf
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


def test_no_cell_of_the_examples_holds_its_batch(
    inbox: Path, declared: dict[str, Declaration], table_of: TableOf
) -> None:
    published = (Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.KEEP)
    for path in (*inbox.glob("*.csv"), *inbox.glob("*.xlsx")):
        for declaration in fitting(path.name, declared):
            frame = table_of(path)
            for name, column in declaration.with_role(*published).items():
                misfits = int(read(frame[name], column).misfit.sum())
                assert misfits == 0 or column.unfit is Unfit.EMPTY, (path.name, name)


def test_a_quasi_identifier_has_room_to_become_coarser(declared: dict[str, Declaration]) -> None:
    for declaration in declared.values():
        for name, column in declaration.with_role(Role.QUASI_IDENTIFIER).items():
            assert column.generalise is not None
            hierarchy = HIERARCHIES[column.generalise.hierarchy]
            assert len(level_range(hierarchy, column.generalise)) > 1, (declaration.name, name)


def test_a_number_is_one_in_the_store(
    inbox: Path, declared: dict[str, Declaration], table_of: TableOf
) -> None:
    rent = declared["buurtenquete"].columns["Huur per maand"]
    values = read(table_of(inbox / "buurtenquete-2026.csv")["Huur per maand"], rent).values
    assert rent.type is DataType.NUMBER
    assert values.between(100, 2000).sum() > 200
