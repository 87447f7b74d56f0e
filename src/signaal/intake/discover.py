"""Finds the files that may be taken in."""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from signaal.intake.rules import rules
from signaal.schemas.batch import InboxFile, KeyedHash
from signaal.schemas.errors import ConfigurationError

FILE_ID_DIGITS = 10


def discover(paths: Sequence[Path], keyed: KeyedHash) -> list[InboxFile]:
    """The files at and under ``paths``, each of them once, sorted by name.

    A name is the path below the folder that was searched, in Unicode's composed form (NFC), so that
    the same name gives the same id whatever system it was written on. Hidden files, lock files of
    office programs, partial downloads and links that lead out of the searched folder are skipped
    (``rules.yaml``); a file that is itself in ``paths`` never is.

    Raises:
        ConfigurationError: one of ``paths`` is not there, or a folder cannot be searched.
    """
    found: dict[Path, str] = {}
    for number, path in enumerate(paths, start=1):
        for real, name in _at(path, f"argument {number}"):
            found.setdefault(real, unicodedata.normalize("NFC", name))
    in_order = sorted(found.items(), key=lambda item: (item[1], item[0]))
    same = Counter[str]()
    files = []
    for real, name in in_order:
        files.append(InboxFile(real, name, _file_id(name, same[name], keyed)))
        same[name] += 1
    return files


def _file_id(name: str, same: int, keyed: KeyedHash) -> str:
    """The id of a file; ``same`` counts the files before it that are called the same in other folders."""
    name = f"{name}\0{same}" if same else name
    # A name on disk need not be valid UTF-8; such bytes come in as surrogates and go out as they were.
    return keyed("file-name", name.encode("utf-8", "surrogateescape"))[:FILE_ID_DIGITS]


def _at(path: Path, argument: str) -> list[tuple[Path, str]]:
    """The real path and the name of every file that one argument stands for, links last."""
    try:
        real = path.resolve(strict=True)
        if not real.is_dir():
            return [(real, path.name)]
        entries = list(_below(real))
    except FileNotFoundError:
        problem = f"{argument} is not a file or folder; correct it and run again"
    except (OSError, RuntimeError):
        problem = f"{argument} holds a folder that may not be read; give this account the right to read it"
    else:
        entries.sort(key=lambda entry: (entry.is_symlink(), entry))
        return [(entry.resolve(), entry.relative_to(real).as_posix()) for entry in entries]
    raise ConfigurationError(problem)


def _below(root: Path) -> Iterator[Path]:
    """Files anywhere below a folder, and links to files that lead to a place below it."""
    for folder, folders, names in os.walk(root, onerror=_stop):
        folders[:] = [name for name in folders if not _skipped(name)]
        for name in names:
            entry = Path(folder, name)
            if not _skipped(name) and (not entry.is_symlink() or _leads_below(entry, root)):
                yield entry


def _stop(error: OSError) -> None:
    raise error


def _skipped(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in rules().skipped_names)


def _leads_below(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False
