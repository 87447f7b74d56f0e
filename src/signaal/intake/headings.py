"""The headings of a table, each only once, and the questions that several of them belong to."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from signaal.intake.exports import Pattern, exports

LONGEST_HEADING = 2_000
"""Characters of a heading beyond which it is no question and answer, but a text in the wrong place."""

Column = Sequence[str | None]


@dataclass(frozen=True)
class Member:
    """That a column belongs to the question ``key``, called ``text``.

    ``is_answer``: it is one answer or row of it. Without any such the columns only look alike.
    """

    key: str
    text: str
    is_answer: bool = True


def heading(text: str) -> str:
    """A heading as tables have it: composed characters, every run of white space one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def different(titles: Sequence[str]) -> list[str]:
    """The headings, each only once; one without text is called ``kolom 7`` by its position."""
    names: dict[str, None] = {}
    for position, title in enumerate(titles, start=1):
        name = base = title or f"kolom {position}"
        number = 1
        while name in names:
            number += 1
            name = f"{base} ({number})"
        names[name] = None
    return list(names)


def questions(members: Sequence[Member | None]) -> list[str]:
    """The question of each column, empty where it shares its question with no other column.

    Two questions with the same text are told apart as headings are.
    """
    shared = _shared(members)
    texts: dict[str, str] = {}
    for member in members:
        if member and member.key in shared:
            texts.setdefault(member.key, member.text)
    names = dict(zip(texts, different(list(texts.values())), strict=True))
    return [names.get(member.key, "") if member else "" for member in members]


def members(titles: Sequence[str], columns: Sequence[Column]) -> list[Member | None]:
    """What the headings of a file with one row of them say of the questions that they belong to."""
    found = _options(titles, columns)
    for rule in exports().headings:
        new = [None if old else _member(rule, title) for old, title in zip(found, titles, strict=True)]
        shared = _shared(new)
        found = [
            old or (each if each and each.key in shared else None)
            for old, each in zip(found, new, strict=True)
        ]
    return found


def _shared(members: Sequence[Member | None]) -> set[str]:
    """The questions of more than one column, one of which at least is an answer."""
    sizes = Counter(member.key for member in members if member)
    return {member.key for member in members if member and member.is_answer and sizes[member.key] > 1}


def _member(rule: Pattern, title: str) -> Member | None:
    found = rule.pattern.fullmatch(title) if len(title) <= LONGEST_HEADING else None
    if not found:
        return None
    question = rule.question.format(**found.groupdict())
    return Member(f"{rule.question} {found['key']}", question, bool(found["answer"]))


def _options(titles: Sequence[str], columns: Sequence[Column]) -> list[Member | None]:
    """The columns that are one answer each of a question, ticked or not, and the question's own."""
    separator = exports().options.separator
    ticked = {
        place: title.rpartition(separator)[0]
        for place, title in enumerate(titles)
        if separator in title.strip(separator) and _is_ticked(columns[place])
    }
    asked = set(ticked.values())
    return [
        Member(ticked[place], ticked[place])
        if place in ticked
        else Member(title, title, is_answer=False)
        if title in asked
        else None
        for place, title in enumerate(titles)
    ]


def _is_ticked(column: Column) -> bool:
    found = set(column) - {None}
    return bool(found) and found <= exports().options.ticks
