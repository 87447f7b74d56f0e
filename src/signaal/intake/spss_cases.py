"""Writes the cases of an SPSS file as JSON, in a process of its own.

    python -m signaal.intake.spss_cases < FILE

Standard input is the file: nothing of it is written to disk. The first line of the output says what
the variables are: ``names``, ``labels`` and, of each multiple response set, key, label and variables;
then comes a line with the cells of each variable.
"""

import datetime
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from signaal.intake.cells import duration, number, to_the_second
from signaal.intake.exports import exports
from signaal.intake.rules import rules

if TYPE_CHECKING:
    from pyreadstat import metadata_container

Value = float | str | None

TOO_MUCH = 3
"""The exit status where the cases would take more memory than they may."""
EPOCH = datetime.datetime(1582, 10, 14)
"""From when SPSS counts seconds: the start of the Gregorian calendar (Command Syntax Reference, Dates)."""
FORMAT = re.compile(r"([A-Z]+)(\d*)")
"""A format's kind and width, such as EDATE and 10."""
NEXT_TO_EACH_OTHER = 2
"""Codes of categories are numbers nearer to each other than this; those of the ends of a scale are not."""


class TooMuchError(Exception):
    """The cases of a file would take more memory than they may."""


def main() -> None:
    """Reads standard input; the exit status is 0, ``TOO_MUCH``, or another one for a damaged file."""
    _leave_no_dump()
    try:
        about, columns = cases(sys.stdin.buffer.read(), rules().max_unpacked_bytes)
    except TooMuchError:
        sys.exit(TOO_MUCH)
    sets = [[key, found["label"], found["variable_list"]] for key, found in about.mr_sets.items()]
    labels = [label or "" for label in about.column_labels]
    for line in ({"names": about.column_names, "labels": labels, "sets": sets}, *columns):
        print(json.dumps(line))


def cases(content: bytes, max_bytes: int) -> "tuple[metadata_container, list[list[str | None]]]":
    """What a file says of its variables, and the cells of each.

    A value becomes its label, where it has one; else a date ``2024-01-31``, with a time
    ``2024-01-31T09:30:00``, a time ``09:30:00``, a number with a point. Missing values, those that the
    user declared missing too, are None. A scale of which the ends alone have labels, or steps equally
    far apart (1 and 5, or 0, 5 and 10), stays a column of numbers.

    Raises:
        TooMuchError: the cases take more than ``max_bytes`` unpacked.
        Exception: whatever the library raises on a damaged file; its message may quote the file.
    """
    from pyreadstat import read_sav

    _, stated = read_sav(BytesIO(content), metadataonly=True, user_missing=True)
    # A zipped file of a few bytes may hold any number of equal cases, and need not say how many.
    most = max_bytes // max(1, sum(stated.variable_storage_width.values()))
    values, _ = read_sav(
        BytesIO(content), output_format="dict", disable_datetime_conversion=True, row_limit=most + 1
    )
    if any(len(column) > most for column in values.values()):
        raise TooMuchError
    return stated, [_texts(values[name], stated, name) for name in stated.column_names]


def _texts(values: Sequence[Value], about: "metadata_container", name: str) -> list[str | None]:
    """The values of a variable as text."""
    labels, way = _labels(about, name), _way(about.original_variable_types[name] or "")
    # The same values come back again and again in a survey.
    texts: dict[Value, str | None] = {None: None}
    for value in set(values):
        if value is not None:
            texts[value] = labels.get(value, "").strip() or _written(value, way)
    return [texts[value] for value in values]


def _labels(about: "metadata_container", name: str) -> Mapping[float | str, str]:
    """The labels of a variable's values; none where they name the steps of a scale."""
    labels: dict[float | str, str] = dict(about.variable_value_labels.get(name, {}).items())
    ranges: Sequence[Any] = about.missing_ranges.get(name, [])
    valid = sorted(
        value
        for value in labels
        if not isinstance(value, str) and not any(each["lo"] <= value <= each["hi"] for each in ranges)
    )
    steps = {later - earlier for earlier, later in pairwise(valid)}
    is_scale = len(steps) == 1 and steps.pop() >= NEXT_TO_EACH_OTHER
    return {} if is_scale else labels


def _way(shown_as: str) -> Callable[[float], str]:
    """How the numbers of a format are written; one with leading zeros has as many of them as it shows."""
    formats, found = exports().spss, FORMAT.match(shown_as)
    kind, width = found.groups() if found else ("", "")
    if kind in formats.dates:
        return _date
    if kind in formats.moments:
        return _moment
    if kind in formats.times:
        return _time
    return (lambda value: number(value).zfill(int(width))) if kind in formats.zeros and width else number


def _written(value: float | str, way: Callable[[float], str]) -> str:
    if isinstance(value, str):
        return value
    try:
        return way(value)
    except (OverflowError, ValueError):
        # Seconds that are no date are still what the file holds.
        return repr(value)


def _date(seconds: float) -> str:
    return (EPOCH + datetime.timedelta(seconds=seconds)).date().isoformat()


def _moment(seconds: float) -> str:
    return to_the_second(EPOCH + datetime.timedelta(seconds=seconds)).isoformat()


def _time(seconds: float) -> str:
    return duration(datetime.timedelta(seconds=seconds)).zfill(len("09:30:00"))


def _leave_no_dump() -> None:
    """A process that dies leaves no image of its memory on disk."""
    try:
        import resource
    except ImportError:  # There are none on Windows.
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
