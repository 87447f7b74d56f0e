"""What the columns say of everybody in a batch, searched for in everybody's texts.

A respondent writes about a neighbour who filled in the survey as well. One pass over the words of a
text, however many names there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from signaal.anonymise.text.people import Known
from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.ordinary import is_ordinary
from signaal.anonymise.text.people.words import fold
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

OF_BATCH = "known from batch"
SCORE = 0.9
SHORTEST_NAME = 3
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")


class BatchNames:
    """An index of the direct identifiers in a batch by their first word.

    Args:
        known: what the columns say of everybody.
        is_word: whether something in small letters is an ordinary Dutch word.
    """

    def __init__(self, known: Iterable[Known], is_word: IsWord = is_ordinary) -> None:
        self._is_word = is_word
        self._names: defaultdict[str, dict[tuple[str, ...], Known]] = defaultdict(dict)
        for term in sorted(set(known), key=lambda term: (term.value, term.entity)):
            words = tuple(fold(word) for word in _WORD.findall(term.value))
            if sum(map(len, words)) >= SHORTEST_NAME:
                self._names[words[0]].setdefault(words, term)

    def find(self, text: str) -> dict[Span, Known]:
        """Every place where one of them stands as a whole, or its genitive, and what it is.

        One that is an ordinary word too counts only with its capital: "Hoop", not "ik hoop".
        """
        if not self._names:
            return {}
        matches = list(_WORD.finditer(text))
        words = [fold(match[0]) for match in matches]
        return {
            Span(match.start(), matches[at + len(name) - 1].end(), term.entity, SCORE, OF_BATCH): term
            for at, match in enumerate(matches)
            for name, term in self._starting(words[at])
            if _is_there(words[at : at + len(name)], name, term.entity) and self._is_name(name, match[0])
        }

    def _starting(self, word: str) -> Iterator[tuple[tuple[str, ...], Known]]:
        yield from self._names.get(word, {}).items()
        if word.endswith("s"):
            yield from self._names.get(word[:-1], {}).items()

    def _is_name(self, name: tuple[str, ...], written: str) -> bool:
        if len(name) > 1 or written[0].isupper() or not written.isalpha():
            return True
        return not self._is_word(written.lower())


def _is_there(words: Sequence[str], name: tuple[str, ...], entity: Entity) -> bool:
    genitive = (*name[:-1], name[-1] + "s") if entity is Entity.PERSON else name
    return tuple(words) in {name, genitive}
