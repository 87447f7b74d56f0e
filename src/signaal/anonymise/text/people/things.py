"""Names of organisations, places and streets that were found in a text, repeated in the same text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.words import Word, words_of
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity

REPEATING = frozenset({Entity.ORGANIZATION, Entity.LOCATION, Entity.NL_STREET_ADDRESS})
REPEATED = "repeated in text"
LEAST_SURE = 0.6
"""What was found with less is masked where it stands and nowhere else."""
LEAST_LETTERS = 4
MOST_WORDS = 8


class Things:
    """An index of names of things by their first word; one pass over the words of the text."""

    def __init__(self, text: str, spans: Iterable[Span], is_word: IsWord) -> None:
        self._is_word = is_word
        self._names: defaultdict[str, dict[tuple[str, ...], Span]] = defaultdict(dict)
        for span in spans:
            if span.entity in REPEATING and span.score >= LEAST_SURE:
                for name in self._forms(text[span.start : span.end], span.entity):
                    key = tuple(word.folded for word in name)
                    self._names[key[0]].setdefault(key, span)

    def find(self, words: Sequence[Word]) -> list[Span]:
        """Every place where one of them stands as a whole, in whatever case if it is no ordinary word."""
        return [
            Span(word.start, words[at + len(name) - 1].end, span.entity, span.score, REPEATED)
            for at, word in enumerate(words)
            for name, span in self._names.get(word.folded, {}).items()
            if self._stands(words[at : at + len(name)], name)
        ]

    def _forms(self, value: str, entity: Entity) -> Iterator[tuple[Word, ...]]:
        """The name, and that of an organisation also without the ordinary words at its beginning."""
        plain = re.split(r"\s+\d", value)[0] if entity is Entity.NL_STREET_ADDRESS else value
        words = tuple(words_of(plain))[:MOST_WORDS]
        while words and sum(len(word.written) for word in words) >= LEAST_LETTERS:
            yield words
            if entity is not Entity.ORGANIZATION or not self._is_word(words[0].written.lower()):
                return
            words = words[1:]

    def _stands(self, words: Sequence[Word], name: tuple[str, ...]) -> bool:
        if tuple(word.folded for word in words) != name or any("\n" in word.gap for word in words[1:]):
            return False
        return any(word.capital or not self._is_word(word.written.lower()) for word in words)
