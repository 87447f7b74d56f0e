"""What the command line shows of a run: a table, and a line for each file that needs a person."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from signaal.schemas.batch import Misfit
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Outcome
from signaal.store.interface import RunRow, StoreCounts

WORDS = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
ROWS_SHOWN = 5
ASK_A_PERSON = (State.HELD, State.NOT_TAKEN, State.FAILED)


def show_run(console: Console, report: RunReport, names: dict[str, str], store: Path, page: Path) -> None:
    """Prints the table of a run, what waits for a person and why, and where store and report are.

    ``names`` has the names of files by their label; it is empty where the output is kept, as in a
    scheduler's log, since a name can be personal data.
    """
    console.print(_totals(report))
    for file in report.in_state(*ASK_A_PERSON):
        said = escape(f"{_called(file, names)}: {why(file)}")
        console.print(f"[bold]{WORDS['states'][file.state]}[/] {said}", highlight=False, soft_wrap=True)
    if report.files and not report.in_state(State.LOADED):
        console.print("Nothing new: no batch was added to the store.", highlight=False)
    console.print(f"store   {store}\nreport  {page}", highlight=False, soft_wrap=True)


def why(file: FileReport) -> str:
    """Why a file waits, in one sentence."""
    misfits = [_misfit(misfit) for part in (file, *file.repeats) for misfit in part.misfits]
    return "; ".join([*(_sentence(outcome) for outcome in file.held_for), *misfits]) or file.message


def _totals(report: RunReport) -> Table:
    table = Table(title=f"run {report.run_id}", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    rows = {
        "files": len(report.files),
        "records": sum(file.records for file in report.files),
        "free texts": sum(file.signals for file in report.files),
        "passed and loaded": len(report.in_state(State.LOADED)),
        "known already": len(report.in_state(State.KNOWN)),
        "held": len(report.in_state(State.HELD)),
        "not taken": len(report.in_state(State.NOT_TAKEN)),
        "failed": len(report.in_state(State.FAILED)),
    }
    for name, count in rows.items():
        table.add_row(name, str(count))
    table.add_section()
    for entity, count in report.findings.items():
        table.add_row(f"found {entity}", str(count))
    return table


def _called(file: FileReport, names: dict[str, str]) -> str:
    name = names.get(file.label)
    return f"{file.label} ({name})" if name else file.label


def _sentence(outcome: Outcome) -> str:
    column = f"column {outcome.column}: " if outcome.column else ""
    sentence: str = WORDS["checks"][outcome.check]
    return column + sentence.format(
        failures=outcome.failures, measured=outcome.measured or 0, limit=outcome.limit or 0
    )


def _misfit(misfit: Misfit) -> str:
    """In which lines of the file cells do not fit, never what they hold."""
    rows = ", ".join(map(str, misfit.rows[:ROWS_SHOWN]))
    more = " and more" if misfit.cells > min(len(misfit.rows), ROWS_SHOWN) else ""
    sentence: str = WORDS["misfit"]
    return sentence.format(column=misfit.variable, cells=misfit.cells, rows=rows + more)


def show_store(console: Console, runs: Sequence[RunRow], counts: StoreCounts) -> None:
    """Prints the last runs, the newest first, and how many rows each table has."""
    table = Table(title="last runs")
    for heading in ("started (UTC)", "state", "files", "loaded", "known", "held", "not taken", "failed"):
        table.add_column(heading, no_wrap=True)
    for run in runs:
        numbers = (run.files, run.loaded, run.known, run.held, run.not_taken, run.failed)
        table.add_row(f"{run.started:%Y-%m-%d %H:%M}", run.state, *map(str, numbers))
    rows = Table("table", "rows", title="store")
    for name, count in {
        "batch": counts.batches,
        "signal": counts.signals,
        "finding": counts.findings,
        **counts.tables,
    }.items():
        rows.add_row(name, str(count))
    console.print(table, rows)


def show_inbox(console: Console, files: Sequence[tuple[str, str]]) -> None:
    """Prints which id stands for which file; for a person's eyes, not for a log."""
    table = Table("id", "file", title="inbox")
    for label, name in files:
        table.add_row(label, escape(name))
    console.print(table if files else "the inbox is empty")
