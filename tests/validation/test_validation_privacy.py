"""What validation leaves behind: nothing of a value, whatever happens."""

import ast
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import signaal.validation
from signaal.schemas.batch import CleanBatch
from signaal.schemas.verdict import Check, Verdict
from signaal.validation import validate as stage
from signaal.validation.second_look import SecondLook, current_look
from signaal.validation.validate import validate, warm_up

MakeBatch = Callable[..., CleanBatch]
PLANTED = ("Fatima El-Amrani", "123456782", "fatima@example.nl", "NL91ABNA0417164300", "1012 AB")
QUIET_RUN = """
import sys
sys.path.insert(0, sys.argv[1])
import pandas as pd
from conftest import note_batch
from signaal.validation.validate import validate, warm_up
assert "great_expectations" not in sys.modules
warm_up()
assert validate(note_batch("rustig")).passed
assert not validate(note_batch("bsn 123456782")).passed
assert not validate(note_batch("bsn 123456782", records=pd.DataFrame({"record_id": [["123456782"]]}))).passed
"""


@pytest.fixture
def dirty(survey: MakeBatch) -> CleanBatch:
    """A survey with personal data in its texts, its columns, its headings and its ids."""
    batch = survey(known=frozenset(PLANTED[:1]), dropped=PLANTED)
    records, signals = batch.records.copy(), batch.signals.copy()
    records.loc[:4, "zorg"] = PLANTED
    records.loc[:4, "postcode"] = PLANTED
    records.loc[0, "record_id"] = PLANTED[1]
    signals.loc[:4, "text"] = PLANTED
    signals.loc[5, "variable"] = PLANTED[0]
    return replace(batch, records=records.assign(**{PLANTED[0]: PLANTED[1]}), signals=signals)


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Everything that Great Expectations gives back, as it would write it."""
    warm_up()
    from signaal.validation import expectation_run

    seen: list[str] = []
    keep = expectation_run._evaluated

    def listening(result):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        seen.append(json.dumps(result.to_json_dict()) + repr(result))
        return keep(result)

    monkeypatch.setattr(expectation_run, "_evaluated", listening)
    yield seen
    assert seen


def leaked(*texts: str) -> list[str]:
    return [planted for planted in PLANTED for text in texts if planted in text]


def test_a_verdict_holds_no_value(
    dirty: CleanBatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    verdict = validate(dirty)
    assert {Check.NO_PERSONAL_DATA_LEFT, Check.ONLY_DECLARED_COLUMNS} <= {o.check for o in verdict.reasons}
    assert leaked(repr(verdict), verdict.model_dump_json(), caplog.text, *capfd.readouterr()) == []


def test_the_results_of_great_expectations_hold_no_value(dirty: CleanBatch, results: list[str]) -> None:
    validate(dirty)
    assert leaked(*results) == []


def test_an_expectation_that_raises_holds_the_batch_and_is_not_quoted(
    survey: MakeBatch,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)

    def broken(self: SecondLook, cell: object) -> bool:
        raise ValueError(PLANTED[0])

    monkeypatch.setattr(SecondLook, "finds", broken)
    verdict = validate(survey())
    columns = {outcome.column for outcome in verdict.reasons}
    assert {outcome.check for outcome in verdict.reasons} == {Check.COULD_RUN}
    assert columns == {"postcode", "leeftijd", "score", "zorg", "toelichting"}
    assert leaked(repr(verdict), verdict.model_dump_json(), caplog.text, *capfd.readouterr()) == []


@pytest.mark.parametrize("error", [ValueError(PLANTED[0]), MemoryError(), RecursionError()])
def test_whatever_stops_the_run_holds_the_batch(
    note: MakeBatch, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(stage, "_outcomes", broken)
    assert [outcome.check for outcome in validate(note()).reasons] == [Check.COULD_RUN]


@pytest.mark.parametrize(
    "broken",
    [
        {"records": pd.DataFrame()},
        {"signals": pd.DataFrame({"text": ["x"]})},
        {"failed": float("nan")},
        {"findings": None},
    ],
    ids=["no columns", "half a frame", "no number", "no frame"],
)
def test_a_batch_that_cannot_be_measured_is_held(note: MakeBatch, broken: dict[str, object]) -> None:
    assert Check.COULD_RUN in {outcome.check for outcome in validate(note(**broken)).reasons}


def test_masked_letters_that_are_no_number_hold(note: MakeBatch) -> None:
    batch = note()
    verdict = validate(replace(batch, signals=batch.signals.assign(masked=float("nan"))))
    assert [outcome.check for outcome in verdict.reasons] == [Check.COULD_RUN]


def test_interrupting_is_not_held_back(note: MakeBatch, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stage, "_outcomes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        validate(note())


def test_the_known_values_are_gone_after_the_run(note: MakeBatch) -> None:
    validate(note(known=frozenset(PLANTED)))
    with pytest.raises(LookupError):
        current_look()


def test_batches_that_are_validated_at_the_same_time_do_not_mix(note: MakeBatch) -> None:
    def passes(number: int) -> Verdict:
        text = "met fatima el amrani" if number % 2 else "rustig"
        return validate(note(text, known=frozenset({f"Iemand {number}", PLANTED[0]})))

    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(passes, range(24)))
    assert [verdict.passed for verdict in verdicts] == [number % 2 == 0 for number in range(24)]


def test_a_run_writes_nothing_says_nothing_and_imports_late(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", QUIET_RUN, str(Path(__file__).parent)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list(tmp_path.rglob("*")) == []


def test_validation_does_not_know_how_personal_data_was_found() -> None:
    for file in Path(signaal.validation.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [
                getattr(node, "module", None) or "",
                *(a.name for a in getattr(node, "names", []) if hasattr(a, "name")),
            ]
            assert not any("anonymise" in module or "presidio" in module for module in modules), file.name
