"""Gives a file's content and the batch that is made of it their ids."""

import hashlib

from signaal.schemas.batch import KeyedHash, Snapshot
from signaal.schemas.declaration import Declaration

ID_DIGITS = 32


def content_id(snapshot: Snapshot, declaration: Declaration, keyed: KeyedHash) -> str:
    """The id of this content in this source: 32 hex digits, the same whatever the file is called."""
    return keyed("content", declaration.name.encode() + b"\0" + snapshot.content)[:ID_DIGITS]


def batch_id(content_id: str, declaration: Declaration, keyed: KeyedHash) -> str:
    """The id of this content under this version of the declaration: 32 hex digits."""
    return keyed("batch", (content_id + declaration.version).encode())[:ID_DIGITS]


def repeat_id(main_id: str, sheet: str) -> str:
    """The id of a repeat group, from that of its records: 32 hex digits, the same for the same sheet.

    No key is needed again: the id of the records is already a keyed one.
    """
    return hashlib.sha256(f"{main_id}\0{sheet}".encode()).hexdigest()[:ID_DIGITS]
