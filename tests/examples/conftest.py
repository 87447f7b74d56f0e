"""The example files as the tests read them: without the program's own readers."""

import importlib.util
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import openpyxl
import pandas as pd
import pytest
import yaml
from lxml import etree

from signaal.schemas.declaration import Declaration

EXAMPLES = Path(__file__).parents[2] / "examples"
INBOX = EXAMPLES / "inbox"
ENCODINGS = {"logboek-straathoekwerk.csv": "cp1252", "straatronde-nacht.txt": "cp1252"}
DELIMITERS = {"logboek-straathoekwerk.csv": ";", "buurtenquete-2026.csv": ";"}


def script(name: str) -> ModuleType:
    """A script of the examples as a module."""
    spec = importlib.util.spec_from_file_location(f"examples_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def word_text(path: Path) -> str:
    """All text of a Word document: body, tables, header, footer, comments and properties."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    roots = [etree.fromstring(part) for part in parts]
    authors = [str(value) for root in roots for value in root.xpath("//@*[local-name()='author']")]
    return "\n".join([*(" ".join(str(text) for text in root.itertext()) for root in roots), *authors])


def sheet_rows(path: Path) -> list[tuple[object, ...]]:
    """The cells of a workbook of one sheet."""
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def file_text(path: Path) -> str:
    """All text of an example file, with its name."""
    match path.suffix:
        case ".docx":
            text = word_text(path)
        case ".xlsx":
            text = "\n".join(str(cell) for row in sheet_rows(path) for cell in row)
        case _:
            text = path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8-sig"))
    return f"{path.name}\n{text}"


def table(path: Path) -> pd.DataFrame:
    """A table of the examples, every cell a string, empty where it is empty."""
    if path.suffix == ".xlsx":
        headings, *rows = sheet_rows(path)
        frame = pd.DataFrame(rows, columns=[str(heading) for heading in headings], dtype=object)
        return frame.map(lambda cell: "" if cell is None else str(cell))
    encoding = ENCODINGS.get(path.name, "utf-8-sig")
    separator = DELIMITERS.get(path.name, ",")
    return pd.read_csv(path, sep=separator, encoding=encoding, dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def inbox() -> Path:
    """The folder with the example files."""
    return INBOX


@pytest.fixture(scope="session")
def text_of() -> Callable[[Path], str]:
    """What reads all text of a file, with its name."""
    return file_text


@pytest.fixture(scope="session")
def table_of() -> Callable[[Path], pd.DataFrame]:
    """What reads a table as strings."""
    return table


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Path], list[tuple[object, ...]]]:
    """What reads the cells of a workbook."""
    return sheet_rows


@pytest.fixture(scope="session")
def declared() -> dict[str, Declaration]:
    """The declarations of the examples by name."""
    files = sorted((EXAMPLES / "sources").glob("*.yaml"))
    texts = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)
    return {found.name: found for found in map(Declaration.model_validate, texts)}


@pytest.fixture(scope="session")
def make_surveys() -> ModuleType:
    """The script that makes the surveys."""
    return script("make_surveys")


@pytest.fixture(scope="session")
def make_documents() -> ModuleType:
    """The script that makes the Word documents and the workbook of contacts."""
    return script("make_documents")


@pytest.fixture(scope="session")
def gold() -> dict[str, dict[str, list[str]]]:
    """What was planted in each file, and what must be left of it."""
    loaded = yaml.safe_load((Path(__file__).parent / "gold.yaml").read_text(encoding="utf-8"))
    files: dict[str, dict[str, list[str]]] = loaded["files"]
    return files
