"""Documents with personal data marked, as the guidelines of the field-note benchmark say.

A document starts with ``### id=… genre=…``; ``{{LABEL|text}}`` is a span that must not reach a researcher,
``{{PERSON:origin|text}}`` a person with the origin of the name, ``{{?LABEL|text}}`` may be left.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCUMENTS = Path(__file__).parent / "documents"
Marked = dict[str, Any]
"""``id``, ``genre``, ``text`` and ``spans`` (``start``, ``end``, ``label``, ``origin``, ``optional``)."""
_HEAD = re.compile(r"^### id=(\S+) genre=(\w+) *$", re.MULTILINE)
_MARK = re.compile(r"\{\{(?P<free>\??)(?P<label>[A-Z_]+)(?::(?P<origin>[a-z-]+))?\|(?P<text>[^{}|]+)\}\}")


def own_documents(folder: Path = DOCUMENTS) -> list[Marked]:
    """The documents of this project that are for measuring only, in the form of the benchmark.

    Raises:
        ValueError: a mark does not parse.
    """
    return [document for path in sorted(folder.glob("*.txt")) for document in _read(path)]


def _read(path: Path) -> Iterator[Marked]:
    _, *blocks = _HEAD.split(path.read_text(encoding="utf-8"))
    for name, genre, marked in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True):
        text, spans = _unmarked(marked.strip())
        if "{{" in text or "}}" in text:
            raise ValueError(f"{path.name}: {name} has a mark that does not parse")
        yield {"id": name, "genre": genre, "text": text, "spans": spans}


def _unmarked(marked: str) -> tuple[str, list[Marked]]:
    spans: list[Marked] = []
    text, at = "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append(
            {
                "start": len(text),
                "end": len(text) + len(mark["text"]),
                "label": mark["label"],
                "origin": mark["origin"],
                "optional": bool(mark["free"]),
            }
        )
        text, at = text + mark["text"], mark.end()
    return text + marked[at:], spans
