"""The tables of a file: its records, and its repeat groups."""

from collections.abc import Iterable, Iterator

from signaal.schemas.report import FileReport


def parts_of(files: Iterable[FileReport]) -> Iterator[FileReport]:
    """Each file, followed by its repeat groups, which carry its label."""
    for file in files:
        yield file
        yield from parts_of(file.repeats)
