"""What travels from stage to stage: a file, its records, what is left of them without personal data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from signaal.schemas.declaration import Declaration

KNOWN_SUFFIXES = frozenset({".txt", ".md", ".docx", ".csv", ".xlsx"})
"""Endings of the files that can be read. Another ending may be part of a name, and is not written down."""

KeyedHash = Callable[[str, bytes], str]
"""A hash under the project's key, of a purpose and data: 64 hex digits, other ones for each purpose."""


@dataclass(frozen=True, repr=False)
class InboxFile:
    """A file that may be taken in.

    ``name`` is its path below the folder that was searched, with forward slashes. A name can hold
    personal data, so that whatever is kept calls the file by ``file_id`` only: ten hex digits of a
    keyed hash of the name.
    """

    path: Path
    name: str
    file_id: str

    @property
    def label(self) -> str:
        """What may be written down: the id with the kind of file, such as ``3fa9c01b7e.docx``."""
        suffix = self.path.suffix.lower()
        return self.file_id + (suffix if suffix in KNOWN_SUFFIXES else "")


@dataclass(frozen=True, repr=False)
class Snapshot:
    """A file's bytes at one moment, with what the file system said of it before they were read."""

    file: InboxFile
    content: bytes
    modified_ns: int


@dataclass(frozen=True, repr=False)
class Table:
    """The records of one file as it holds them: one row a record, every cell a string or None.

    ``frame`` has the headings of the file as columns, in their order, each of them once: a heading
    that comes back gets `` (2)`` behind it. A whole note is a table of one row and the one column
    ``text``.
    """

    frame: pd.DataFrame


@dataclass(frozen=True, repr=False)
class Batch:
    """The records of one file under one declaration, raw: this value never leaves memory.

    ``batch_id`` is a keyed hash of the content, the source and the declaration's version, in 32
    hex digits; ``content_id`` one of the content and source alone, which tells a changed
    declaration from a new file. ``undeclared`` counts the headings that no column declares.
    """

    batch_id: str
    content_id: str
    file_id: str
    declaration: Declaration
    table: Table
    undeclared: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class CleanBatch:
    """What may go on of a batch once personal data is stripped.

    records: one row a record: ``record_id`` (keyed), then every column that is published, under its
        name in the store (``variable_name``), generalised; strings, or floats where so declared.
    signals: one row a free text that is not empty: ``signal_id``, ``record_id``, ``variable``,
        ``text``, ``letters`` (letters and digits of the raw text) and ``masked`` (how many of those
        were replaced).
    findings: one row a span or cell: ``record_id``, ``variable``, ``entity_type``, ``start``,
        ``end`` (characters of the raw text; missing for a whole cell), ``score``, ``recognizer``.
    dropped: names of the columns that were dropped because nobody declared them, themselves masked.
    failed: records whose detection failed; any at all holds the batch.
    duplicates: records whose declared record id is not their own alone, or is missing.
    k_before, k_after: size of the smallest class of equal quasi-identifiers as they came in, and as
        they would be published; None without quasi-identifiers.
    suppressed: share of the quasi-identifying cells that were emptied.
    unparsed: cells that should have been a number and are not; they are empty in ``records``.
    known: raw direct identifiers of the batch, for the second look. Never stored.
    """

    batch_id: str
    content_id: str
    file_id: str
    declaration: Declaration
    key_id: str
    engine_version: str
    records: pd.DataFrame
    signals: pd.DataFrame
    findings: pd.DataFrame
    dropped: tuple[str, ...] = ()
    failed: int = 0
    duplicates: int = 0
    k_before: int | None = None
    k_after: int | None = None
    suppressed: float = 0.0
    unparsed: int = 0
    known: frozenset[str] = field(default=frozenset())
