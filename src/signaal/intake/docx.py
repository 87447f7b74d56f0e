"""Reads the whole text of a Word document: body, tables, headers, footers, notes, comments, boxes."""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from signaal.intake.archive import Archive
from signaal.intake.tabular import Origin, note_table
from signaal.schemas.batch import Table
from signaal.schemas.errors import Code, FileNotTakenError

CONTENT_TYPES = "[Content_Types].xml"
PARTS = (
    "header+xml",
    "main+xml",
    "footnotes+xml",
    "endnotes+xml",
    "diagramData+xml",
    "comments+xml",
    "footer+xml",
)
"""Ends of the content types of the parts that hold text, in the order in which they are read."""

CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "sym": " ",
}
"""Elements that stand for a character."""

LEFT_OUT = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr"}
)
"""What is not text, or no longer: deletions, field codes, properties."""


def read_docx(content: bytes, label: str, max_characters: int) -> Table:
    """A document as a table of one row: all its text, a line a paragraph, tabs between table cells.

    Tracked insertions are part of the text, deletions are not; properties (author, company) and the
    targets of links are left behind.

    Raises:
        FileNotTakenError: it is damaged, no Word document or holds another document (``UNREADABLE``),
            has no text (``EMPTY``) or too much (``TOO_LARGE``).
    """
    archive = Archive(content, label)
    lines = [line for name in _text_parts(archive) for line in _lines(_root(archive, name))]
    return note_table("\n".join(lines), Origin(label, "line", max_characters))


def _text_parts(archive: Archive) -> list[str]:
    """The names of the parts that hold text, in the order in which they are read."""
    typed = [
        (override.get("ContentType", ""), override.get("PartName", "").lstrip("/"))
        for override in archive.xml(CONTENT_TYPES).iterchildren("{*}Override")
    ]
    if not any("wordprocessingml" in kind or "ms-word" in kind for kind, _ in typed):
        problem = "is no Word document in spite of its ending; open it where it was made, save it as .docx"
        raise FileNotTakenError(Code.UNREADABLE, f"file {archive.label} {problem}")
    return [
        name
        for end in PARTS
        for kind, name in sorted(typed)
        if kind.endswith(end) and "glossary" not in name.lower()
    ]


def _root(archive: Archive, name: str) -> etree._Element:
    root = archive.xml(name)
    if next(root.iter("{*}altChunk"), None) is not None:
        problem = "holds another document that is not part of its text yet; open it in Word and save it again"
        raise FileNotTakenError(Code.UNREADABLE, f"file {archive.label} {problem}")
    return root


def _tag(element: etree._Element) -> str:
    # Comments and processing instructions have a function for a tag.
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _lines(element: etree._Element) -> Iterator[str]:
    """The lines of everything in an element, in the order in which it is read."""
    tag = _tag(element)
    if tag == "p":
        boxes: list[etree._Element] = []
        yield "".join(_characters(element, boxes))
        for box in boxes:
            yield from _lines(box)
    elif tag == "tr":
        yield "\t".join("\n".join(_lines(cell)) for cell in _cells(element))
    elif tag not in LEFT_OUT:
        for child in _shown(element):
            yield from _lines(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a table row, those in a content control included, those of inner tables not."""
    for child in row:
        if _tag(child) == "tc":
            yield child
        elif _tag(child) not in LEFT_OUT:
            yield from _cells(child)


def _characters(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The text of a paragraph; the text boxes that hang on it are added to ``boxes``."""
    for child in _shown(element):
        tag = _tag(child)
        if tag == "t":
            yield child.text or ""
        elif tag in CHARACTERS:
            yield CHARACTERS[tag]
        elif tag in {"txbxContent", "txBody", "p", "tbl"}:
            boxes.append(child)
        elif tag not in LEFT_OUT:
            yield from _characters(child, boxes)


def _shown(element: etree._Element) -> Iterator[etree._Element]:
    """The children of an element. Where there is a choice of two ways to draw it, only the first."""
    choice = element.find("{*}Choice") if _tag(element) == "AlternateContent" else None
    return iter(element if choice is None else [choice])
