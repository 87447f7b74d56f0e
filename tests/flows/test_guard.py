"""No exception gets out of a stage with anything of the data on it."""

import asyncio
import pickle
import traceback
from collections.abc import Callable

import pytest

from signaal.flows.guard import guarded, guarded_flow
from signaal.schemas.errors import Code, ConfigurationError, FileNotTakenError, SignaalError
from signaal.store.interface import StoreBusyError

SECRET = "Zehra Karatepe"


def raise_with_everything() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as cause:
        error = ValueError(SECRET)
        error.add_note(SECRET)
        error.text = SECRET  # type: ignore[attr-defined]
        raise error from cause


def everything_on(error: BaseException) -> str:
    return (
        "".join(traceback.format_exception(error))
        + repr(vars(error))
        + repr(error)
        + str(pickle.dumps(error))
    )


def caught(function: Callable[[], object]) -> SignaalError:
    with pytest.raises(SignaalError) as found:
        function()
    return found.value


def test_an_exception_loses_its_message_cause_notes_and_attributes() -> None:
    error = caught(guarded(raise_with_everything))
    assert SECRET not in everything_on(error)
    assert (error.__cause__, error.__context__, error.code) == (None, None, Code.INTERNAL)
    assert "ValueError" in error.message


def test_a_coroutine_is_guarded_as_well() -> None:
    @guarded_flow
    async def flow() -> None:
        raise_with_everything()

    error = caught(lambda: asyncio.run(flow()))
    assert SECRET not in everything_on(error)


@pytest.mark.parametrize(
    "error",
    [
        SignaalError(Code.STORE, "de schijf is vol"),
        ConfigurationError("geen sleutel"),
        FileNotTakenError(Code.EMPTY, "leeg"),
        StoreBusyError(Code.STORE, "bezet"),
    ],
)
def test_our_own_errors_keep_kind_code_and_message_only(error: SignaalError) -> None:
    def fail() -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise error from cause

    safe = caught(guarded(fail))
    assert (type(safe), safe.code, safe.message) == (type(error), error.code, error.message)
    assert SECRET not in everything_on(safe)


@pytest.mark.parametrize("signal", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_interrupts_and_cancellation_pass(signal: type[BaseException]) -> None:
    def stop() -> None:
        raise signal

    with pytest.raises(signal):
        guarded(stop)()


def test_the_stage_with_debug_shows_frames_but_no_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIGNAAL_DEBUG", "1")
    caught(guarded(raise_with_everything))
    shown = capsys.readouterr().err
    assert "raise_with_everything" in shown
    assert SECRET not in shown
