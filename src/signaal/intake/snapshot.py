"""Reads a file's bytes once, and tells whether it has been left alone since."""

import os
import re
import stat

from signaal.schemas.batch import InboxFile, Snapshot
from signaal.schemas.errors import Code, FileNotTakenError

# A pipe must not block, and a link that was put there after the search must not be followed.
# Neither flag exists on Windows, which wants O_BINARY instead.
OPEN_FLAGS = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
    OPEN_FLAGS |= getattr(os, _flag, 0)

SOMETHING = re.compile(rb"[^\s\0]")
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MEGABYTE = 1_000_000


def take(file: InboxFile, max_bytes: int) -> Snapshot:
    """The file's bytes, read once and only where nobody wrote to it meanwhile.

    Raises:
        FileNotTakenError: ``UNREADABLE`` (gone, not allowed, not a file), ``TOO_LARGE`` (more than
            ``max_bytes``; not read), ``CHANGED`` (while it was read) or ``EMPTY`` (nothing but blanks).
    """
    try:
        return _take(file, max_bytes)
    except FileNotFoundError:
        problem = "is no longer there; put it back if it still has to be taken"
    except OSError:
        problem = "cannot be opened; give this account the right to read it"
    raise FileNotTakenError(Code.UNREADABLE, f"file {file.label} {problem}")


def unchanged(snapshot: Snapshot) -> bool:
    """Whether the file is still there with the size and time of change that it was read with."""
    try:
        now = snapshot.file.path.lstat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime_ns) == (len(snapshot.content), snapshot.modified_ns)


def _take(file: InboxFile, max_bytes: int) -> Snapshot:
    before = file.path.lstat()
    _check_kind_and_size(file, before, max_bytes)
    with open(os.open(file.path, OPEN_FLAGS), "rb") as stream:  # noqa: PTH123 -- only open takes a descriptor
        _check_kind_and_size(file, os.fstat(stream.fileno()), max_bytes)
        content = stream.read(max_bytes + 1)
        opened = os.fstat(stream.fileno())
    after = file.path.lstat()
    if len({_state(before), _state(opened), _state(after)}) > 1 or len(content) != before.st_size:
        raise FileNotTakenError(
            Code.CHANGED, f"file {file.label} is still being written; the next run takes it"
        )
    if _is_blank(content):
        raise FileNotTakenError(Code.EMPTY, f"file {file.label} is empty; remove it or save it again")
    return Snapshot(file, content, before.st_mtime_ns)


def _check_kind_and_size(file: InboxFile, status: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise FileNotTakenError(Code.UNREADABLE, f"file {file.label} is not an ordinary file; remove it")
    if status.st_size > max_bytes:
        raise FileNotTakenError(
            Code.TOO_LARGE,
            f"file {file.label} is larger than {max_bytes / MEGABYTE:.0f} MB; split it or raise max_file_mb",
        )


def _state(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _is_blank(content: bytes) -> bool:
    start = next((len(bom) for bom in BOMS if content.startswith(bom)), 0)
    return SOMETHING.search(content, start) is None
