import os
from collections.abc import Callable
from pathlib import Path

import pytest

from signaal.intake.snapshot import take, unchanged
from signaal.schemas.batch import InboxFile
from signaal.schemas.errors import Code, FileNotTakenError

HandedIn = Callable[[str, bytes], InboxFile]
LARGE = 1_000_000


def refusal(file: InboxFile, max_bytes: int = LARGE) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        take(file, max_bytes)
    assert caught.value.message.startswith(f"file {file.label} ")
    assert caught.value.__context__ is None
    return caught.value


def test_a_file_is_read_byte_for_byte(handed_in: HandedIn) -> None:
    content = bytes(range(256)) * 100
    snapshot = take(handed_in("a.csv", content), LARGE)
    assert snapshot.content == content
    assert unchanged(snapshot)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b" \t\r\n", b"\xef\xbb\xbf", b"\xff\xfe \0\n\0", b"\xfe\xff\0 "]
)
def test_a_file_with_nothing_but_blanks_is_empty(handed_in: HandedIn, content: bytes) -> None:
    assert refusal(handed_in("a.txt", content)).code is Code.EMPTY


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(handed_in: HandedIn) -> None:
    file = handed_in("a.csv", b"x" * 101)
    assert take(file, 101).content == b"x" * 101
    assert refusal(file, 100).code is Code.TOO_LARGE


def test_a_file_that_has_gone_is_not_taken(handed_in: HandedIn) -> None:
    file = handed_in("a.csv", b"x")
    file.path.unlink()
    error = refusal(file)
    assert error.code is Code.UNREADABLE
    assert "no longer there" in error.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert refusal(InboxFile(tmp_path / "a.csv", "a.csv", "0123456789")).code is Code.UNREADABLE


def test_a_link_that_took_the_place_of_a_file_is_not_followed(handed_in: HandedIn, tmp_path: Path) -> None:
    file = handed_in("a.csv", b"x")
    (tmp_path / "elders").write_text("geheim")
    file.path.unlink()
    file.path.symlink_to(tmp_path / "elders")
    assert refusal(file).code is Code.UNREADABLE


def test_a_file_that_may_not_be_read_says_so(handed_in: HandedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by its mode: the account that runs the tests may be one that no mode stops.
    def refused(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    file = handed_in("Fatima.csv", b"x")
    with monkeypatch.context() as patched:
        patched.setattr("signaal.intake.snapshot.os.open", refused)
        error = refusal(file)
    assert error.code is Code.UNREADABLE
    assert "right to read it" in error.message
    assert "Fatima" not in error.message


def append(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"meer")


def rewrite(path: Path) -> None:
    path.write_bytes(b"anders!")


def replace(path: Path) -> None:
    path.with_suffix(".nieuw").write_bytes(b"x" * 7)
    path.with_suffix(".nieuw").replace(path)


def truncate(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("change", [append, rewrite, replace, truncate])
@pytest.mark.parametrize("moment", ["before opening", "after opening"])
def test_a_file_that_changes_while_it_is_read_waits_for_the_next_run(
    handed_in: HandedIn, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], moment: str
) -> None:
    file = handed_in("a.csv", b"x" * 7)
    os.utime(file.path, ns=(0, 0))
    really_open = os.open

    def meddled(path: Path, flags: int) -> int:
        if moment == "before opening":
            change(path)
            return really_open(path, flags)
        descriptor = really_open(path, flags)
        change(path)
        return descriptor

    with monkeypatch.context() as patched:
        patched.setattr("signaal.intake.snapshot.os.open", meddled)
        assert refusal(file).code is Code.CHANGED


@pytest.mark.parametrize("change", [append, rewrite, truncate, Path.unlink])
def test_a_file_that_changes_after_it_was_read_is_told(
    handed_in: HandedIn, change: Callable[[Path], None]
) -> None:
    file = handed_in("a.csv", b"x" * 7)
    os.utime(file.path, ns=(0, 0))
    snapshot = take(file, LARGE)
    change(file.path)
    assert not unchanged(snapshot)
