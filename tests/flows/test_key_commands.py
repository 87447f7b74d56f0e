"""``signaal key``: made, rotated, copied, put back, destroyed; never shown, never lost by half."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.pseudonyms.key_file import read_key_file, unfinished, write_key_file
from signaal.flows import key_commands
from signaal.flows.cli import app
from signaal.flows.workspace import locked, open_workspace
from signaal.schemas.errors import Code, SignaalError
from signaal.store import open_store
from signaal.store.interface import Rekeying
from support import key_rotation
from support.inboxes import make_workspace
from support.key_rotation import FIRST, fill, store_of
from support.stores import rows_of

PASSPHRASE = "vijf losse woorden over rozen"
MOMENTS = 6


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with a filled store and always the same key."""
    folder = make_workspace(tmp_path / "workspace", key=FIRST.hex())
    fill(folder, Keys(FIRST))
    return folder


@pytest.fixture(autouse=True)
def no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SIGNAAL_KEY", "SIGNAAL_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


def signaal(*arguments: object, typed: str | None = None, passphrase: str | None = None) -> Result:
    env = {"SIGNAAL_PASSPHRASE": passphrase} if passphrase is not None else None
    return CliRunner().invoke(app, list(map(str, arguments)), input=typed, env=env)


def said(done: Result) -> str:
    """The one line of an error."""
    assert done.exit_code == 2, done.output
    (line,) = re.findall("signaal: (.+)", done.stderr)  # behind the question, where nobody types an answer
    return str(line)


def chain_in(workspace: Path) -> tuple[bytes, ...]:
    return read_key_file(workspace / "project.key")


def test_a_rotated_store_is_what_the_new_keys_would_have_made(workspace: Path, tmp_path: Path) -> None:
    before = rows_of(workspace)
    done = signaal("key", "rotate", "--workspace", workspace)
    assert done.exit_code == 0, done.output
    chain = chain_in(workspace)
    assert (len(chain), chain[0]) == (2, FIRST)
    fresh = make_workspace(tmp_path / "fresh")
    fill(fresh, Keys(*chain))
    assert rows_of(workspace) == rows_of(fresh) != before
    assert Keys(FIRST).key_id in done.stdout
    assert Keys(*chain).key_id in done.stdout
    assert "exports" in done.stdout
    assert stat.S_IMODE((workspace / "project.key").stat().st_mode) == 0o600
    assert not unfinished(workspace / "project.key").exists()


def test_every_rotation_adds_a_key(workspace: Path) -> None:
    for keys in (2, 3):
        assert signaal("key", "rotate", "--workspace", workspace).exit_code == 0
        assert len(chain_in(workspace)) == keys
        assert store_of(workspace).key_ids() == {Keys(*chain_in(workspace)).key_id}


def test_no_key_is_ever_shown(workspace: Path, tmp_path: Path) -> None:
    shown = ""
    for command in (("rotate",), ("export", tmp_path / "kopie"), ("destroy", "--yes", "0"), ("destroy",)):
        done = signaal("key", *command, "--workspace", workspace, typed="nee\n", passphrase=PASSPHRASE)
        shown += done.output
    assert not re.search("[0-9a-f]{16}", shown)
    assert not any(key.hex() in (tmp_path / "kopie").read_text() for key in chain_in(workspace))
    assert PASSPHRASE not in (tmp_path / "kopie").read_text()


def test_a_workspace_without_a_store_gets_a_new_key_too(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "workspace")
    assert signaal("key", "rotate", "--workspace", folder).exit_code == 0
    assert len(chain_in(folder)) == 2
    assert not list((folder / "store").iterdir())


def test_while_a_run_is_busy_nothing_is_rotated(workspace: Path) -> None:
    before = rows_of(workspace)
    with locked(open_workspace(workspace)):
        done = signaal("key", "rotate", "--workspace", workspace)
    assert done.exit_code == 3
    assert "another run is busy" in done.stderr
    assert chain_in(workspace) == (FIRST,)
    assert rows_of(workspace) == before


def test_while_the_store_is_open_elsewhere_nothing_is_rotated(workspace: Path) -> None:
    path = workspace / "store" / "signaal.duckdb"
    code = f"import duckdb; c = duckdb.connect({str(path)!r}, read_only=True); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdin
        other.stdout.readline()
        done = signaal("key", "rotate", "--workspace", workspace)
        other.stdin.close()
    assert done.exit_code == 3
    assert "open in another program" in done.stderr
    assert chain_in(workspace) == (FIRST,)
    assert not unfinished(workspace / "project.key").exists()


def test_a_store_of_another_key_is_not_rotated(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "workspace")
    fill(folder, Keys(b"9" * 32))
    before = rows_of(folder)
    assert "another project key" in said(signaal("key", "rotate", "--workspace", folder))
    assert rows_of(folder) == before
    assert len(chain_in(folder)) == 1


def test_a_rotation_that_the_store_refuses_leaves_the_key_as_it_was(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(workspace)
    change = key_commands._change

    def colliding(chain: tuple[bytes, ...]) -> Rekeying:
        made = change(chain)
        return Rekeying(made.before, made.after, made.digits, lambda _: "BCDFGHJKLMNP")

    monkeypatch.setattr(key_commands, "_change", colliding)
    done = signaal("key", "rotate", "--workspace", workspace)
    assert done.exit_code == 3
    assert "run again, for another key" in done.stderr
    assert chain_in(workspace) == (FIRST,)
    assert not unfinished(workspace / "project.key").exists()
    assert rows_of(workspace) == before


def test_the_key_of_the_environment_is_not_rotated_made_or_destroyed(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNAAL_KEY", "ab" * 32)
    for command in (("rotate",), ("make",), ("destroy", "--yes", "0"), ("import", workspace / "x")):
        done = signaal("key", *command, "--workspace", workspace, passphrase=PASSPHRASE)
        assert "SIGNAAL_KEY" in said(done)
    assert chain_in_file(workspace) == FIRST.hex()


def chain_in_file(workspace: Path) -> str:
    return (workspace / "project.key").read_text().strip()


STOPS = ("write_key_file", "_rekey", "finish")


@pytest.mark.parametrize("step", STOPS)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("next_command", ["rotate", "current_keys"])
def test_a_rotation_that_stopped_between_two_steps_is_finished_or_undone(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str, next_command: str
) -> None:
    real: Callable[..., object] = getattr(key_commands, step)

    def stop(*arguments: object) -> object:
        if when == "after":
            real(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(key_commands, step, stop)
        with pytest.raises(KeyboardInterrupt):
            key_commands.rotate(workspace)
    left_over = unfinished(workspace / "project.key").exists()
    assert left_over == ((step, when) not in {("write_key_file", "before"), ("finish", "after")})
    if next_command == "rotate":
        key_commands.rotate(workspace)
    in_place(workspace)


def in_place(workspace: Path) -> None:
    """Key file and store belong together, nothing is left over, and the rows are those of the keys."""
    keys = key_commands.current_keys(open_workspace(workspace))
    assert not unfinished(workspace / "project.key").exists()
    assert store_of(workspace).key_ids() == {keys.key_id}
    fresh = workspace.parent / f"fresh-{keys.key_id}"
    if not fresh.exists():
        fill(make_workspace(fresh), Keys(*chain_in(workspace)))
    assert rows_of(workspace) == rows_of(fresh)
    assert [file.name for file in (workspace / "store").iterdir()] == ["signaal.duckdb"]


def test_a_rotation_that_is_killed_anywhere_is_finished_or_undone_by_the_next_command(
    workspace: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, key_rotation.__file__, str(workspace), str(tmp_path / "runs"), str(MOMENTS)],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert told["calls"] > 100
    assert len(told["killed"]) == 2 * MOMENTS
    ends = set()
    for folder in map(Path, told["killed"]):
        left = unfinished(folder / "project.key").exists(), len(chain_in(folder))
        in_place(folder)
        ends.add((*left, len(chain_in(folder))))
    assert {(False, 1, 1), (True, 1, 1), (True, 1, 2)} <= ends


def test_half_a_key_file_of_a_rotation_is_thrown_away(workspace: Path) -> None:
    for text in ("", "31", f"{FIRST.hex()}\n", f"{FIRST.hex()}\n3131", f"{'ab' * 32}\n{'cd' * 32}\n"):
        new = unfinished(workspace / "project.key")
        new.touch(mode=0o600)
        new.write_text(text, encoding="ascii")
        in_place(workspace)
        assert chain_in(workspace) == (FIRST,)


def test_a_rotation_of_another_store_is_not_thrown_away(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "workspace", key=FIRST.hex())
    fill(folder, Keys(b"9" * 32))
    write_key_file(unfinished(folder / "project.key"), (FIRST, b"2" * 32))
    for command in (("rotate",), ("export", tmp_path / "kopie")):
        done = signaal("key", *command, "--workspace", folder, passphrase=PASSPHRASE)
        assert "another project key" in said(done)
    assert unfinished(folder / "project.key").exists()


def test_a_second_holder_can_put_the_key_back(workspace: Path, tmp_path: Path) -> None:
    key_commands.rotate(workspace)
    kept, copy = chain_in(workspace), tmp_path / "kopie.json"
    done = signaal("key", "export", copy, "--workspace", workspace, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    (workspace / "project.key").unlink()
    done = signaal("key", "import", copy, "--workspace", workspace, typed=f"{PASSPHRASE}\n")
    assert done.exit_code == 0, done.output
    assert Keys(*kept).key_id in done.stdout
    assert chain_in(workspace) == kept
    assert stat.S_IMODE((workspace / "project.key").stat().st_mode) == 0o600


def test_the_keys_of_the_environment_have_a_copy_too(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNAAL_KEY", f"{FIRST.hex()},{'ab' * 32}")
    done = signaal("key", "export", tmp_path / "kopie", "--workspace", workspace, passphrase=PASSPHRASE)
    assert Keys(FIRST, b"\xab" * 32).key_id in done.stdout


@pytest.mark.parametrize("passphrase", ["", "kort", "elf tekens.", "a" * 30, "abababababab"])
def test_a_passphrase_that_can_be_guessed_is_refused(
    workspace: Path, tmp_path: Path, passphrase: str
) -> None:
    done = signaal("key", "export", tmp_path / "kopie", "--workspace", workspace, passphrase=passphrase)
    assert "too easy to guess" in said(done)
    assert not (tmp_path / "kopie").exists()


def test_a_copy_overwrites_nothing(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "kopie").write_text("iets anders")
    done = signaal("key", "export", tmp_path / "kopie", "--workspace", workspace, passphrase=PASSPHRASE)
    assert "not overwritten" in said(done)
    assert (tmp_path / "kopie").read_text() == "iets anders"


@pytest.fixture
def copy(workspace: Path, tmp_path: Path) -> Path:
    """A copy of the key, and a workspace that has lost it."""
    key_commands.export(workspace, tmp_path / "kopie", PASSPHRASE)
    (workspace / "project.key").unlink()
    return tmp_path / "kopie"


def changed(field: str) -> Callable[[str], str]:
    """Changes the last digit of one part of a copy."""

    def change(text: str) -> str:
        parts = json.loads(text)
        last = parts[field][-1]
        parts[field] = parts[field][:-1] + ("0" if last != "0" else "1")
        return json.dumps(parts)

    return change


@pytest.mark.parametrize("field", ["key_id", "salt", "nonce", "sealed"])
def test_a_copy_that_was_changed_is_refused(workspace: Path, copy: Path, field: str) -> None:
    copy.write_text(changed(field)(copy.read_text()))
    done = signaal("key", "import", copy, "--workspace", workspace, passphrase=PASSPHRASE)
    assert "the passphrase is wrong, or the copy was changed" in said(done)
    assert not (workspace / "project.key").exists()


def test_a_wrong_passphrase_opens_nothing(workspace: Path, copy: Path) -> None:
    done = signaal("key", "import", copy, "--workspace", workspace, passphrase=f"{PASSPHRASE}!")
    assert "the passphrase is wrong" in said(done)
    assert not (workspace / "project.key").exists()


@pytest.mark.parametrize("text", ["", "{}", "geen kopie", '{"signaal_key": 2}', FIRST.hex()])
def test_what_is_no_copy_is_refused(workspace: Path, copy: Path, text: str) -> None:
    copy.write_text(text)
    done = signaal("key", "import", copy, "--workspace", workspace, passphrase=PASSPHRASE)
    assert "no copy of a key" in said(done)
    done = signaal("key", "import", copy / "weg", "--workspace", workspace, passphrase=PASSPHRASE)
    assert "no copy of a key" in said(done)


def test_a_key_that_is_there_is_not_replaced_by_a_copy(workspace: Path, tmp_path: Path) -> None:
    key_commands.export(workspace, tmp_path / "kopie", PASSPHRASE)
    done = signaal("key", "import", tmp_path / "kopie", "--workspace", workspace, passphrase=PASSPHRASE)
    assert "not overwritten" in said(done)


def test_a_copy_from_before_a_rotation_does_not_fit_the_store(workspace: Path, tmp_path: Path) -> None:
    key_commands.export(workspace, tmp_path / "kopie", PASSPHRASE)
    key_commands.rotate(workspace)
    (workspace / "project.key").unlink()
    done = signaal("key", "import", tmp_path / "kopie", "--workspace", workspace, passphrase=PASSPHRASE)
    assert "another project key" in said(done)
    assert not (workspace / "project.key").exists()


def test_a_workspace_that_lost_its_key_gets_no_other_one(workspace: Path) -> None:
    (workspace / "project.key").unlink()
    assert "another project key" in said(signaal("key", "make", "--workspace", workspace))
    assert not (workspace / "project.key").exists()


def test_a_key_is_made_where_there_is_none(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "workspace")
    assert "not overwritten" in said(signaal("key", "make", "--workspace", folder))
    (folder / "project.key").unlink()
    done = signaal("key", "make", "--workspace", folder)
    assert done.exit_code == 0
    assert Keys(*chain_in(folder)).key_id in done.stdout


def test_a_destroyed_key_is_gone_for_good(workspace: Path, copy: Path) -> None:
    key_commands.put_back(workspace, copy, PASSPHRASE)
    done = signaal("key", "destroy", "--yes", Keys(FIRST).key_id, "--workspace", workspace)
    assert done.exit_code == 0, done.output
    assert not (workspace / "project.key").exists()
    left = (workspace / "project.key.destroyed").read_text()
    assert re.fullmatch(rf"key {Keys(FIRST).key_id} was destroyed on \d{{4}}-\d\d-\d\d\n", left)
    commands = (("rotate",), ("make",), ("export", copy), ("import", copy), ("destroy", "--yes", "0"))
    for command in commands:
        done = signaal("key", *command, "--workspace", workspace, passphrase=PASSPHRASE)
        assert "was destroyed on" in said(done)
        assert "start a new workspace" in said(done)
    assert not (workspace / "project.key").exists()
    everything = b"".join(path.read_bytes() for path in workspace.rglob("*") if path.is_file())
    assert FIRST.hex().encode() not in everything


@pytest.mark.parametrize("typed", ["", "ja", "00000000"])
def test_a_key_is_destroyed_by_nobody_who_does_not_name_it(workspace: Path, typed: str) -> None:
    for done in (
        signaal("key", "destroy", "--workspace", workspace, typed=f"{typed}\n"),
        signaal("key", "destroy", "--yes", typed, "--workspace", workspace),
    ):
        assert "nothing was destroyed" in said(done)
    assert chain_in(workspace) == (FIRST,)
    assert not (workspace / "project.key.destroyed").exists()


def test_whoever_types_the_id_destroys_the_key(workspace: Path) -> None:
    done = signaal("key", "destroy", "--workspace", workspace, typed=f"{Keys(FIRST).key_id}\n")
    assert done.exit_code == 0
    assert not (workspace / "project.key").exists()


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_destruction_that_stopped_halfway_is_never_taken_for_a_key_and_can_be_ended(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    real, left = key_commands.erase, [step]

    def stop(path: Path) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(path)

    with monkeypatch.context() as patch:
        patch.setattr(key_commands, "erase", stop)
        if step < 2:
            with pytest.raises(KeyboardInterrupt):
                key_commands.destroy(workspace, Keys(FIRST).key_id)
        else:
            key_commands.destroy(workspace, Keys(FIRST).key_id)
    with pytest.raises(SignaalError, match="was destroyed") as caught:
        key_commands.current_keys(open_workspace(workspace))
    assert caught.value.code is Code.CONFIGURATION
    if step < 2:
        key_commands.destroy(workspace, Keys(FIRST).key_id)
    assert not (workspace / "project.key").exists()


def test_the_keys_of_a_rotation_that_was_cut_off_are_destroyed_as_well(workspace: Path) -> None:
    write_key_file(unfinished(workspace / "project.key"), (FIRST, b"2" * 32))
    key_commands.destroy(workspace, Keys(FIRST).key_id)
    assert {path.name for path in workspace.glob("project.key*")} == {"project.key.destroyed"}


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX systems")
@pytest.mark.parametrize("command", [("rotate",), ("export", "kopie"), ("destroy", "--yes", "0")])
def test_a_key_that_others_can_read_is_refused_by_every_command(
    workspace: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (workspace / "project.key").chmod(0o644)
    arguments = [tmp_path / part if part == "kopie" else part for part in command]
    done = signaal("key", *arguments, "--workspace", workspace, passphrase=PASSPHRASE)
    assert "chmod 600" in said(done)


def test_init_makes_a_key_that_can_be_rotated(tmp_path: Path) -> None:
    assert signaal("init", tmp_path / "new").exit_code == 0
    assert signaal("key", "rotate", "--workspace", tmp_path / "new").exit_code == 0
    assert open_store(tmp_path / "new" / "store" / "signaal.duckdb").key_ids() == frozenset()
