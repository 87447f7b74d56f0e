"""What travels from stage to stage: a file, its records, what is left of them without personal data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from signaal.schemas.column import Frozen
from signaal.schemas.declaration import Declaration
from signaal.schemas.risk import Solution

KNOWN_SUFFIXES = frozenset({".txt", ".md", ".docx", ".csv", ".xlsx", ".sav"})
"""Endings of the files that can be read. Another ending may be part of a name, and is not written down."""

KeyedHash = Callable[[str, bytes], str]
"""A hash under the project's key, of a purpose and data: hex digits, other ones for each purpose."""


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
    ``text``. ``questions`` says of headings that belong to one question (multiple answers, a matrix)
    which. ``rows`` are the numbers of the lines or rows of the file where the records start; empty
    for a whole note. ``repeats``: the other sheets of a workbook, by their names.
    """

    frame: pd.DataFrame
    questions: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[int, ...] = ()
    repeats: Mapping[str, "Table"] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Batch:
    """The records of one file under one declaration, raw: this value never leaves memory.

    ``batch_id`` is a keyed hash of the content, the source and the declaration's version, in 32
    hex digits; ``content_id`` one of the content and source alone, which tells a changed
    declaration from a new file. ``undeclared`` names the headings that no column declares.
    ``repeats`` are the repeat groups, each under its own declaration (``Declaration.of_repeat``);
    ``parents`` says of each row of such a group to which row of the records it belongs, -1 for none.
    """

    batch_id: str
    content_id: str
    file_id: str
    declaration: Declaration
    table: Table
    undeclared: tuple[str, ...] = ()
    parents: tuple[int, ...] = ()
    repeats: tuple["Batch", ...] = ()


@dataclass(frozen=True, repr=False)
class Released:
    """What the store has published of a source: the state that a new batch is measured with.

    rows: ``record_id``, then the published columns that the declaration still publishes in the same
        way, as they are stored.
    levels: of each quasi-identifier that was published the hierarchy and the name of its level.
    emptied: of each quasi-identifier how many cells were emptied so far.
    first_class: of each row the class of equal quasi-identifiers in which it was published first.
        Levels may have become coarser since, but who kept the first release still has that class.
    """

    rows: pd.DataFrame
    levels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    emptied: Mapping[str, int] = field(default_factory=dict)
    first_class: "pd.Series[int]" = field(default_factory=lambda: pd.Series(dtype="int64"))


class Misfit(Frozen):
    """Cells of one column that do not fit it: in which rows of the file, never what they hold.

    ``rows`` has the first of them, as numbers of lines (or rows of a sheet); ``cells`` counts all.
    """

    variable: str
    cells: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, repr=False)
class CleanBatch:
    """What may go on of a batch once personal data is stripped.

    records: one row a record: ``record_id`` (keyed), in a repeat group ``parent_id``, then every
        column that is published, under its name in the store (``variable_name``), generalised;
        strings, floats, booleans or dates as declared.
    signals: one row a free text that is not empty: ``signal_id``, ``record_id``, ``variable``,
        ``text``, ``letters`` (letters and digits of the raw text) and ``masked`` (how many of those
        were replaced).
    findings: one row a span or cell: ``record_id``, ``variable``, ``entity_type``, ``start``,
        ``end`` (characters of the raw text; missing for a whole cell), ``score``, ``recognizer``.
    dropped: names of the columns that were dropped because nobody declared them, themselves masked.
    failed: records whose detection failed; any at all holds the batch.
    duplicates: records whose declared record id is not their own alone, or is missing.
    misfits: cells that do not fit their column, where the declaration says that they hold the batch.
    unparsed: other cells that do not fit; they are empty in ``records``.
    orphans: rows of a repeat group that belong to no record.
    solution: what the solver chose; None without quasi-identifiers.
    newcomer: for each record whether its source had not published it before.
    first_class: for each record the class of equal quasi-identifiers in which it is published first,
        as 64 bits of a hash.
    released: how many records the source had published before.
    deferred: records that came back changed and stay as they were published, because fewer than k of
        their class changed: the difference would point them out.
    finer: variables that would be published finer than they were before, or by another hierarchy.
    rest: the records of the source that are published and not in this batch, as they will be from now
        on: ``record_id``, quasi-identifiers and sensitive columns.
    before: all records of the source, those of the batch first, as they would be without any
        generalisation: a column of integers for each quasi-identifier and sensitive column, in which
        equal numbers are equal values (0 for an empty cell). Never stored.
    known: raw direct identifiers of the batch, for the second look. Never stored.
    repeats: the repeat groups, each as a batch of its own.
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
    misfits: tuple[Misfit, ...] = ()
    unparsed: int = 0
    orphans: int = 0
    solution: Solution | None = None
    newcomer: "pd.Series[bool]" = field(default_factory=lambda: pd.Series(dtype=bool))
    first_class: "pd.Series[int]" = field(default_factory=lambda: pd.Series(dtype="int64"))
    released: int = 0
    deferred: int = 0
    finer: tuple[str, ...] = ()
    rest: pd.DataFrame = field(default_factory=pd.DataFrame)
    before: pd.DataFrame = field(default_factory=pd.DataFrame)
    known: frozenset[str] = field(default=frozenset())
    repeats: tuple["CleanBatch", ...] = ()
