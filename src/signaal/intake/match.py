"""Tells which declaration a file falls under."""

import unicodedata
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from signaal.schemas.batch import KNOWN_SUFFIXES, InboxFile
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError


def declaration_for(file: InboxFile, declarations: Iterable[Declaration]) -> Declaration:
    """The one declaration whose globs take this file.

    Capitals make no difference. A glob without a slash is compared with the file's own name, in any
    folder; one with a slash with the whole path below the inbox, where ``**`` is any number of folders.

    Raises:
        FileNotTakenError: no declaration takes the file (``NO_DECLARATION``, or ``UNKNOWN_FORMAT``
            where no declaration would help), or more than one does (``TWO_DECLARATIONS``).
    """
    taking = [declaration for declaration in declarations if _takes(declaration, file.name)]
    if not taking:
        raise _no_declaration(file)
    if len(taking) > 1:
        names = " and ".join(declaration.name for declaration in taking)
        raise FileNotTakenError(
            Code.TWO_DECLARATIONS,
            f"file {file.label} is taken by the sources {names}; change files in one of the declarations",
        )
    return taking[0]


def _no_declaration(file: InboxFile) -> FileNotTakenError:
    if file.path.suffix.lower() not in KNOWN_SUFFIXES:
        return unknown_format(file)
    return FileNotTakenError(
        Code.NO_DECLARATION,
        f"file {file.label} fits no source declaration; run `signaal propose {file.label}`",
    )


def unknown_format(file: InboxFile) -> FileNotTakenError:
    """The error for a file whose ending is not one that can be read."""
    *others, last = sorted(KNOWN_SUFFIXES)
    return FileNotTakenError(
        Code.UNKNOWN_FORMAT,
        f"file {file.label} is of a kind that cannot be read; save it as {', '.join(others)} or {last}",
    )


def _takes(declaration: Declaration, name: str) -> bool:
    return any(_matches(_parts(name), _pattern(glob)) for glob in declaration.files)


def _pattern(glob: str) -> list[str]:
    return _parts(glob if "/" in glob else f"**/{glob}")


def _parts(path: str) -> list[str]:
    return [part for part in unicodedata.normalize("NFC", path).lower().split("/") if part not in {"", "."}]


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    first, rest = pattern[0], pattern[1:]
    if first == "**":
        return any(_matches(parts[skipped:], rest) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], first) and _matches(parts[1:], rest)
