"""Which words of names a word of a text stands for, however it is written."""

from dataclasses import dataclass
from functools import lru_cache

from signaal.anonymise.text.batch_names.people import BatchPeople
from signaal.anonymise.text.batch_names.slips import LONGEST, Slips
from signaal.anonymise.text.lexicon import REMEMBERED, Fact, bundled_lexicon
from signaal.anonymise.text.operators.written_date import date_words
from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.word_lists import FUNCTION_WORDS, PARTICLES
from signaal.anonymise.text.people.words import Word, fold

SHORTEST_STEM = 3
SHORTEST_SPLIT = 6
"""Letters of a word that is looked for in two halves: "anne marie" for "Annemarie"."""
_NAMES = Fact.FORENAME | Fact.SURNAME
_OTHERS = _NAMES | Fact.PROPER | Fact.PLACE | Fact.STREET


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """The words of names that a word of a text stands for.

    ``ordinary``: only a capital makes it one; ``doubtful``: a slip of the pen for an ordinary word as
    well; ``own``: a name by itself as well, so that it is not sure whose it is ("Peters" and Peter);
    ``other``: another name by itself, and these people's only beside a second word of theirs.
    """

    parts: tuple[str, ...]
    ordinary: bool
    doubtful: bool = False
    own: bool = False
    other: bool = False


class Parts:
    """Looks the words of texts up among the words of names.

    Args:
        people: the people of the batch.
        is_word: whether something in small letters is an ordinary Dutch word.
    """

    def __init__(self, people: BatchPeople, is_word: IsWord) -> None:
        self._people = people
        # One dictionary, as what a look-up in a large one costs is the memory that it reaches.
        self._forms = {**people.joined, **{part: (part,) for part in people.parts}}
        self._is_word = is_word
        self._slips = Slips(list(people.parts))
        self._look_up = lru_cache(REMEMBERED)(self._hit)
        self.is_ordinary = lru_cache(REMEMBERED)(self._is_ordinary)
        """Whether something in small letters is no name: an ordinary word, a month, a language, a place."""

    def look_up(self, word: Word) -> Hit | None:
        """What a word stands for; None where it stands for no name."""
        if len(word.folded) <= LONGEST + 1:
            return self._look_up(word.written)
        parts = self._forms.get(word.folded)
        return Hit(parts, ordinary=False) if parts else None

    def look_up_split(self, first: Word, second: Word) -> Hit | None:
        """The same for a word that a blank or a hyphen splits."""
        written = first.folded + second.folded
        parts = self._forms.get(written) if SHORTEST_SPLIT <= len(written) <= LONGEST else None
        if not parts or (first.folded in PARTICLES and second.folded in self._people.parts):
            return None
        halves = (first.written.lower(), second.written.lower())
        return Hit(parts, all(self.is_ordinary(half) for half in halves))

    def _is_ordinary(self, small: str) -> bool:
        return small in FUNCTION_WORDS or small in _calendar() or is_thing(small) or self._is_word(small)

    def _hit(self, written: str) -> Hit | None:
        small, folded = written.lower(), fold(written)
        parts = self._forms.get(folded)
        if parts:
            return Hit(parts, self.is_ordinary(small))
        return self._genitive(small, folded) or self._slip(small, folded)

    def _genitive(self, small: str, folded: str) -> Hit | None:
        stem = folded[:-1]
        parts = self._forms.get(stem) if folded.endswith("s") and len(stem) >= SHORTEST_STEM else None
        if not parts:
            return None
        own = bool(_facts(small) & Fact.SURNAME)
        return Hit(parts, self.is_ordinary(small) or self.is_ordinary(small[:-1]), own=own)

    def _slip(self, small: str, folded: str) -> Hit | None:
        """A word one letter away from a name, where neither is an ordinary word."""
        near = next((part for part in self._slips.near(folded) if not self.is_ordinary(part)), None)
        if near is None or self.is_ordinary(small):
            return None
        doubtful = bundled_lexicon().is_word(small)
        return Hit((near,), ordinary=False, doubtful=doubtful, other=bool(_facts(small) & _OTHERS))


@lru_cache(REMEMBERED)
def is_thing(small: str) -> bool:
    """Whether the lexicon has it with a capital and as nobody's name: a place, or a language."""
    known = _facts(small)
    common = known & Fact.PROPER and known & Fact.COMMON
    return bool(common or known & Fact.PLACE) and not known & _NAMES


@lru_cache(REMEMBERED)
def is_place(small: str) -> bool:
    """Whether the lexicon has it as a place, though it may be a name as well."""
    return bool(_facts(small) & Fact.PLACE)


def is_forename(small: str) -> bool:
    """Whether the lexicon has it as a forename."""
    return bool(_facts(small) & Fact.FORENAME)


@lru_cache(REMEMBERED)
def is_listed(small: str) -> bool:
    """Whether the lexicon has it as a forename or a surname."""
    return bool(_facts(small) & _NAMES)


def is_calendar(small: str) -> bool:
    """Whether it is a month or a day of the week, in full or short."""
    return small in _calendar()


def _facts(small: str) -> Fact:
    facts: Fact = bundled_lexicon().facts(small)
    return facts


@lru_cache
def _calendar() -> frozenset[str]:
    words = date_words()
    return frozenset(name for names in (*words.months, *words.weekdays) for name in names)
