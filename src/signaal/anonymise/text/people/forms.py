"""The forms in which known names may stand in a text, as one dictionary."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from signaal.anonymise.text.people.names import Name
from signaal.anonymise.text.people.word_lists import ENDINGS
from signaal.anonymise.text.people.words import Word

IsWord = Callable[[str], bool]
SHORTEST_STEM = 3
FEW = SHORTEST_STEM - 1
"""Letters that every form of a name keeps at one of its ends."""
SHORTEST_SURE_STEM = 5
"""From five letters on what is left of a word is the name by intent, even where the whole is a word."""
SHORTEST_MISSPELT = 5
"""Below five letters one letter away from a name is another name or word more often than a slip."""
LONGEST_MISSPELT = 40
"""What is longer is no name, and its forms would take the square of its length in memory."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Which telling words of names a word of a text stands for.

    ``ordinary``: only a capital makes it one; ``slip``: it is one letter away from it.
    """

    parts: tuple[str, ...]
    ordinary: bool
    slip: bool = False


class Forms:
    """Telling words of names, and whose they are; looked up by the words of a text.

    Args:
        is_word: whether something in small letters is an ordinary Dutch word.
    """

    def __init__(self, is_word: IsWord) -> None:
        self.is_word = is_word
        self.owners: defaultdict[str, set[int]] = defaultdict(set)
        self.leads: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        self.acronyms: defaultdict[str, set[int]] = defaultdict(set)
        self.forenames: set[str] = set()
        """The letters that forenames of full names begin with."""
        self.surnames: set[str] = set()
        """Words that are not the first of a full name."""
        self.begun: defaultdict[str, set[str]] = defaultdict(set)
        """The words that begin with a letter."""
        self._joined: dict[str, tuple[str, ...]] = {}
        self._heads: set[str] = set()
        """The first letters of every form that stands for a name as it is."""
        self._misspelt: defaultdict[str, set[str]] = defaultdict(set)
        self._misspelt_ends: set[str] = set()
        self._hits: dict[str, Hit | None] = {}

    def add(self, person: int, name: Name) -> None:
        """Takes in the words of a person's name."""
        for word in name.telling:
            if word.folded not in self.owners and not self.is_word(word.written.lower()):
                self._add_misspelt(word.folded)
            self.owners[word.folded].add(person)
            self.begun[word.folded[0]].add(word.folded)
            self._heads.add(word.folded[:FEW])
        if len(name.telling) > 1:
            self.forenames.add(name.words[0].folded[0])
            self.surnames.update(word.folded for word in name.telling[1:])
        for part, lead in name.leads().items():
            self.leads[part].add(lead)
        for whole, parts in name.joined().items():
            self._joined.setdefault(whole, parts)
            self._heads.add(whole[:FEW])
        for letters in name.acronyms():
            self.acronyms[letters].add(person)
        self._hits.clear()

    def owners_of(self, parts: tuple[str, ...]) -> set[int]:
        """Who has all of these words in their name."""
        return set.intersection(*(self.owners.get(part, set()) for part in parts))

    def look_up(self, word: Word) -> Hit | None:
        """The parts of names that a word of a text stands for; None where it stands for none."""
        if word.written not in self._hits:
            self._hits[word.written] = self._hit(word.written.lower(), word.folded)
        return self._hits[word.written]

    def look_up_split(self, first: Word, second: Word) -> Hit | None:
        """The same for a word that a blank or a hyphen splits."""
        whole = first.folded + second.folded
        if len(whole) < SHORTEST_MISSPELT or not self._exact(whole):
            return None
        ordinary = self.is_word(first.written.lower()) and self.is_word(second.written.lower())
        return Hit(self._exact(whole), ordinary)

    def _hit(self, small: str, folded: str) -> Hit | None:
        exact = self._exact(folded)
        if exact:
            return Hit(exact, self.is_word(small))
        for stem in _stems(folded) if folded[:FEW] in self._heads else ():
            if self._exact(stem):
                short = len(stem) < SHORTEST_SURE_STEM
                return Hit(self._exact(stem), self.is_word(stem) or (short and self.is_word(small)))
        near = self._near(folded)
        return Hit((near,), ordinary=False, slip=True) if near and not self.is_word(small) else None

    def _exact(self, folded: str) -> tuple[str, ...]:
        return (folded,) if folded in self.owners else self._joined.get(folded, ())

    def _near(self, folded: str) -> str | None:
        """The name that a word is one letter away from; of several the first in the alphabet."""
        # One slip leaves either the first two letters as they are or the last two.
        if folded[:FEW] not in self._misspelt_ends and folded[-FEW:] not in self._misspelt_ends:
            return None
        if not SHORTEST_MISSPELT - 1 <= len(folded) <= LONGEST_MISSPELT + 1:
            return None
        reached = (self._misspelt.get(form, ()) for form in (folded, *deletions(folded)))
        return min((name for names in reached for name in names if one_slip(folded, name)), default=None)

    def _add_misspelt(self, part: str) -> None:
        if SHORTEST_MISSPELT <= len(part) <= LONGEST_MISSPELT:
            self._misspelt_ends.update((part[:FEW], part[-FEW:]))
            for form in (part, *deletions(part)):
                self._misspelt[form].add(part)


def one_slip(written: str, meant: str) -> bool:
    """Whether one letter was put in, left out or replaced, or two neighbours were swapped."""
    if written == meant:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    one, other = written[start:], meant[start:]
    ways = (one[1:] == other, one == other[1:], one[1:] == other[1:])
    return any(ways) or (one[:2] == other[1::-1] and one[2:] == other[2:])


def deletions(word: str) -> Iterator[str]:
    """The word with each of its letters left out in turn."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _stems(folded: str) -> Iterator[str]:
    """What is left without a genitive s or a diminutive ending: "mohammeds", "fatimaatje"."""
    if folded.endswith("s") and len(folded) > SHORTEST_STEM:
        yield folded[:-1]
    for plural in ("", "s"):
        for ending in ENDINGS:
            stem = folded.removesuffix(plural).removesuffix(ending)
            if folded.endswith(ending + plural) and len(stem) >= SHORTEST_STEM:
                yield stem
                if stem[-1] == stem[-2]:
                    yield stem[:-1]
