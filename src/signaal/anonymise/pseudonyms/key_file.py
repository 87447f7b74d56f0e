"""The file with the project's keys: nobody but its owner may read it, and it is never lost by half.

Beside ``project.key`` there may be ``project.key.new``, the keys of a rotation that is not finished, and
``project.key.destroyed``, which says when and which key was destroyed.
"""

import os
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from signaal.anonymise.pseudonyms.chain import Chain, new_key, read_chain, write_chain
from signaal.anonymise.pseudonyms.keys import Keys
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

LARGEST_FILE = 65_536
OTHERS = 0o077
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def key_path(settings: Settings) -> Path:
    """Where the workspace's key file is."""
    return settings.path(settings.key_file)


def unfinished(path: Path) -> Path:
    """Where the keys of a rotation are until it is finished."""
    return path.with_name(f"{path.name}.new")


def destroyed(path: Path) -> Path:
    """What stays of a key file that was destroyed."""
    return path.with_name(f"{path.name}.destroyed")


def read_keys(settings: Settings) -> Keys:
    """The project's keys, from the environment's ``SIGNAAL_KEY`` or the key file.

    Raises:
        ConfigurationError: no key, one that others on this machine can read, one that is no key, or
            one that was destroyed.
    """
    return Keys(*project_chain(settings))


def project_chain(settings: Settings) -> Chain:
    """The same as ``read_keys``, as bytes.

    Raises:
        ConfigurationError: as ``read_keys``.
    """
    if settings.key is not None:
        return read_chain(settings.key.get_secret_value(), "SIGNAAL_KEY")
    return read_key_file(key_path(settings))


def read_key_file(path: Path) -> Chain:
    """The keys in a file.

    Raises:
        ConfigurationError: it is not there or was destroyed, it is no ordinary file, somebody else owns
            or may read it, or it holds no keys.
    """
    check_not_destroyed(path)
    return read_chain(read_private(path), path.name)


def read_private(path: Path) -> str:
    """What is in a file, once it is sure that it is its owner's alone; a link counts as what it leads to.

    Raises:
        ConfigurationError: it cannot be opened, is no ordinary file, or somebody else owns or may read it.
    """
    try:
        descriptor = os.open(path, _READ)
        with os.fdopen(descriptor, "rb") as file:
            problem = _why_not(os.fstat(file.fileno()), path)
            content = b"" if problem else file.read(LARGEST_FILE)
    except OSError:
        problem, content = _no_key(path), b""
    if problem:
        raise ConfigurationError(problem)
    return content.decode("ascii", "replace")


def create_key(path: Path) -> Chain:
    """Writes a new random key, readable by its owner alone.

    Raises:
        ConfigurationError: there is a key already, or one was destroyed here.
    """
    check_not_destroyed(path)
    chain = (new_key(),)
    write_key_file(path, chain)
    return chain


def write_key_file(path: Path, chain: Chain) -> None:
    """Writes keys to a new file, readable by its owner alone, and waits until the disk has them.

    Raises:
        ConfigurationError: there is a file already: a key that is lost can never be made again.
    """
    write_private(path, write_chain(chain))


def write_private(path: Path, text: str) -> None:
    """Writes a new file, readable by its owner alone, and waits until the disk has it.

    Raises:
        ConfigurationError: there is a file already, or it cannot be written.
    """
    problem = None
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        _fill(descriptor, path, text)
        settle_folder(path)
    except FileExistsError:
        problem = f"{path.name} exists already and is not overwritten"
    except OSError as error:
        problem = f"{path} cannot be written: {os.strerror(error.errno or 0).lower()}"
    if problem:
        raise ConfigurationError(problem)


def finish(path: Path) -> None:
    """Puts the keys of a rotation in the place of the earlier ones, at once."""
    unfinished(path).replace(path)
    settle_folder(path)


def erase(path: Path) -> None:
    """Overwrites a file with random bytes and removes it; nothing happens where there is none.

    What the disk, its backups or a copying file system keep elsewhere is out of reach (NIST SP 800-88).
    """
    real = path.resolve()
    with suppress(FileNotFoundError):
        real.chmod(0o600)
        with real.open("r+b") as file:
            file.write(os.urandom(max(real.stat().st_size, 1)))
            file.flush()
            os.fsync(file.fileno())
    for name in (real, path):
        name.unlink(missing_ok=True)
        settle_folder(name)


def mark_destroyed(path: Path, key_id: str, moment: datetime) -> None:
    """Leaves word that the keys in a file were destroyed, before they are."""
    write_private(destroyed(path), f"key {key_id} was destroyed on {moment:%Y-%m-%d}\n")


def check_not_destroyed(path: Path) -> None:
    """Refuses a workspace whose key was destroyed.

    Raises:
        ConfigurationError: it was.
    """
    marker = destroyed(path)
    if marker.exists():
        said = _first_line(marker) or "the key of this project was destroyed"
        raise ConfigurationError(f"{said}, and nobody can make it again: start a new workspace")


def settle_folder(path: Path) -> None:
    """Waits until the disk knows which files are in a folder."""
    if os.name != "posix":
        return
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill(descriptor: int, path: Path, text: str) -> None:
    """Writes a file that was just made, or removes it again where the disk has no room."""
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _first_line(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="utf-8").partition("\n")[0].strip()
    return ""


def _no_key(path: Path) -> str:
    if path.exists():
        return f"the key in {path} cannot be opened: run as the account that owns it, or restore the key"
    return (
        f"no key in {path}: run `signaal init` for a new workspace, or restore the key "
        "(`signaal key import` does, from a copy)"
    )


def _why_not(found: os.stat_result, path: Path) -> str:
    if not stat.S_ISREG(found.st_mode):
        return f"{path} is no ordinary file: put the key itself there"
    if os.name != "posix":
        return ""
    if found.st_uid != os.geteuid():
        return f"{path} belongs to another account: give it to this one, or run as its owner"
    if stat.S_IMODE(found.st_mode) & OTHERS:
        return f"{path} can be read by others: run `chmod 600 {path}`"
    return ""
