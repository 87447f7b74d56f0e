"""The people of a whole batch: the words of their names, which go together, and whose they are."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from signaal.anonymise.pseudonyms import normalise
from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.known import Known
from signaal.anonymise.text.people.names import Name, name_of, tells
from signaal.anonymise.text.people.words import Word
from signaal.schemas.entities import Entity

SHARED = -1
"""Instead of one person: several have this."""
MOST_WORDS = 8
"""Words of a name that are searched for; a longer cell is no name, and its pairs would be too many."""
_INITIALS, _VOWELS = range(2, 4), frozenset("aeiouy")


class BatchPeople:
    """Dictionaries from parts of names to the index of the one person that has them, or to ``SHARED``.

    ``parts`` has single words, ``pairs`` two words of one name in their order ("houria belkadi"), also
    with the first letter of one of them ("h belkadi", "houria b"), ``wholes`` all words of a name. Two
    spellings of one name (``pseudonyms.normalise``) are one person.

    Args:
        names: the names in the columns.
        is_word: whether something in small letters is an ordinary Dutch word.
    """

    def __init__(self, names: Iterable[Known], is_word: IsWord) -> None:
        self._is_word = is_word
        self.people: list[Known] = []
        self.parts: dict[str, int] = {}
        self.pairs: dict[str, int] = {}
        self.wholes: dict[str, int] = {}
        self.joined: dict[str, tuple[str, ...]] = {}
        """Words of a name written as one, with the words that are in it."""
        self.leads: dict[str, frozenset[tuple[str, ...]]] = {}
        """The particles before a word, where somebody has some."""
        self.surnames: set[str] = set()
        self.spelt: dict[str, str] = {}
        """How a word is written in the first of the names that have it."""
        places: dict[str, int] = {}
        for term in sorted(set(names), key=lambda term: term.value):
            person = places.setdefault(normalise(Entity.PERSON, term.value), len(self.people))
            if person == len(self.people):
                self.people.append(term)
            self._take(person, self._pure(name_of(term.value)))

    def _pure(self, name: Name) -> Name:
        """A name of at most ``MOST_WORDS``, without ordinary words in small letters ("Roos (moeder)")."""
        words = name.words[:MOST_WORDS]
        if any(tells(word) and word.written[0].isupper() for word in words):
            words = tuple(word for word in words if not tells(word) or not self._is_remark(word))
        return Name(words)

    def _is_remark(self, word: Word) -> bool:
        return word.written[0].islower() and self._is_word(word.written.lower())

    def _take(self, person: int, name: Name) -> None:
        units = list(_units(name))
        telling = [unit for unit in units if len(unit) > 1]
        for part in telling:
            _share(self.parts, part, person)
        for word in name.telling:
            self.spelt.setdefault(word.folded, word.written)
        for first, second in combinations(units, 2):
            for pair in product({first, first[0]}, {second, second[0]}):
                if max(map(len, pair)) > 1:
                    _share(self.pairs, " ".join(pair), person)
        if telling:
            _share(self.wholes, whole(units), person)
        for written, parts in name.joined().items():
            if self.parts.keys() >= set(parts):
                self.joined.setdefault(written, parts)
        leads = {part: lead for part, lead in name.leads().items() if lead}
        for part, lead in leads.items():
            self.leads[part] = self.leads.get(part, frozenset()) | {lead}
        self.surnames.update(part for part in telling if part != units[0] or part in leads)


def whole(units: Sequence[str]) -> str:
    """One spelling of all words and initials of a name, whichever comes first."""
    return " ".join(sorted(units))


def are_initials(word: Word) -> bool:
    """Whether a word is initials without their stops: "JP"; "AL" may be a name all in capitals."""
    capitals = word.written.isupper() and len(word.folded) in _INITIALS
    return capitals and not word.shouted and _VOWELS.isdisjoint(word.folded)


def _units(name: Name) -> Iterator[str]:
    """The words that tell and the initials of a name, in their order."""
    for word in name.words:
        if len(name.telling) > 1 and are_initials(word):
            yield from word.folded
        elif tells(word) or len(word.folded) == 1:
            yield word.folded


def _share(index: dict[str, int], key: str, person: int) -> None:
    if index.setdefault(key, person) != person:
        index[key] = SHARED
