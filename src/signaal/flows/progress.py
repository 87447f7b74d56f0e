"""Progress over the files of a run, on standard error."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from signaal.schemas.report import FileReport

FILES_A_LINE = 10


class FileProgress:
    """A bar on a terminal; elsewhere a line for every ten files."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._done = 0
        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("starting", total=files)

    def advance(self, _: FileReport) -> None:
        """One file more is done."""
        self._done += 1
        self._bar.update(self._task, advance=1, description="files")
        if not self._console.is_terminal and self._done % FILES_A_LINE == 0:
            self._console.print(f"{self._done} of {self._files} files")

    def __enter__(self) -> Self:
        self._bar.start()
        if not self._console.is_terminal:
            self._console.print(f"{self._files} files; starting the engine and Prefect")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, frames: TracebackType | None
    ) -> None:
        self._bar.stop()
