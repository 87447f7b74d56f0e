"""What was left out: columns that nobody declared, columns by role, cells that do not fit their column."""

from collections import Counter
from dataclasses import dataclass

from signaal.schemas.batch import Misfit
from signaal.schemas.column import Role
from signaal.schemas.report import FileReport, RunReport
from signaal.validation.report.charts import Chart, Part, bar_chart
from signaal.validation.report.notation import count
from signaal.validation.report.parts import parts_of
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
    """A file with cells that were emptied because they did not fit their column."""

    label: str
    source: str | None
    cells: str


@dataclass(frozen=True)
class MisfitRow:
    """Cells of a column that hold a file back: how many, and in which rows of the file."""

    label: str
    source: str | None
    column: str
    cells: str
    rows: str


@dataclass(frozen=True)
class LeftOut:
    """Everything of the columns and cells that did not go on."""

    dropped: tuple[DroppedRow, ...]
    chart: Chart | None
    roles: tuple[RoleRow, ...]
    misfits: tuple[MisfitRow, ...]
    unparsed: tuple[UnparsedRow, ...]


def left_out(report: RunReport, words: Words) -> LeftOut:
    """Counts are of the files that were examined, each with its own columns."""
    texts = words.page["left_out"]
    numbers = _by_role(report, words)
    description = texts["chart_text"].format(
        columns=words.amount("column", sum(number for _, number, _ in numbers))
    )
    bars = [(said.name, [Part(said.name, number, tone)]) for said, number, tone in numbers]
    parts = tuple(parts_of(report.files))
    return LeftOut(
        _dropped(parts, words),
        bar_chart("rollen", texts["chart"], description, bars),
        tuple(RoleRow(said, count(number)) for said, number, _ in numbers),
        tuple(_misfit(part, misfit, words) for part in parts for misfit in part.misfits),
        tuple(
            UnparsedRow(part.label, part.source, count(part.unparsed)) for part in parts if part.unparsed > 0
        ),
    )


def _by_role(report: RunReport, words: Words) -> list[tuple[RoleWords, int, str]]:
    """Roles that occur, in the order of the declaration, and the undeclared columns behind them."""
    totals: Counter[Role] = Counter()
    parts = tuple(parts_of(report.files))
    for part in parts:
        totals.update(part.roles)
    undeclared = sum(len(part.dropped) for part in parts)
    declared = [(words.roles[role], totals[role], "plain") for role in Role if totals[role] > 0]
    return declared + ([(words.undeclared, undeclared, "held")] if undeclared else [])


def _misfit(file: FileReport, misfit: Misfit, words: Words) -> MisfitRow:
    """The rows that are known, and that there are more where not all of them are."""
    more = misfit.cells > len(misfit.rows)
    rows = [str(row) for row in misfit.rows] + ([words.page["left_out"]["more_rows"]] if more else [])
    return MisfitRow(file.label, file.source, misfit.variable, count(misfit.cells), ", ".join(rows))


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
