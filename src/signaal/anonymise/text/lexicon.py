"""What is known of a Dutch word: whether word lists have it, how common it is, whether it can be a name.

A name of a person in a hard-to-reach group is in no list of names. That a word is in no list of words
either, is no compound of listed words and no slip of the pen for a common one, says more about it.
"""

import zlib
from collections.abc import Iterator
from enum import IntFlag
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from spacy.strings import get_string_id

TABLE = Path(__file__).parents[1] / "model" / "lexicon.npz"
LETTERS = "abcdefghijklmnopqrstuvwxyzéëï"
LINKS = ("", "s", "-", "e", "en", "n", "s-")
SHORTEST_PART, SHORTEST_RARE_PART, MOST_PARTS = 3, 4, 4
SHORTEST_SLIP = 5
LONGEST_WORD = 40
GRAMS = range(2, 5)
REMEMBERED = 200_000


class Fact(IntFlag):
    """What the table says of a word, in small letters."""

    BASE = 1  # a base word of the word list
    INFLECTED = 2  # an inflected or a less sure form
    PROPER = 4  # listed with a capital
    SEEN = 8  # met in running text
    COMMON = 16  # met more often than once in a million words
    FREQUENT = 32  # … than ten times in a million
    SMALL = 64  # written small in running text, more than once
    FORENAME = 128
    SURNAME = 256
    PLACE = 512
    STREET = 1024


WORD = Fact.BASE | Fact.INFLECTED


class Lexicon:
    """Facts about words from a compiled table; of the words themselves it holds hashes only.

    Args:
        path: the table that ``python -m training.lexicon`` writes: sorted ``hashes`` (uint64), ``facts``
            (uint16) in the same order, and ``weights`` (float) of the letter groups that tell names.
    """

    def __init__(self, path: Path = TABLE) -> None:
        with np.load(path, allow_pickle=False) as table:
            self._hashes: np.ndarray = table["hashes"]
            self._facts: np.ndarray = table["facts"]
            self._weights: np.ndarray = table["weights"].astype("float32")
        common = (self._facts & int(Fact.COMMON) > 0) & (self._facts & int(WORD) > 0)
        self._common: frozenset[int] = frozenset(self._hashes[common].tolist())
        self.facts = lru_cache(REMEMBERED)(self._look_up)
        self.is_word = lru_cache(REMEMBERED)(self._is_word)
        self.is_compound = lru_cache(REMEMBERED)(self._is_compound)

    def _look_up(self, word: str) -> Fact:
        """What the table says of a word in whatever case; none of them where it is not there."""
        wanted = np.uint64(get_string_id(word.lower()))
        place = int(self._hashes.searchsorted(wanted))
        found = place < len(self._hashes) and self._hashes[place] == wanted
        return Fact(int(self._facts[place])) if found else Fact(0)

    def _is_word(self, word: str) -> bool:
        """Whether it is an ordinary Dutch word, an inflection, a compound or a common slip of the pen."""
        small = word.lower()
        known = self.facts(small)
        if known & WORD or (known & Fact.SMALL and not known & Fact.PROPER):
            return True
        return not known & (Fact.FORENAME | Fact.SURNAME) and (self.is_compound(small) or self.is_slip(small))

    def _is_compound(self, word: str) -> bool:
        """Whether a word is made of two to four listed words, with the letters that Dutch puts between."""
        small = word.lower().strip("-")
        return len(small) <= LONGEST_WORD and self._splits(small, MOST_PARTS - 1)

    def is_slip(self, word: str) -> bool:
        """Whether one letter away from it there is a common word."""
        small = word.lower()
        if not SHORTEST_SLIP <= len(small) <= LONGEST_WORD or not small.isalpha():
            return False
        return any(get_string_id(near) in self._common for near in _edits(small))

    def name_likeness(self, word: str) -> float:
        """How much the letters of a word look like those of a name, from 0 to 1."""
        places = [zlib.crc32(gram.encode()) % len(self._weights) for gram in letter_groups(word)]
        total = float(self._weights[places].mean()) if places else 0.0
        return 1 / (1 + float(np.exp(-10 * total)))

    def _splits(self, word: str, parts: int) -> bool:
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            if self._is_part(word[:cut]):
                for link in LINKS:
                    rest = word[cut:].removeprefix(link)
                    linked = word[cut:].startswith(link) and len(rest) >= SHORTEST_PART
                    if linked and (self._is_part(rest) or (parts > 1 and self._splits(rest, parts - 1))):
                        return True
        return False

    def _is_part(self, word: str) -> bool:
        known = self.facts(word)
        if len(word) < SHORTEST_RARE_PART:
            return bool(known & Fact.BASE and known & Fact.FREQUENT)
        return bool(known & WORD and known & (Fact.SEEN | Fact.BASE))


@cache
def bundled_lexicon() -> Lexicon:
    """The lexicon that ships with the package; read once."""
    return Lexicon()


def letter_groups(word: str) -> list[str]:
    """The groups of two to four letters in a word, its edges marked."""
    marked = f"<{word[:LONGEST_WORD].lower()}>"
    return [marked[at : at + size] for size in GRAMS for at in range(len(marked) - size + 1)]


def _edits(word: str) -> Iterator[str]:
    """Every string one letter away: one left out, two swapped, one replaced, one put in."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            for letter in LETTERS:
                yield before + letter + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
