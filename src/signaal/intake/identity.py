"""Gives a file's content and the batch that is made of it their ids."""

from signaal.schemas.batch import KeyedHash, Snapshot
from signaal.schemas.declaration import Declaration

ID_DIGITS = 32


def content_id(snapshot: Snapshot, declaration: Declaration, keyed: KeyedHash) -> str:
    """The id of this content in this source: 32 hex digits, the same whatever the file is called."""
    return keyed("content", declaration.name.encode() + b"\0" + snapshot.content)[:ID_DIGITS]


def batch_id(content_id: str, declaration: Declaration, keyed: KeyedHash) -> str:
    """The id of this content under this version of the declaration: 32 hex digits."""
    return keyed("batch", (content_id + declaration.version).encode())[:ID_DIGITS]
