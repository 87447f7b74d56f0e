"""A store that is re-keyed is what the same files would give under the new key."""

import dataclasses
import json
import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from store_samples import CutOff, batch, contents, household, notes, rows, survey, with_members

from signaal.anonymise.pseudonyms import ALPHABET, PSEUDONYM_LETTERS, Keys, Rotation
from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
from signaal.schemas.entities import Entity
from signaal.schemas.errors import SignaalError
from signaal.schemas.report import FileReport, RunReport, State
from signaal.store import open_store
from signaal.store.interface import Rekeying, StoreBusyError
from signaal.store.rekey import STAND_IN

FIRST, SECOND, THIRD = b"1" * 32, b"2" * 32, b"3" * 32
PEOPLE = ("Jan de Vries", "Fatima el Amrani", "Bos, A.")
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def change(*chain: bytes) -> Rekeying:
    """From all but the last of these keys to all of them."""
    last = Rotation(chain[-1])
    return Rekeying(Keys(*chain[:-1]).key_id, Keys(*chain).key_id, last.digits, last.letters)


def of(keys: Keys, declaration: Declaration, content: str, people: tuple[str, ...] = PEOPLE) -> CleanBatch:
    """A batch with the ids and pseudonyms that the stages would give it under these keys."""
    content_id = keys.short("content", content.encode(), 32)
    source = declaration.name
    ids = [keys.short(f"record:{source}", f"{source}{person}".encode(), 20) for person in people]
    made = with_ids(keys, batch(declaration, content, ids), people)
    batch_id = keys.short("batch", (keys.origin(content_id) + declaration.version).encode(), 32)
    file_id = keys.short("file-name", content.encode(), 10)
    whole = dataclasses.replace(
        made, batch_id=batch_id, content_id=content_id, file_id=file_id, key_id=keys.key_id
    )
    if not declaration.repeats:
        return whole
    whole = with_members(whole, **{"x" + ids[0]: 0, ids[0]: 2, ids[1]: 1})
    (group,) = whole.repeats
    parents = group.records["parent_id"].tolist()
    members = [
        keys.short("record:leden", f"{keys.origin(parent)}:{place}".encode(), 20)
        for place, parent in enumerate(parents)
    ]
    records = group.records.assign(record_id=members)
    signals = group.signals.assign(record_id=members)
    findings = group.findings.assign(record_id=members)
    group = dataclasses.replace(
        group, records=records, signals=signals, findings=findings, key_id=keys.key_id
    )
    return dataclasses.replace(whole, repeats=(with_ids(keys, group, people),))


def with_ids(keys: Keys, one: CleanBatch, people: tuple[str, ...]) -> CleanBatch:
    """Its signals with ids of their own, and people in texts and columns."""
    signals = one.signals.assign(
        signal_id=[
            keys.short("signal", f"{keys.origin(of_record)}:{one.declaration.name}".encode(), 20)
            for of_record in one.signals["record_id"]
        ],
        text=[
            f"[PERSOON-{keys.pseudonym(Entity.PERSON, people[0])}] belde [E-MAIL-"
            f"{keys.pseudonym(Entity.EMAIL_ADDRESS, 'a@b.nl')}] en [PLAATS], niet [BCDFGHJKLMNP]"
        ]
        * len(one.signals),
    )
    records = one.records
    if "naam" in records:
        records = records.assign(
            naam=[f"PERSOON-{keys.pseudonym(Entity.PERSON, person)}" for person in people[: len(records)]]
        )
    return dataclasses.replace(one, signals=signals, records=records)


def fill(path: Path, keys: Keys) -> None:
    """Loads a survey with repeat groups, another one and notes, and notes a run."""
    store = open_store(path)
    loads = [
        of(keys, household(), "een"),
        of(keys, notes(), "twee"),
        of(keys, survey("wijk"), "drie", PEOPLE[1:]),
    ]
    for each in loads:
        store.load(each)
    store.end_run(report(keys))


def report(keys: Keys) -> RunReport:
    """A run with a loaded file, and one that waits and says in its message which one it is."""
    label = f"{keys.short('file-name', b'een', 10)}.csv"
    token = f"[PERSOON-{keys.pseudonym(Entity.PERSON, PEOPLE[0])}]"
    files = (
        FileReport(
            label=label,
            state=State.LOADED,
            source="buurt",
            batch_id=keys.short("batch", b"een", 32),
            dropped=(f"Wat vond {token}", "Straat"),
            masked_share=0.1234567890123,
            repeats=(FileReport(label=label, state=State.LOADED, batch_id=keys.short("batch", b"g", 32)),),
        ),
        FileReport(label=label, state=State.NOT_TAKEN, message=f"file {label} fits no source declaration"),
    )
    return RunReport(run_id="r1", started=MOMENT, ended=MOMENT, engine_version="e1", files=files)


def log_of(path: Path) -> list[tuple[Any, ...]]:
    found = rows(path, "SELECT position, label, batch_id, report FROM run_file ORDER BY position")
    return [(*others, json.loads(text)) for *others, text in found]


@pytest.fixture
def expected(tmp_path: Path) -> Path:
    """A store that was filled under both keys from the start."""
    fill(path := tmp_path / "expected.duckdb", Keys(FIRST, SECOND))
    return path


def test_it_is_row_for_row_what_the_same_files_give_under_the_new_key(path: Path, expected: Path) -> None:
    fill(path, Keys(FIRST))
    before = contents(path)
    open_store(path).rekey(change(FIRST, SECOND))
    assert contents(path) == contents(expected)
    assert log_of(path) == log_of(expected)
    assert {len(found) for found in before.values()} - {0}
    assert before["signal"] != contents(path)["signal"]


def test_a_second_rotation_follows_the_first(path: Path, tmp_path: Path) -> None:
    fill(path, Keys(FIRST))
    open_store(path).rekey(change(FIRST, SECOND))
    open_store(path).rekey(change(FIRST, SECOND, THIRD))
    fill(thrice := tmp_path / "thrice.duckdb", Keys(FIRST, SECOND, THIRD))
    assert contents(path) == contents(thrice)
    assert open_store(path).key_ids() == {Keys(FIRST, SECOND, THIRD).key_id}


def test_the_tables_keep_their_constraints_and_take_the_next_batch(path: Path, expected: Path) -> None:
    fill(path, Keys(FIRST))
    constraints = "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL"
    before = rows(path, constraints)
    open_store(path).rekey(change(FIRST, SECOND))
    assert rows(path, constraints) == before
    keys = Keys(FIRST, SECOND)
    assert open_store(path).is_loaded(of(keys, notes(), "twee").batch_id)
    for each in (path, expected):
        open_store(each).load(of(keys, survey("wijk"), "vier", PEOPLE[:2]))
    assert contents(path) == contents(expected)


def test_rows_under_the_earlier_key_are_refused_from_then_on(path: Path) -> None:
    fill(path, Keys(FIRST))
    open_store(path).rekey(change(FIRST, SECOND))
    with pytest.raises(SignaalError, match="another project key"):
        open_store(path).load(of(Keys(FIRST), notes(), "vijf"))


def test_nothing_of_an_earlier_key_is_left_in_the_bytes_of_the_file(path: Path) -> None:
    fill(path, Keys(FIRST))
    stand_ins = set(re.findall(rf"[0-9a-f]{{20}}|[{ALPHABET}]{{12}}", repr(contents(path)))) - {
        "BCDFGHJKLMNP"
    }
    assert any(each.encode() in path.read_bytes() for each in stand_ins)
    open_store(path).rekey(change(FIRST, SECOND))
    content = path.read_bytes()
    assert not [each for each in stand_ins if each.encode() in content]
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_pseudonym_in_a_column_that_is_kept_now_goes_along(path: Path) -> None:
    keys = Keys(FIRST)
    open_store(path).load(of(keys, survey(), "een"))
    kept = survey(Naam={"role": "keep"})
    later = of(keys, kept, "twee", ("Piet Smit",))
    open_store(path).load(dataclasses.replace(later, records=later.records.assign(naam="Straatfeest")))
    open_store(path).rekey(change(FIRST, SECOND))
    new = Keys(FIRST, SECOND)
    names = {name for (name,) in rows(path, "SELECT naam FROM survey_buurt")}
    assert names == {"Straatfeest", *(f"PERSOON-{new.pseudonym(Entity.PERSON, each)}" for each in PEOPLE)}


def test_a_store_with_rows_of_another_key_is_left_alone(path: Path) -> None:
    fill(path, Keys(THIRD))
    before = contents(path)
    with pytest.raises(SignaalError, match="another project key"):
        open_store(path).rekey(change(FIRST, SECOND))
    assert contents(path) == before


def test_two_pseudonyms_that_would_become_one_stop_it(path: Path) -> None:
    fill(path, Keys(FIRST))
    before = contents(path)
    colliding = dataclasses.replace(change(FIRST, SECOND), letters=lambda _: "BCDFGHJKLMNP")
    with pytest.raises(SignaalError, match="run again, for another key"):
        open_store(path).rekey(colliding)
    assert contents(path) == before
    assert open_store(path).key_ids() == {Keys(FIRST).key_id}


def test_two_records_that_would_become_one_stop_it(path: Path) -> None:
    fill(path, Keys(FIRST))
    before = contents(path)
    colliding = dataclasses.replace(change(FIRST, SECOND), digits=lambda stand_in: "0" * len(stand_in))
    with pytest.raises(SignaalError, match="nothing of it was kept"):
        open_store(path).rekey(colliding)
    assert contents(path) == before


def test_a_second_time_changes_nothing(path: Path) -> None:
    fill(path, Keys(FIRST))
    open_store(path).rekey(change(FIRST, SECOND))
    before = contents(path)
    open_store(path).rekey(change(FIRST, SECOND))
    assert contents(path) == before


def test_without_a_store_nothing_is_made(path: Path) -> None:
    open_store(path).rekey(change(FIRST, SECOND))
    assert not path.parent.exists()
    assert open_store(path).key_ids() == frozenset()


def test_a_store_without_rows_knows_its_key_once_it_is_re_keyed(path: Path) -> None:
    open_store(path).end_run(report(Keys(FIRST)))
    assert open_store(path).key_ids() == frozenset()
    open_store(path).rekey(change(FIRST, SECOND))
    assert open_store(path).key_ids() == {Keys(FIRST, SECOND).key_id}
    assert log_of(path)[0][1] == report(Keys(FIRST, SECOND)).files[0].label


def test_it_fails_at_any_statement_leaves_all_or_nothing_and_can_be_repeated(
    path: Path, expected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path, Keys(FIRST))
    before, after = contents(path), contents(expected)
    assert fail_everywhere(monkeypatch, path, (before, after)) > 30
    assert fail_everywhere(monkeypatch, path, (after,)) > 8  # the file alone is written anew
    assert contents(path) == after


def fail_everywhere(monkeypatch: pytest.MonkeyPatch, path: Path, states: tuple[object, ...]) -> int:
    """Lets every third statement fail in its turn, and looks at what is left; how many there are."""
    for at in range(1, 150, 3):
        with monkeypatch.context() as patch:
            patch.setattr(duckdb, "connect", CutOff(at, fail).connect)
            caught = attempt(path)
        if caught is None:
            return at
        assert "Planten" not in repr(caught)
        assert caught.__context__ is None
        found = contents(path)
        assert found in states
        chain = (FIRST, SECOND) if found == states[-1] else (FIRST,)
        assert open_store(path).key_ids() == {Keys(*chain).key_id}
        assert [file.name for file in path.parent.iterdir()] == [path.name]
    raise AssertionError("it never went through")


def attempt(path: Path) -> SignaalError | None:
    """What goes wrong when the store is re-keyed."""
    try:
        open_store(path).rekey(change(FIRST, SECOND))
    except SignaalError as error:
        return error
    return None


def fail() -> None:
    """What DuckDB may say, with a value in it."""
    raise duckdb.IOException("IO Error: something with Wim Planten")


def test_while_another_program_has_the_store_open_it_waits_for_another_time(path: Path) -> None:
    fill(path, Keys(FIRST))
    code = (
        "import duckdb, sys\n"
        f"with duckdb.connect({str(path)!r}, read_only=True): print('open', flush=True); sys.stdin.read()"
    )
    import subprocess
    import sys

    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdin
        other.stdout.readline()
        with pytest.raises(StoreBusyError):
            open_store(path).rekey(change(FIRST, SECOND))
        other.stdin.close()
    assert open_store(path).key_ids() == {Keys(FIRST).key_id}


def test_the_form_of_a_pseudonym_is_the_one_that_is_made() -> None:
    assert re.fullmatch(STAND_IN, f"PERSOON-{Keys(FIRST).pseudonym(Entity.PERSON, 'Jan')}")
    assert re.fullmatch(STAND_IN, f"E-MAIL-{ALPHABET[:PSEUDONYM_LETTERS]}")
    assert re.fullmatch(STAND_IN, f"E-MAIL-{ALPHABET[-PSEUDONYM_LETTERS:]}")
    assert not re.fullmatch(STAND_IN, "PERSOON-12")
    assert not re.fullmatch(STAND_IN, "PERSOON-BCDFGHJKLMNA")
