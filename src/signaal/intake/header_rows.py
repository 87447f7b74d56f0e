"""Tells how many rows of headings a file has: survey programs write up to three of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from signaal.intake.exports import exports
from signaal.intake.headings import Member, heading

MOST_HEADER_ROWS = 3

Cells = Sequence[str | None]


@dataclass(frozen=True)
class Header:
    """The headings of a file, in so many of its first rows that are not blank.

    ``members``: of each column the question that further rows put it under; None where they are no
    such rows, and the headings themselves have to tell.
    """

    titles: tuple[str, ...]
    rows: int = 1
    members: tuple[Member | None, ...] | None = None


def header_of(first: Sequence[Cells]) -> Header:
    """The header of a file whose first rows these are, one at least and each with its blank cells.

    A record must never be taken for a heading, which is published: all that a program writes in its
    further rows has to be there, else the header is the first row alone.
    """
    width = len(first[0])
    if any(any(row[width:]) for row in first):
        return _plain(first)
    rows = [[*row[:width], *[None] * (width - len(row))] for row in first]
    return _qualtrics(rows) or _surveymonkey(rows) or _plain(first)


def _plain(rows: Sequence[Cells]) -> Header:
    return Header(tuple(heading(cell or "") for cell in rows[0]))


def _qualtrics(rows: Sequence[Cells]) -> Header | None:
    """Names, the texts of the questions, and JSON that says by which id a column is imported."""
    if len(rows) < MOST_HEADER_ROWS:
        return None
    titles = _plain(rows).titles
    ids = [_import_id(cell) if title else "" for title, cell in zip(titles, rows[2], strict=True)]
    known = [each for each in ids if each is not None]
    if len(known) < len(ids) or not any(known):
        return None
    texts = [heading(cell or "") or title for title, cell in zip(titles, rows[1], strict=True)]
    return Header(titles, 3, tuple(_same_question(known, texts)))


def _import_id(cell: str | None) -> str | None:
    if not cell or not cell.startswith("{"):
        return None
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    found = value.get(exports().qualtrics.import_id) if isinstance(value, dict) else None
    return found if isinstance(found, str) and found else None


def _same_question(ids: Sequence[str], texts: Sequence[str]) -> list[Member | None]:
    """The columns whose ids start with the same question's."""
    keys = [found[0] if (found := exports().qualtrics.question_id.match(each)) else "" for each in ids]
    of_question: dict[str, list[str]] = {}
    for key, text in zip(keys, texts, strict=True):
        of_question.setdefault(key, []).append(text)
    return [Member(key, _common(of_question[key])) if key else None for key in keys]


def _common(texts: Sequence[str]) -> str:
    """What texts such as ``question - answer`` share, from their start; else the first one's question."""
    separator = exports().qualtrics.separator
    parts = [text.split(separator) for text in texts]
    shared: list[str] = []
    for same in zip(*parts, strict=False):
        if len(set(same)) > 1:
            break
        shared.append(same[0])
    return separator.join(shared) or texts[0].rpartition(separator)[0] or texts[0]


def _surveymonkey(rows: Sequence[Cells]) -> Header | None:
    """Questions, and under them their answers, or that they have one column.

    The second row has nothing under the columns that the program adds in front, of which the
    respondent's number is the first and filled in every record, and something under all others.
    """
    if len(rows) == 1:
        return None
    titles, answers = _plain(rows).titles, [heading(cell or "") for cell in rows[1]]
    added = next((place for place, answer in enumerate(answers) if answer), 0)
    if not _has_added(titles[:added]) or not titles[added] or not all(answers[added:]):
        return None
    if any(not record[0] for record in rows[2:]):
        return None
    return _under_questions(titles, answers, added)


def _has_added(titles: Sequence[str]) -> bool:
    """Whether these are the headings of columns that the program adds in front."""
    program, names = exports().surveymonkey, [title.lower() for title in titles]
    is_respondent = bool(names) and names[0] in program.respondent
    return is_respondent and all(names) and len(program.system & set(names)) >= program.fewest_system


def _under_questions(titles: Sequence[str], answers: Sequence[str], added: int) -> Header | None:
    """The header of answers under questions; a column without heading goes on with the last question."""
    program = exports().surveymonkey
    starts: list[int] = []
    for place, title in enumerate(titles):
        starts.append(place if title else starts[-1])
    wide = {start for place, start in enumerate(starts) if start != place}
    whole = {place for place, answer in enumerate(answers) if answer.lower() in program.whole}
    if not wide and not whole:
        return None
    alone = {place for place in range(len(titles)) if place < added or place in whole - wide}
    names = [
        titles[start]
        if place in alone and start == place
        else program.joined.format(question=titles[start], answer=answers[place])
        for place, start in enumerate(starts)
    ]
    members = [Member(str(start), titles[start]) if start in wide else None for start in starts]
    return Header(tuple(names), 2, tuple(members))
