"""Reports are kept whole, for their owner only, and the latest can be read back."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signaal.schemas.errors import Code, SignaalError
from signaal.schemas.report import FileReport, RunReport, State
from signaal.validation.report import read_latest, render, write

NIGHT = datetime(2026, 11, 23, 1, 0, 4, tzinfo=UTC)


def run(run_id: str, *labels: str) -> RunReport:
    files = tuple(FileReport(label=label, state=State.LOADED) for label in labels)
    return RunReport(run_id=run_id, started=NIGHT, ended=NIGHT, engine_version="0.1.0", files=files)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


def test_a_report_is_kept_as_page_and_numbers_and_as_the_latest(tmp_path: Path) -> None:
    report = run("20261123-020004", "a.csv")
    path = write(report, tmp_path / "diep" / "reports")
    assert path == tmp_path / "diep" / "reports" / "20261123-020004.html"
    assert path.read_text(encoding="utf-8") == render(report)
    assert (path.parent / "laatste.html").read_bytes() == path.read_bytes()
    numbers = json.loads((path.parent / "20261123-020004.json").read_text(encoding="utf-8"))
    assert RunReport.model_validate(numbers) == report


def test_only_the_owner_can_read_reports_also_in_a_folder_that_was_open(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir(mode=0o755)
    write(run("een"), folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert set(modes(folder).values()) == {0o600}
    assert set(modes(folder)) == {"een.html", "een.json", "laatste.html", "laatste.json"}


def test_the_latest_is_the_run_that_was_written_last(tmp_path: Path) -> None:
    assert read_latest(tmp_path) is None
    assert read_latest(tmp_path / "none") is None
    write(run("een", "a.csv"), tmp_path)
    write(run("twee", "b.csv"), tmp_path)
    assert read_latest(tmp_path) == run("twee", "b.csv")
    assert (tmp_path / "een.html").exists()


def test_writing_again_replaces_the_same_files_and_what_a_killed_run_left(tmp_path: Path) -> None:
    write(run("een"), tmp_path)
    (tmp_path / ".een.html.part").write_text("half")
    before = modes(tmp_path).keys() - {".een.html.part"}
    write(run("een", "a.csv"), tmp_path)
    assert modes(tmp_path).keys() == before
    assert "a.csv" in (tmp_path / "een.html").read_text(encoding="utf-8")


def test_a_reader_never_sees_half_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(run("een", "oud.csv"), tmp_path)
    whole = (tmp_path / "laatste.html").read_bytes()

    def full(_: int) -> None:
        raise OSError("no space left in /home/jansen")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SignaalError) as failure:
        write(run("een", "nieuw.csv"), tmp_path)
    assert (tmp_path / "laatste.html").read_bytes() == whole
    assert failure.value.code is Code.STORE
    assert "jansen" not in str(failure.value)
    assert failure.value.__suppress_context__


@pytest.mark.parametrize("run_id", ["", "../weg", "a/b", ".verborgen", "laatste", "a" * 200, "a\n", "a b"])
def test_a_run_id_that_is_no_file_name_is_refused(run_id: str, tmp_path: Path) -> None:
    with pytest.raises(SignaalError):
        write(run(run_id), tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_numbers_that_cannot_be_read_are_an_error_without_their_content(tmp_path: Path) -> None:
    (tmp_path / "laatste.json").write_text('{"run_id": "Jansen"')
    with pytest.raises(SignaalError) as failure:
        read_latest(tmp_path)
    assert failure.value.code is Code.UNREADABLE
    assert "Jansen" not in str(failure.value)
