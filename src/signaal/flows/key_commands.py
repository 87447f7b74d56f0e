"""What is done to a project's key: made, rotated, copied for a second holder, put back, destroyed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from signaal.anonymise.pseudonyms.chain import Chain, new_key, read_chain
from signaal.anonymise.pseudonyms.key_file import (
    check_not_destroyed,
    create_key,
    destroyed,
    erase,
    finish,
    key_path,
    mark_destroyed,
    project_chain,
    read_key_file,
    read_private,
    unfinished,
    write_key_file,
    write_private,
)
from signaal.anonymise.pseudonyms.keys import Keys, Rotation
from signaal.anonymise.pseudonyms.sealed import seal, unseal
from signaal.flows.workspace import locked, open_workspace
from signaal.schemas.errors import ConfigurationError, SignaalError
from signaal.schemas.settings import Settings
from signaal.store import open_store
from signaal.store.interface import Rekeying, Store

OTHER_KEY = "the store has rows of another project key: restore that key, or start a new workspace"


class Rotated(NamedTuple):
    """The ids of the project's keys before and after a rotation."""

    before: str
    after: str


def current_keys(settings: Settings) -> Keys:
    """The project's keys, once a rotation that was cut off is finished or undone.

    Raises:
        ConfigurationError: as ``read_keys``.
        SignaalError: another run is busy in this workspace, or the store cannot be read.
    """
    return Keys(*_current_chain(settings))


def settle(settings: Settings) -> None:
    """Finishes or undoes a rotation that was cut off; the caller holds the workspace's lock.

    The store says which: what it holds is under the new key, or nothing of it is.

    Raises:
        ConfigurationError: the key files are not in order, or belong to another store.
        SignaalError: the store cannot be read or written.
    """
    path = key_path(settings)
    if settings.key is not None or not unfinished(path).exists():
        return
    found, chain = _store(settings).key_ids(), read_key_file(path)
    longer = _continued(chain, unfinished(path))
    if longer and Keys(*longer).key_id in found:
        _store(settings).rekey(_change(longer))
        finish(path)
    elif found <= {Keys(*chain).key_id}:
        erase(unfinished(path))
    else:
        raise ConfigurationError(OTHER_KEY)


def make(workspace: Path | None) -> str:
    """A new key in a workspace without one; gives its id.

    Raises:
        ConfigurationError: there is a key, or one was destroyed, or the store has rows of another key.
    """
    settings = _with_key_file(workspace)
    with locked(settings):
        settle(settings)
        return make_key(settings)


def make_key(settings: Settings) -> str:
    """A new key in these settings' workspace; gives its id.

    Raises:
        ConfigurationError: as ``make``.
    """
    path = key_path(settings)
    check_not_destroyed(path)
    if not path.exists():  # else there is a key, which create_key says
        _check_store(settings, frozenset())
    return Keys(*create_key(path)).key_id


def rotate(workspace: Path | None) -> Rotated:
    """Lays a new key over the project's keys, and re-keys the store with it.

    Killed at any moment, the workspace is as it was or as it is to be: ``settle`` sees to that. The new
    keys are on the disk before the store depends on them.

    Raises:
        ConfigurationError: no key, or one that others can read; the store has rows of another key.
        SignaalError: another run is busy, or the store is open elsewhere; nothing was changed then.
    """
    settings = _with_key_file(workspace)
    path = key_path(settings)
    with locked(settings):
        settle(settings)
        before = read_key_file(path)
        _check_store(settings, frozenset({Keys(*before).key_id}))
        chain = (*before, new_key())
        write_key_file(unfinished(path), chain)
        if problem := _rekey(_store(settings), chain):
            settle(settings)
            if read_key_file(path) != chain:
                raise problem
        else:
            finish(path)
    return Rotated(Keys(*before).key_id, Keys(*chain).key_id)


def export(workspace: Path | None, file: Path, passphrase: str) -> str:
    """Writes a copy of the keys that the passphrase opens, for a second holder; gives their id.

    Raises:
        ConfigurationError: no key, a passphrase that can be guessed, or a file that is there already.
    """
    chain = _current_chain(open_workspace(workspace))
    write_private(file, seal(chain, passphrase))
    return Keys(*chain).key_id


def put_back(workspace: Path | None, file: Path, passphrase: str) -> str:
    """Puts the keys of a copy in a workspace without a key; gives their id.

    Raises:
        ConfigurationError: there is a key, or one was destroyed; the copy cannot be opened; the store has
            rows of other keys than these.
    """
    settings = _with_key_file(workspace)
    path = key_path(settings)
    with locked(settings):
        check_not_destroyed(path)
        if path.exists():
            raise ConfigurationError(f"{path.name} exists already and is not overwritten")
        chain = unseal(file, passphrase)
        key_id = Keys(*chain).key_id
        _check_store(settings, frozenset({key_id}))
        write_key_file(path, chain)
    return key_id


def key_id_of(workspace: Path | None) -> str:
    """The id of the keys in a workspace's key file.

    Raises:
        ConfigurationError: as ``read_keys``.
    """
    return Keys(*read_key_file(key_path(_with_key_file(workspace)))).key_id


def destroy(workspace: Path | None, key_id: str) -> str:
    """Destroys the keys in a workspace's key file, whose id is given to be sure; gives that id.

    Word of it is left first, so that a key that is destroyed by half is never taken for one.

    Raises:
        ConfigurationError: no key, or another one than is meant.
    """
    settings = _with_key_file(workspace)
    path = key_path(settings)
    with locked(settings):
        if not (destroyed(path).exists() and path.exists()):  # else it was cut off: the rest follows
            settle(settings)
            found = Keys(*read_key_file(path)).key_id
            if key_id != found:
                raise ConfigurationError(f"the key of this workspace is {found}: nothing was destroyed")
            mark_destroyed(path, found, datetime.now(UTC))
        erase(unfinished(path))
        erase(path)
    return key_id


def _with_key_file(workspace: Path | None) -> Settings:
    settings = open_workspace(workspace)
    if settings.key is not None:
        raise ConfigurationError(
            "the key comes from SIGNAAL_KEY, and this command works on the key file: unset it first"
        )
    return settings


def _store(settings: Settings) -> Store:
    return open_store(settings.path(settings.store))


def _check_store(settings: Settings, key_ids: frozenset[str]) -> None:
    """Whether the rows in the store were made with these keys, or there are none."""
    if _store(settings).key_ids() - key_ids:
        raise ConfigurationError(OTHER_KEY)


def _change(chain: Chain) -> Rekeying:
    """What the last of the keys makes of a store under the others."""
    rotation = Rotation(chain[-1])
    return Rekeying(Keys(*chain[:-1]).key_id, Keys(*chain).key_id, rotation.digits, rotation.letters)


def _rekey(store: Store, chain: Chain) -> SignaalError | None:
    """Re-keys the store; what went wrong, if anything did."""
    try:
        store.rekey(_change(chain))
    except SignaalError as error:
        return error.with_traceback(None)
    return None


def _current_chain(settings: Settings) -> Chain:
    """The project's keys, once a rotation that was cut off is finished or undone."""
    if settings.key is None and unfinished(key_path(settings)).exists():
        with locked(settings):
            settle(settings)
    return project_chain(settings)


def _continued(chain: Chain, path: Path) -> Chain | None:
    """The keys of a rotation; None where it was cut off while they were written."""
    text = read_private(path)
    try:
        longer = read_chain(text, path.name)
    except ConfigurationError:
        return None
    return longer if longer[:-1] == chain else None
