"""The page as the template gets it: every section of the report in words and numbers."""

from dataclasses import dataclass

from signaal.schemas.report import FileReport, RunReport, State
from signaal.validation.report.arrivals import Arrivals, arrivals
from signaal.validation.report.columns import LeftOut, left_out
from signaal.validation.report.discoveries import Discoveries, discoveries
from signaal.validation.report.moments import lasted, spoken
from signaal.validation.report.notation import count, percent, size
from signaal.validation.report.parts import parts_of
from signaal.validation.report.risk import Risk, risk
from signaal.validation.report.waiting import ATTENTION, Waiting, told, waiting
from signaal.validation.report.words import Words, one_or_many

MOST_SETTLED = 200
"""Files that need nothing are shown up to this number; those that wait always are."""


@dataclass(frozen=True)
class Card:
    """A number that the eye falls on first. ``tone`` colours it; empty for a number that is nothing."""

    name: str
    number: str
    tone: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class FileRow:
    """A file in the table of all files."""

    label: str
    source: str | None
    state: State
    size: str
    records: str
    signals: str
    findings: str
    masked: str


@dataclass(frozen=True)
class Page:
    """Everything that stands on the page, in its order."""

    run_id: str
    engine_version: str
    moment: str
    duration: str
    calm: bool
    summary: str
    also: str
    content: tuple[Card, ...]
    states: tuple[Card, ...]
    arrivals: Arrivals
    discoveries: Discoveries
    left_out: LeftOut
    waiting: Waiting
    risk: Risk
    files: tuple[FileRow, ...]
    more_files: int


def page_of(report: RunReport, words: Words) -> Page:
    """What the page says of a run."""
    attention = report.in_state(*ATTENTION)
    settled = report.in_state(State.LOADED, State.KNOWN)
    return Page(
        run_id=report.run_id,
        engine_version=report.engine_version,
        moment=spoken(report.started, words),
        duration=lasted(report.started, report.ended, words),
        calm=not attention,
        summary=_summary(report, words),
        also=_also(report, words),
        content=_content(report, words),
        states=_states(report, words),
        arrivals=arrivals(report, words),
        discoveries=discoveries(report, words),
        left_out=left_out(report, words),
        waiting=waiting(report, words),
        risk=risk(report, words),
        files=tuple(map(_row, attention + settled[:MOST_SETTLED])),
        more_files=max(0, len(settled) - MOST_SETTLED),
    )


def _summary(report: RunReport, words: Words) -> str:
    """The one sentence that says what to do now."""
    if not report.files:
        return words.summary.nothing
    if not (attention := report.in_state(*ATTENTION)):
        return words.summary.done
    sentence = one_or_many(words.summary.waiting, len(attention))
    parts = words.enumeration(told(attention, words))
    return sentence.format(files=words.amount("file", len(attention)), parts=parts)


def _also(report: RunReport, words: Words) -> str:
    """What asks for a look though nothing waits for it; empty where nothing does."""
    number = sum(len(part.dropped) for part in parts_of(report.files))
    if not number:
        return ""
    sentence = one_or_many(words.summary.also_dropped, number)
    return sentence.format(columns=words.amount("column", number))


def _content(report: RunReport, words: Words) -> tuple[Card, ...]:
    texts, parts = words.page["cards"], tuple(parts_of(report.files))
    return (
        Card(texts["files"], count(len(report.files))),
        Card(texts["records"], count(sum(part.records for part in parts))),
        Card(texts["signals"], count(sum(part.signals for part in parts))),
        Card(texts["findings"], count(sum(sum(part.findings.values()) for part in parts))),
    )


def _states(report: RunReport, words: Words) -> tuple[Card, ...]:
    """A card for every state; failures are the exception and get one only where there are any."""
    numbers = {state: len(report.in_state(state)) for state in State}
    return tuple(
        Card(words.states[state].name, count(n), state.value if n else "", words.states[state].meaning)
        for state, n in numbers.items()
        if n or state is not State.FAILED
    )


def _row(file: FileReport) -> FileRow:
    parts = tuple(parts_of([file]))
    return FileRow(
        file.label,
        file.source,
        file.state,
        size(file.size),
        count(sum(part.records for part in parts)),
        count(sum(part.signals for part in parts)),
        count(sum(sum(part.findings.values()) for part in parts)),
        percent(file.masked_share),
    )
