"""One text explained on the terminal: what was found, by which rule, and what would stand there."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine
from signaal.anonymise.text.operators.replacement import (
    Replacements,
    default_replacements,
    read_replacements,
)
from signaal.flows import explain
from signaal.flows.cli import app
from signaal.flows.explain import explained, read_text, show
from signaal.schemas.entities import Entity
from signaal.schemas.errors import FileNotTakenError
from signaal.schemas.settings import Settings

TEXT = "Bel Zehra op 06-48291735 of mail zehra@voorbeeld.nl in 3011 AB."
NOTHING_FOUND = "Het was druk vandaag."


def signaal(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), input=typed)


@pytest.fixture(autouse=True)
def one_engine(engine: TextEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine of the session, since one is slow to make."""
    monkeypatch.setattr("signaal.anonymise.text.engine.open_engine", lambda _: engine)


def shown(text: str, engine: TextEngine, keys: Keys, replacements: Replacements, **options: bool) -> str:
    out = io.StringIO()
    found = explained(text, engine, keys, replacements)
    assert found is not None
    show(Console(file=out, width=200, **options), text, found)  # type: ignore[arg-type]
    return out.getvalue()


def test_the_text_is_shown_with_numbered_findings_and_a_table_that_explains_them(tmp_path: Path) -> None:
    done = signaal("detect", "--explain", TEXT, "--workspace", tmp_path / "none")
    assert done.exit_code == 0
    assert re.search(r"\[\d 06-48291735\] of mail \[\d zehra@voorbeeld\.nl\]", done.stdout)
    (line,) = [line for line in done.stdout.splitlines() if " EMAIL_ADDRESS " in line]
    assert re.match(r"\d +EMAIL_ADDRESS +[01]\.\d\d ", line)
    assert "[E-MAIL]" in line


def test_the_rule_is_that_of_the_span_in_plain_words(engine: TextEngine, keys: Keys) -> None:
    found = explained(TEXT, engine, keys, default_replacements())
    assert found is not None
    by_kind = {each.span.entity: each for each in found}
    postcode = by_kind[Entity.NL_POSTCODE]
    assert f"{postcode.found_by}:{postcode.rule}" == postcode.span.recognizer
    assert (postcode.found_by, postcode.stand_in) == ("NL_POSTCODE", "[POSTCODE]")
    assert by_kind[Entity.PERSON].stand_in.startswith("[PERSOON-")


def test_what_follows_from_the_document_says_so(engine: TextEngine, keys: Keys) -> None:
    found = explained(
        "Naam: Deur Gordijn\nLater ging deur gordijn naar huis.", engine, keys, default_replacements()
    )
    assert found
    again = [each for each in found if ":" not in each.span.recognizer]
    assert again
    assert all(each.found_by == explain.WHOLE_DOCUMENT and each.rule for each in again)


def test_a_text_comes_from_standard_input_or_a_file_too(tmp_path: Path) -> None:
    file = tmp_path / "notitie.txt"
    file.write_text(TEXT, encoding="utf-8-sig")
    (tmp_path / "project.key").write_text("ab" * 32)
    (tmp_path / "project.key").chmod(0o600)
    told = [
        signaal("detect", "--explain", given, "--workspace", tmp_path, typed=typed).stdout
        for given, typed in [(TEXT, None), (file, None), ("-", TEXT)]
    ]
    assert told[0] == told[1] == told[2]
    assert "06-48291735" in told[0]


def test_the_projects_own_replacements_are_shown(tmp_path: Path, engine: TextEngine, keys: Keys) -> None:
    (tmp_path / "eigen.yaml").write_text(
        "NL_POSTCODE: {how: generalised}\nEMAIL_ADDRESS: {how: removed}\nPHONE_NUMBER: {how: masked}\n"
    )
    own = read_replacements(Settings(workspace=tmp_path, replacements=Path("eigen.yaml")))
    page = shown(TEXT, engine, keys, own)
    assert "[postcode 30..]" in page
    assert "█████" in page
    assert re.search(r"EMAIL_ADDRESS.* nothing *$", page, re.MULTILINE)


def test_kinds_have_colours_where_the_terminal_has(engine: TextEngine, keys: Keys) -> None:
    plain = shown(TEXT, engine, keys, default_replacements())
    coloured = shown(TEXT, engine, keys, default_replacements(), force_terminal=True)
    assert "\x1b" not in plain
    assert "\x1b[1;" in coloured
    assert "[3 zehra@voorbeeld.nl]" in re.sub(r"\x1b\[[\d;]*m", "", coloured)


def test_a_raw_text_cannot_command_the_terminal_nor_pass_for_markup(engine: TextEngine, keys: Keys) -> None:
    page = shown("\x1b]0;titel\x07 Een [dim]woord[/dim]\x1b[31m", engine, keys, default_replacements())
    assert "\x1b" not in page
    assert "\x07" not in page
    assert "dim" in page


def test_a_text_in_which_nothing_is_found_says_so(tmp_path: Path) -> None:
    done = signaal("detect", "--explain", NOTHING_FOUND, "--workspace", tmp_path / "none")
    assert NOTHING_FOUND in done.stdout
    assert "nothing was found" in done.stdout


def test_detection_that_failed_shows_nothing_of_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = TextEngine.__new__(TextEngine)
    monkeypatch.setattr(broken, "find", lambda texts: [None for _ in texts], raising=False)
    monkeypatch.setattr("signaal.anonymise.text.engine.open_engine", lambda _: broken)
    done = signaal("detect", "--explain", TEXT, "--workspace", tmp_path / "none")
    assert done.exit_code == 1
    assert "Zehra" not in done.output


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert signaal("detect", "--explain", TEXT, "--workspace", tmp_path / "none").exit_code == 0
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    "arguments",
    [["detect"], ["detect", "in.jsonl"], ["detect", "in.jsonl", "uit.jsonl", "--explain", "tekst"]],
)
def test_detect_needs_two_files_or_a_text(arguments: list[str]) -> None:
    done = signaal(*arguments)
    assert done.exit_code == 2
    assert "--explain" in done.stderr


def test_the_help_says_where_raw_text_goes() -> None:
    told = re.sub(r"[\s│]+", " ", signaal("detect", "--help").stdout)
    assert "to this terminal only: to no log, no file and not to Prefect" in told


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    for name in ("weg.txt", "latin.txt"):
        done = signaal("detect", "--explain", tmp_path / name, "--workspace", tmp_path / "none")
        assert done.exit_code == 3
        (line,) = [line for line in done.stderr.splitlines() if line.startswith("signaal:")]
        assert "UTF-8" in line


def test_a_text_that_is_too_long_is_not_read() -> None:
    with pytest.raises(FileNotTakenError, match="1000"):
        read_text("a" * 1001, io.BytesIO(), 1000)


def test_wrong_replacements_are_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "signaal.toml").write_text('replacements = "eigen.yaml"\n')
    (tmp_path / "eigen.yaml").write_text("NL_BSN: {how: stand_in}\n")
    done = signaal("detect", "--explain", TEXT, "--workspace", tmp_path)
    assert done.exit_code == 2
    assert "NL_BSN cannot be stand_in" in done.stderr
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "x"}\n')
    assert signaal("detect", source, tmp_path / "uit.jsonl", "--workspace", tmp_path).exit_code == 2


def test_detect_puts_what_the_project_chose(tmp_path: Path) -> None:
    (tmp_path / "signaal.toml").write_text('replacements = "eigen.yaml"\n')
    (tmp_path / "eigen.yaml").write_text("NL_POSTCODE: {how: generalised}\n")
    source, target = tmp_path / "in.jsonl", tmp_path / "uit.jsonl"
    source.write_text('{"id": 1, "text": "Ze woont in 3011 AB."}\n')
    assert signaal("detect", source, target, "--workspace", tmp_path).exit_code == 0
    assert "[postcode 30..]" in target.read_text(encoding="utf-8")
