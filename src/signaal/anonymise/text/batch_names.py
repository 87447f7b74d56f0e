"""What the columns say of everybody in a batch, searched for in everybody's texts.

A respondent writes about a neighbour who filled in the survey as well. One pass over the words of a
text, however many names there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from signaal.anonymise.text.people import STOP_WORDS, Known
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

OF_BATCH = "known from batch"
SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W_]+")


class BatchNames:
    """An index of the direct identifiers in a batch by their first word."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._names: defaultdict[str, dict[tuple[str, ...], Entity]] = defaultdict(dict)
        for term in sorted(set(known), key=lambda term: (term.value, term.entity)):
            words = tuple(word.casefold() for word in _WORD.findall(term.value))
            if sum(map(len, words)) >= SHORTEST_NAME:
                self._names[words[0]].setdefault(words, term.entity)

    def find(self, text: str) -> list[Span]:
        """Every place where one of them stands as a whole.

        One that is a common word too counts only with its capital: "Hoop", not "ik hoop".
        """
        if not self._names:
            return []
        matches = list(_WORD.finditer(text))
        words = [match[0].casefold() for match in matches]
        return [
            Span(match.start(), matches[at + len(name) - 1].end(), entity, 0.9, OF_BATCH)
            for at, match in enumerate(matches)
            for name, entity in self._names.get(words[at], {}).items()
            if tuple(words[at : at + len(name)]) == name and _is_name(name, match[0])
        ]


def _is_name(name: tuple[str, ...], written: str) -> bool:
    return len(name) > 1 or name[0] not in STOP_WORDS or written[0].isupper()
