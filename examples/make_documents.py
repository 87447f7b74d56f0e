"""Makes the Word documents and the workbook of contacts in ``inbox`` from ``documents.yaml``.

The texts stay readable that way, and the files can be made again: ``python examples/make_documents.py``.
"""

from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import yaml
from docx.document import Document
from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent
MADE = datetime(2026, 3, 16, 9, 0)


class Block(BaseModel):
    """One block of a document: only one of the three is filled."""

    model_config = ConfigDict(extra="forbid")

    heading: str = ""
    paragraph: str = ""
    table: tuple[tuple[str, ...], ...] = ()


class Comment(BaseModel):
    """A comment in the margin of the last paragraph."""

    author: str
    text: str


class WordFile(BaseModel):
    """A Word document: what stands in its properties, on every page and in its text."""

    model_config = ConfigDict(extra="forbid")

    file: str
    author: str
    header: str = ""
    footer: str = ""
    comment: Comment | None = None
    blocks: tuple[Block, ...]


class Workbook(BaseModel):
    """A workbook of one sheet."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


class Content(BaseModel):
    """Everything in ``documents.yaml``."""

    documents: tuple[WordFile, ...]
    contacts: Workbook


def read_content() -> Content:
    """What the files are made from."""
    return Content.model_validate(yaml.safe_load((HERE / "documents.yaml").read_text(encoding="utf-8")))


def add_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    """Put a table with borders at the end of a document."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def add_block(document: Document, block: Block) -> None:
    """Put a block at the end of a document."""
    if block.heading:
        document.add_heading(block.heading, level=1)
    if block.paragraph:
        document.add_paragraph(block.paragraph)
    if block.table:
        add_table(document, block.table)


def write_document(path: Path, content: WordFile) -> None:
    """Write a Word document."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = content.author
    properties.created = properties.modified = MADE
    properties.comments = ""
    document.sections[0].header.paragraphs[0].text = content.header
    document.sections[0].footer.paragraphs[0].text = content.footer
    for block in content.blocks:
        add_block(document, block)
    if content.comment:
        runs = document.paragraphs[-1].runs
        document.add_comment(runs, content.comment.text, author=content.comment.author, initials="")
    document.save(str(path))


def write_workbook(path: Path, content: Workbook) -> None:
    """Write a workbook, its dates as dates."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = content.sheet
    for row in (content.headings, *content.rows):
        sheet.append(list(row))
    book.save(path)


def write_documents(folder: Path) -> None:
    """Write all of them into a folder, which gets the folders below it that they need."""
    content = read_content()
    for document in content.documents:
        path = folder / document.file
        path.parent.mkdir(parents=True, exist_ok=True)
        write_document(path, document)
    write_workbook(folder / content.contacts.file, content.contacts)


if __name__ == "__main__":
    write_documents(HERE / "inbox")
