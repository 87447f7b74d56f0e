"""Documents written for this project, with personal data marked, and how they are filled anew each time.

A document starts with a line ``### genre=…``. A person is a slot, ``{P1.full}``, the same number the same
person; what else is personal data stands in double braces with its label, ``{{AGE|82}}``. A question mark
before the label says that masking it or leaving it are both fine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .names import Person, genitive
from .sample import DATA, UNKNOWN, Label, Piece, Sample, assemble
from .templates import Writer
from .values import Values

MARK = re.compile(
    r"\{P(?P<person>\d+)(?:\.(?P<form>\w+))?\}"
    r"|\{\{(?P<free>\??)(?P<label>\w+)(?::[\w-]+)?\|(?P<text>[^{}|]+)\}\}"
)
FORMS = {
    None: "FIRST",
    "full": "FULL",
    "last": "LAST",
    "init": "INIT",
    "nick": "NICK",
    "lastfirst": "LASTFIRST",
}
CAPITAL_PREFIX = 0.6
HELD_OUT = 9
"""Every ninth document is kept for measuring and never trained on."""


@dataclass(frozen=True)
class Document:
    """A marked document as it was written."""

    genre: str
    text: str


def read_documents(folder: Path = DATA / "documents") -> tuple[list[Document], list[Document]]:
    """Read the documents: those to train on, and those to measure with."""
    documents = [document for path in sorted(folder.glob("*.txt")) for document in _parsed(path)]
    held_out = documents[::HELD_OUT]
    return [document for at, document in enumerate(documents) if at % HELD_OUT], held_out


def _parsed(path: Path) -> Iterator[Document]:
    blocks = re.split(r"^### genre=(\w+) *$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for genre, text in zip(blocks[1::2], blocks[2::2], strict=True):
        if text.strip():
            yield Document(genre, text.strip())


class Filler:
    """Fills the slots of documents with people, and draws numbers, dates and places anew."""

    def __init__(self, writer: Writer, values: Values) -> None:
        """Keep where people and values come from."""
        self.writer, self.values = writer, values

    def fill(self, document: Document, random: Random) -> Sample:
        """Give the document with other people, numbers, dates, and some other places and organisations."""
        people: dict[str, Person] = {}
        pieces: list[Piece] = []
        at = 0
        for mark in MARK.finditer(document.text):
            pieces.append(Piece(document.text[at : mark.start()]))
            if mark["person"]:
                person = people.setdefault(mark["person"], self.writer.book.person(random))
                pieces.append(Piece(self._name(person, mark["form"], random), "PERSON"))
            else:
                pieces.append(self._marked(mark, random))
            at = mark.end()
        pieces.append(Piece(document.text[at:]))
        return assemble(pieces)

    def _marked(self, mark: re.Match[str], random: Random) -> Piece:
        label: Label = mark["label"]  # type: ignore[assignment]
        if mark["free"]:
            return Piece(mark["text"], None if label == "ORGANIZATION" else UNKNOWN)
        return Piece(self.values.drawn(label, mark["text"], random), label)

    def _name(self, person: Person, form: str | None, random: Random) -> str:
        if form == "s":
            return genitive(person.forename)
        if form == "k":
            return f"{random.choice((person.forename, person.surname))[0].upper()}."
        name = self.writer.form(FORMS[form], person, random)
        if form == "last" and random.random() < CAPITAL_PREFIX:
            name = name[0].upper() + name[1:]
        return name
