"""What was left out: columns that nobody declared, columns by role, cells that were no number."""

from collections import Counter
from dataclasses import dataclass

from signaal.schemas.declaration import Role
from signaal.schemas.report import FileReport, RunReport
from signaal.validation.report.charts import Chart, Part, bar_chart
from signaal.validation.report.notation import count
from signaal.validation.report.withheld import WITHHELD
from signaal.validation.report.words import RoleWords, Words


@dataclass(frozen=True)
class DroppedRow:
    """Columns that nobody declared, with the files of one source that have exactly these."""

    labels: tuple[str, ...]
    source: str | None
    columns: tuple[str, ...]


@dataclass(frozen=True)
class RoleRow:
    """A role, what happens to its columns, and how many there are over all files."""

    words: RoleWords
    number: str


@dataclass(frozen=True)
class UnparsedRow:
    """A file with cells that should have been numbers."""

    label: str
    source: str | None
    cells: str


@dataclass(frozen=True)
class LeftOut:
    """Everything of the columns and cells that did not go on."""

    dropped: tuple[DroppedRow, ...]
    chart: Chart | None
    roles: tuple[RoleRow, ...]
    unparsed: tuple[UnparsedRow, ...]


def left_out(report: RunReport, words: Words) -> LeftOut:
    """Counts are of the files that were examined, each with its own columns."""
    texts = words.page["left_out"]
    numbers = _by_role(report, words)
    description = texts["chart_text"].format(
        columns=words.amount("column", sum(number for _, number, _ in numbers))
    )
    bars = [(said.name, [Part(said.name, number, tone)]) for said, number, tone in numbers]
    return LeftOut(
        _dropped(report.files, words),
        bar_chart("rollen", texts["chart"], description, bars),
        tuple(RoleRow(said, count(number)) for said, number, _ in numbers),
        tuple(UnparsedRow(f.label, f.source, count(f.unparsed)) for f in report.files if f.unparsed > 0),
    )


def _by_role(report: RunReport, words: Words) -> list[tuple[RoleWords, int, str]]:
    """Roles that occur, in the order of the declaration, and the undeclared columns behind them."""
    totals: Counter[Role] = Counter()
    for file in report.files:
        totals.update(file.roles)
    undeclared = sum(len(file.dropped) for file in report.files)
    declared = [(words.roles[role], totals[role], "plain") for role in Role if totals[role] > 0]
    return declared + ([(words.undeclared, undeclared, "held")] if undeclared else [])


def _dropped(files: tuple[FileReport, ...], words: Words) -> tuple[DroppedRow, ...]:
    """Files of a source with the same undeclared columns share a row, however many they are."""
    alike: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
    for file in files:
        if file.dropped:
            alike.setdefault((file.source, file.dropped), []).append(file.label)
    hidden = words.page["left_out"]["withheld"]
    return tuple(
        DroppedRow(tuple(labels), source, tuple(hidden if name == WITHHELD else name for name in columns))
        for (source, columns), labels in alike.items()
    )
