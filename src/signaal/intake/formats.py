"""Tells what kind of file one is, from its ending and from its first bytes."""

from enum import StrEnum

from signaal.intake.match import unknown_format
from signaal.intake.rules import rules
from signaal.schemas.batch import InboxFile
from signaal.schemas.errors import Code, FileNotTakenError


class Format(StrEnum):
    """The kinds of files that can be read."""

    TEXT = "text"
    DOCX = "docx"
    DELIMITED = "delimited"
    SPREADSHEET = "spreadsheet"
    SPSS = "spss"


BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".md": Format.TEXT,
    ".docx": Format.DOCX,
    ".csv": Format.DELIMITED,
    ".xlsx": Format.SPREADSHEET,
    ".sav": Format.SPSS,
}
NOTES = frozenset({Format.TEXT, Format.DOCX})
"""Formats of which a file is one whole note; the others hold a table."""

SIGNATURES = {
    Format.DOCX: frozenset({"zip"}),
    Format.SPREADSHEET: frozenset({"zip"}),
    Format.SPSS: frozenset({"spss", "spss_zipped"}),
}
"""How the files of a format start; those of another one as nothing that is known."""

LOCKED = frozenset({"ole", "spss_locked"})
"""How those start that are of an old kind, or have a password."""


def format_of(file: InboxFile, content: bytes) -> Format:
    """The format of a file.

    Raises:
        FileNotTakenError: the ending is not known (``UNKNOWN_FORMAT``), or the content is plainly
            something else than the ending says (``UNREADABLE``).
    """
    suffix = file.path.suffix.lower()
    kind = BY_SUFFIX.get(suffix)
    if kind is None:
        raise unknown_format(file)
    signature = _signature(content)
    if kind in SIGNATURES and signature in LOCKED:
        raise _unreadable(file, f"is of an old kind or has a password; save it as {suffix} without one")
    if signature not in SIGNATURES.get(kind, {None}):
        raise _unreadable(
            file, f"is not what its ending says; open it where it was made, save it as {suffix}"
        )
    return kind


def _signature(content: bytes) -> str | None:
    known = rules().signatures.items()
    return next((name for name, start in known if content.startswith(bytes.fromhex(start))), None)


def _unreadable(file: InboxFile, problem: str) -> FileNotTakenError:
    return FileNotTakenError(Code.UNREADABLE, f"file {file.label} {problem}")
