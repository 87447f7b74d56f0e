"""How the exports of survey programs are recognised, from ``exports.yaml``."""

import re
from functools import cache
from pathlib import Path

import yaml

from signaal.schemas.column import Frozen


class Qualtrics(Frozen):
    """A third row of headings, of JSON with ``import_id``.

    A value of that starting like ``question_id`` belongs to this question, whose text stands before
    ``separator`` in the second row.
    """

    import_id: str
    question_id: re.Pattern[str]
    separator: str


class SurveyMonkey(Frozen):
    """A second row of headings, of answers under questions.

    ``respondent``: what the first heading is; ``system``: headings of columns that are no question, of
    which at least ``fewest_system`` must be there. ``whole``: what stands under a question that has one
    column. ``joined``: the heading of a column of a question that has more. All in lower case.
    """

    respondent: frozenset[str]
    system: frozenset[str]
    fewest_system: int
    whole: frozenset[str]
    joined: str


class Pattern(Frozen):
    """Headings of one question: those with the same ``key``, one of which at least has an ``answer``."""

    pattern: re.Pattern[str]
    question: str


class Options(Frozen):
    """Columns ``question`` ``separator`` ``answer`` that hold nothing but ``ticks``."""

    separator: str
    ticks: frozenset[str]


class RepeatSheets(Frozen):
    """The columns by which the sheets of a workbook refer to each other.

    ``index`` numbers the rows of a sheet; a repeat group names the sheet of its parents in
    ``parent_table``, of which no more than ``name_characters`` are sure, and the row in ``parent_index``.
    """

    index: str
    parent_table: str
    parent_index: str
    name_characters: int


class Spss(Frozen):
    """What parts question and answer in a label, and formats of numbers.

    ``dates`` and ``moments`` are seconds since 1582, ``times`` since midnight; ``zeros`` shows leading
    zeros.
    """

    separators: tuple[str, ...]
    dates: frozenset[str]
    moments: frozenset[str]
    times: frozenset[str]
    zeros: frozenset[str]


class Exports(Frozen):
    """What each program does in its own way."""

    qualtrics: Qualtrics
    surveymonkey: SurveyMonkey
    headings: tuple[Pattern, ...]
    options: Options
    repeats: RepeatSheets
    spss: Spss


@cache
def exports() -> Exports:
    """The rules, read once."""
    text = Path(__file__).with_name("exports.yaml").read_text(encoding="utf-8")
    return Exports.model_validate(yaml.safe_load(text))
