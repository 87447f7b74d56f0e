"""Detection over a file of JSON lines, apart from any workspace's store."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.texts import CleanText
from signaal.schemas.errors import Code, FileNotTakenError

LINES_AT_ONCE = 500


@dataclass(frozen=True, repr=False)
class Document:
    """One line of the input."""

    id: str | int
    text: str


def detect_file(source: Path, target: Path, anonymiser: Anonymiser) -> tuple[int, int]:
    """Writes the anonymised text and the spans of every line; gives how many lines, and how many failed.

    The input has ``{"id", "text"}`` a line, the output ``{"id", "text", "spans"}``: ``text`` is the
    anonymised one (null where detection failed), offsets count characters of the input's text. The
    output appears only when it is complete.

    Raises:
        FileNotTakenError: the input can't be read, or a line of it is not as it should be.
    """
    part = target.with_name(f".{target.name}.part")
    lines = failed = 0
    try:
        with part.open("w", encoding="utf-8") as out:
            for document, clean in _cleaned(_documents(source), anonymiser):
                out.write(json.dumps(_line(document, clean), ensure_ascii=False) + "\n")
                lines, failed = lines + 1, failed + (clean.text is None)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return lines, failed


def _cleaned(documents: Iterable[Document], anonymiser: Anonymiser) -> Iterator[tuple[Document, CleanText]]:
    documents = iter(documents)
    while chunk := list(islice(documents, LINES_AT_ONCE)):
        yield from zip(chunk, anonymiser.clean([document.text for document in chunk]), strict=True)


def _documents(source: Path) -> Iterator[Document]:
    problem = None
    try:
        with source.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _document(line, number)
    except OSError as error:
        problem = os.strerror(error.errno or 0).lower()
    except UnicodeDecodeError:
        problem = "it is not UTF-8"
    if problem:
        message = f"the input cannot be read: {problem}; give a file of JSON lines"
        raise FileNotTakenError(Code.UNREADABLE, message)


def _document(line: str, number: int) -> Document:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if (
        isinstance(found, dict)
        and isinstance(found.get("text"), str)
        and isinstance(found.get("id"), str | int)
    ):
        return Document(found["id"], found["text"])
    raise FileNotTakenError(
        Code.UNREADABLE, f'line {number} of the input is not {{"id": …, "text": …}}: correct it'
    )


def _line(document: Document, clean: CleanText) -> dict[str, Any]:
    spans = [
        {
            "start": span.start,
            "end": span.end,
            "entity_type": str(span.entity),
            "score": round(span.score, 4),
            "recognizer": span.recognizer,
        }
        for span in clean.spans
    ]
    return {"id": document.id, "text": clean.text, "spans": spans}
