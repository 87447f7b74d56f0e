"""What the tests of intake share: a keyed hash, and files handed in."""

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path

import pytest

from signaal.schemas.batch import InboxFile, KeyedHash, Snapshot
from signaal.schemas.declaration import Declaration

ShownAs = Callable[[str, bytes], Snapshot]


@pytest.fixture
def keyed() -> KeyedHash:
    """A keyed hash as the project's, under a key for tests."""

    def hashed(purpose: str, data: bytes) -> str:
        return hmac.new(b"test key", purpose.encode() + b"\0" + data, hashlib.sha256).hexdigest()

    return hashed


@pytest.fixture
def handed_in(tmp_path: Path) -> Callable[[str, bytes], InboxFile]:
    """Writes a file into an inbox."""

    def write(name: str, content: bytes) -> InboxFile:
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return InboxFile(path, name, "0123456789")

    return write


@pytest.fixture
def snapshot() -> ShownAs:
    """A snapshot of bytes under a name, without a file behind it."""

    def made(name: str, content: bytes) -> Snapshot:
        return Snapshot(InboxFile(Path(name), name, "0123456789"), content, 0)

    return made


@pytest.fixture
def declared() -> Callable[..., Declaration]:
    """A valid declaration, with what a test wants different."""

    def made(**changes: object) -> Declaration:
        values: dict[str, object] = {
            "name": "notities",
            "kind": "field_notes",
            "files": ["*.txt"],
            "owner": "Wijkteam Zuid",
            "purpose": "onderzoek naar eenzaamheid",
            "legal_basis": "AVG art. 6 lid 1 onder e",
            "retention_days": 365,
        }
        return Declaration.model_validate(values | changes)

    return made
