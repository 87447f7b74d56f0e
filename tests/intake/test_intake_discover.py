import hashlib
import os
import sys
import unicodedata
from pathlib import Path

import pytest

from signaal.intake.discover import discover
from signaal.schemas.batch import KeyedHash
from signaal.schemas.errors import ConfigurationError


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("iets")
    return path


def names(paths: list[Path], keyed: KeyedHash) -> list[str]:
    return [file.name for file in discover(paths, keyed)]


def test_files_in_all_folders_come_sorted_with_their_path_below_the_inbox(
    tmp_path: Path, keyed: KeyedHash
) -> None:
    for name in ("zuid/b.txt", "a.csv", "zuid/oost/c.docx"):
        put(tmp_path / name)
    assert names([tmp_path], keyed) == ["a.csv", "zuid/b.txt", "zuid/oost/c.docx"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.csv",
        ".map/a.csv",
        "~$note.docx",
        ".~lock.note.docx#",
        "a.csv.part",
        "a.CRDOWNLOAD",
        "a.tmp",
        "__MACOSX/a.csv",
        "Thumbs.db",
    ],
)
def test_what_nobody_means_to_hand_in_is_skipped(tmp_path: Path, keyed: KeyedHash, name: str) -> None:
    put(tmp_path / name)
    put(tmp_path / "echt.csv")
    assert names([tmp_path], keyed) == ["echt.csv"]


def test_the_inbox_itself_may_lie_in_a_hidden_folder(tmp_path: Path, keyed: KeyedHash) -> None:
    put(tmp_path / ".werk" / "inbox" / "a.csv")
    assert names([tmp_path / ".werk" / "inbox"], keyed) == ["a.csv"]


def test_a_file_that_is_given_itself_bears_its_own_name(tmp_path: Path, keyed: KeyedHash) -> None:
    assert names([put(tmp_path / "zuid" / "b.txt")], keyed) == ["b.txt"]


def test_a_file_that_is_given_twice_comes_once(tmp_path: Path, keyed: KeyedHash) -> None:
    file = put(tmp_path / "zuid" / "b.txt")
    assert names([tmp_path, file, tmp_path / "zuid", file], keyed) == ["zuid/b.txt"]


def test_the_same_name_written_by_another_system_has_the_same_id(tmp_path: Path, keyed: KeyedHash) -> None:
    name = "één café.txt"
    composed = put(tmp_path / "linux" / unicodedata.normalize("NFC", name))
    decomposed = put(tmp_path / "mac" / unicodedata.normalize("NFD", name))
    (one,), (other,) = discover([composed.parent], keyed), discover([decomposed.parent], keyed)
    assert one.name == other.name == unicodedata.normalize("NFC", name)
    assert one.file_id == other.file_id
    assert len(one.file_id) == 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are not valid UTF-8")
def test_a_name_that_is_not_valid_utf8_is_found(tmp_path: Path, keyed: KeyedHash) -> None:
    put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/notitie \xe9\xe9n.txt")))
    (file,) = discover([tmp_path], keyed)
    assert file.path.read_text() == "iets"


def test_a_link_that_leads_out_of_the_folder_is_skipped(tmp_path: Path, keyed: KeyedHash) -> None:
    put(tmp_path / "inbox" / "a.csv")
    outside = put(tmp_path / "elders" / "b.csv")
    (tmp_path / "inbox" / "link.csv").symlink_to(outside)
    (tmp_path / "inbox" / "map").symlink_to(outside.parent)
    (tmp_path / "inbox" / "gebroken.csv").symlink_to(tmp_path / "nergens")
    (tmp_path / "inbox" / "rond.csv").symlink_to(tmp_path / "inbox" / "rond.csv")
    assert names([tmp_path / "inbox"], keyed) == ["a.csv"]


def test_a_link_to_a_file_in_the_same_folder_does_not_make_two_of_it(
    tmp_path: Path, keyed: KeyedHash
) -> None:
    file = put(tmp_path / "b.csv")
    (tmp_path / "a.csv").symlink_to(file)
    assert names([tmp_path], keyed) == ["b.csv"]


def test_a_link_to_what_lies_hidden_in_the_folder_is_taken_once(tmp_path: Path, keyed: KeyedHash) -> None:
    file = put(tmp_path / "..data" / "b.csv")
    (tmp_path / "a.csv").symlink_to(file)
    (found,) = discover([tmp_path], keyed)
    assert (found.name, found.path) == ("a.csv", file.resolve())


def test_a_path_that_is_not_there_is_called_by_its_number_only(tmp_path: Path, keyed: KeyedHash) -> None:
    with pytest.raises(ConfigurationError, match="argument 2 is not a file or folder") as caught:
        discover([tmp_path, tmp_path / "Fatima Yilmaz.csv"], keyed)
    assert "Fatima" not in str(caught.value)
    assert caught.value.__context__ is None


def test_files_of_one_name_in_two_folders_are_two_files(tmp_path: Path) -> None:
    for folder in ("een", "twee"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notitie.txt").write_text(folder)
    files = discover([tmp_path / "een", tmp_path / "twee"], lambda _, data: hashlib.sha256(data).hexdigest())
    assert len({file.label for file in files}) == 2
