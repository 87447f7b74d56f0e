"""How easily people can be recognised: what was measured of it, over the whole source of each table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.risk import TableRisk
from signaal.schemas.verdict import Check
from signaal.validation.report.notation import MISSING, count, percent
from signaal.validation.report.parts import parts_of
from signaal.validation.report.risk_block import Block, block
from signaal.validation.report.words import Words

MOST_ROWS = 200
MOST_BLOCKS = 12
"""Tables that are explained figure by figure; the overview has more, the numbers of the run have all."""

OF_TABLES = frozenset(
    {
        *(Check.K_ANONYMITY, Check.L_DIVERSITY, Check.T_CLOSENESS, Check.NEWCOMERS),
        *(Check.SUPPRESSION, Check.SOLVABLE, Check.STILL_AS_COARSE),
    }
)


@dataclass(frozen=True)
class QuestionRow:
    """A question about the run, and how far it was answered."""

    question: str
    answer: str
    measured: bool


@dataclass(frozen=True)
class TableRow:
    """A table: its smallest class as it came in and as it would be published, and whether it is enough."""

    label: str
    source: str | None
    before: str
    after: str
    suppressed: str
    limit: str
    missed: bool


@dataclass(frozen=True)
class Risk:
    """What was measured: questions, every table in a row, and the first of them figure by figure.

    ``more`` tables have no row, ``more_blocks`` no explanation.
    """

    questions: tuple[QuestionRow, ...]
    rows: tuple[TableRow, ...]
    more: int
    blocks: tuple[Block, ...]
    more_blocks: int


def risk(report: RunReport, words: Words) -> Risk:
    """Tables that missed a limit come first, then those with the smallest classes."""
    measured = sorted((part for part in parts_of(report.files) if part.risk), key=_worst_first)
    explained = _latest(measured, tuple(parts_of(report.files)))
    return Risk(
        _questions(measured, words),
        tuple(_row(part, words) for part in measured[:MOST_ROWS]),
        max(0, len(measured) - MOST_ROWS),
        tuple(block(part, number, words) for number, part in enumerate(explained[:MOST_BLOCKS], start=1)),
        max(0, len(explained) - MOST_BLOCKS),
    )


def _latest(measured: list[FileReport], order: tuple[FileReport, ...]) -> list[FileReport]:
    """Of each source the table as it was loaded last, and every table that was not loaded.

    What is measured is the whole source, so that an earlier file of it says nothing more.
    """
    last = {part.source: id(part) for part in order if part.risk and part.state is State.LOADED}
    return [part for part in measured if part.state is not State.LOADED or last[part.source] == id(part)]


def _questions(measured: list[FileReport], words: Words) -> tuple[QuestionRow, ...]:
    """The three tests of WP216 and free texts, each with the worst figure after treatment."""
    texts = words.page["risk"]
    after = [part.risk.after for part in measured if part.risk]
    questions: list[tuple[str, Callable[[TableRisk], Iterable[float]]]] = [
        (texts["single"], lambda table: [table.singling_out]),
        (texts["link"], lambda table: [table.linkability]),
        (texts["infer"], lambda table: table.inference.values()),
    ]
    rows = [
        _question(question, [list(figures(table)) for table in after], words)
        for question, figures in questions
    ]
    return (*rows, QuestionRow(texts["texts"], texts["not_measured"], measured=False))


def _question(question: str, figures: list[list[float]], words: Words) -> QuestionRow:
    texts, found = words.page["risk"], [each for each in figures if each]
    if not found:
        return QuestionRow(question, texts["measured_none"], measured=False)
    answer = texts["measured_some"].format(
        tables=words.amount("table", len(found)), worst=percent(max(map(max, found)))
    )
    return QuestionRow(question, answer, measured=True)


def _worst_first(part: FileReport) -> tuple[bool, int]:
    return not _missed(part), part.risk.after.k if part.risk else 0


def _missed(part: FileReport) -> bool:
    return any(outcome.check in OF_TABLES and not outcome.passed for outcome in part.held_for)


def _row(part: FileReport, words: Words) -> TableRow:
    texts, k = words.page["risk"], part.thresholds.k if part.thresholds else None
    limit = texts["reached"] if part.state is State.LOADED else MISSING
    if _missed(part):
        limit = texts["missed"]
    return TableRow(
        part.label,
        part.source,
        count(part.risk.before.k) if part.risk else MISSING,
        count(part.risk.after.k) if part.risk else MISSING,
        percent(part.solution.suppressed if part.solution else None),
        limit if k is None else texts["with_k"].format(limit=limit, k=count(k)),
        _missed(part),
    )
