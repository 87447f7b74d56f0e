"""What waits for the officer and why: files by reason, with the numbers and what to do."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Outcome
from signaal.validation.report.charts import Chart, Part, bar_chart
from signaal.validation.report.notation import count, decimal, decimal_beside, percent_beside
from signaal.validation.report.words import CheckWords, CodeWords, Words

ATTENTION = (State.HELD, State.NOT_TAKEN, State.FAILED)


@dataclass(frozen=True)
class WaitingRow:
    """A file with one reason: the sentence with its numbers, or the message and the command to run."""

    label: str
    source: str | None
    column: str | None = None
    sentence: str = ""
    message: str = ""
    command: str = ""


@dataclass(frozen=True)
class Reason:
    """Why files wait: in words, what to do about it, and every file that it holds."""

    ident: str
    title: str
    meaning: str
    action: str
    rows: tuple[WaitingRow, ...]

    @property
    def files(self) -> int:
        """How many files wait for this reason; a file may have it for several columns."""
        return len({row.label for row in self.rows})


@dataclass(frozen=True)
class WaitingState:
    """The files in one of the states that ask for attention, by reason, most files first."""

    state: State
    files: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Waiting:
    """Everything that waits, and the picture of the reasons."""

    chart: Chart | None
    states: tuple[WaitingState, ...]


def waiting(report: RunReport, words: Words) -> Waiting:
    """Every file that is held, was not taken or failed; one without a reason says so."""
    states = tuple(
        WaitingState(state, len(files), _reasons(state, files, words))
        for state in ATTENTION
        if (files := report.in_state(state))
    )
    texts = words.page["waiting"]
    total = sum(state.files for state in states)
    bars = [
        (reason.title, [Part(words.states[state.state].name, reason.files, state.state.value)])
        for state in states
        for reason in state.reasons
    ]
    description = texts["chart_text"].format(files=words.amount("file", total))
    return Waiting(bar_chart("redenen", texts["chart"], description, bars), states)


def _reasons(state: State, files: tuple[FileReport, ...], words: Words) -> tuple[Reason, ...]:
    found = _held(files, words) if state is State.HELD else _stopped(state, files, words)
    return tuple(sorted(found, key=lambda reason: -reason.files))


def _held(files: tuple[FileReport, ...], words: Words) -> Iterable[Reason]:
    """Held files by check."""
    grouped: dict[str, tuple[CheckWords, list[WaitingRow]]] = {}
    for file in files:
        failed = tuple(outcome for outcome in file.held_for if not outcome.passed)
        outcomes: tuple[Outcome | None, ...] = failed or (None,)
        for outcome in outcomes:
            said = words.checks[outcome.check] if outcome else words.no_check
            row = WaitingRow(
                file.label,
                file.source,
                outcome.column if outcome else None,
                explained(outcome, said, words) if outcome else said.sentence,
                file.message,
            )
            grouped.setdefault(outcome.check if outcome else "", (said, []))[1].append(row)
    for check, (said, rows) in grouped.items():
        yield Reason(f"vastgehouden-{check or 'onbekend'}", said.title, "", said.action, tuple(rows))


def _stopped(state: State, files: tuple[FileReport, ...], words: Words) -> Iterable[Reason]:
    """Files that were not taken, or failed, by code."""
    grouped: dict[str, tuple[CodeWords, list[WaitingRow]]] = {}
    for file in files:
        said = words.codes[file.problem] if file.problem else words.no_code
        command = f"signaal propose {shlex.quote(file.label)}" if said.propose else ""
        row = WaitingRow(file.label, file.source, message=file.message, command=command)
        grouped.setdefault(file.problem or "", (said, []))[1].append(row)
    for code, (said, rows) in grouped.items():
        ident = f"{state}-{code or 'onbekend'}"
        yield Reason(ident, said.title, said.meaning, said.action, tuple(rows))


def explained(outcome: Outcome, said: CheckWords, words: Words) -> str:
    """An outcome as a sentence with its numbers; without them where one that is needed is missing."""
    known = {"failures": words.amount(said.noun, outcome.failures)} if outcome.failures > 0 else {}
    if outcome.measured is not None and outcome.limit is not None:
        measured, limit = _beside(outcome.measured, outcome.limit, said, words)
        known |= {"measured": measured, "limit": limit}
    try:
        return (said.met if said.met and is_met(outcome) else said.sentence).format_map(known)
    except KeyError:
        return said.plain


def is_met(outcome: Outcome) -> bool:
    """Whether what was measured reaches a limit that is a least value."""
    return outcome.measured is not None and outcome.limit is not None and outcome.measured >= outcome.limit


def _beside(measured: float, limit: float, said: CheckWords, words: Words) -> tuple[str, str]:
    """A measure and its limit, as this check says them."""
    match said.measure:
        case "share":
            return percent_beside(measured, limit)
        case "number":
            return decimal_beside(measured, limit)
        case "count":
            return _amount(measured, said.noun, words), decimal(limit)


def _amount(measured: float, noun: str, words: Words) -> str:
    whole = measured == measured // 1
    return words.amount(noun, int(measured)) if whole else f"{decimal(measured)} {words.nouns[noun][1]}"


def told(files: tuple[FileReport, ...], words: Words) -> list[str]:
    """How many files wait in each state, such as ``1 vastgehouden``."""
    numbers = [(state, sum(file.state is state for file in files)) for state in ATTENTION]
    return [f"{count(number)} {words.states[state].part}" for state, number in numbers if number]
