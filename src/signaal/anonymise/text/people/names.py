"""A person's name taken apart: the words that tell, the particles before them, the initials."""

import re
from dataclasses import dataclass
from functools import cached_property

from signaal.anonymise.text.people.word_lists import JOINING, PARTICLES, TITLES
from signaal.anonymise.text.people.words import Word, words_of

SHORTEST_PART = 2
SHORTEST_JOINED = 5


@dataclass(frozen=True, repr=False)
class Name:
    """The words of a name in their order, titles left out."""

    words: tuple[Word, ...]

    @cached_property
    def telling(self) -> tuple[Word, ...]:
        """The words that give its bearer away by themselves: no particles, no initials."""
        return tuple(word for word in self.words if tells(word))

    @cached_property
    def initials(self) -> tuple[str, ...]:
        """Letters that stand for a word that is not there."""
        return tuple(word.folded for word in self.words if len(word.written) == 1)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What two spellings of one name have in common."""
        return tuple(word.folded for word in self.words)

    def leads(self) -> dict[str, tuple[str, ...]]:
        """The particles right before each telling word."""
        leads: dict[str, tuple[str, ...]] = {}
        pending: tuple[str, ...] = ()
        for word in self.words:
            if tells(word):
                leads[word.folded] = pending
                pending = ()
            else:
                pending = (*pending, word.folded) if len(word.written) > 1 else ()
        return leads

    def joined(self) -> dict[str, tuple[str, ...]]:
        """Neighbouring words written as one ("elamrani"), with the telling words in it."""
        runs = (
            self.words[start:end]
            for start in range(len(self.words))
            for end in range(start + 2, len(self.words) + 1)
        )
        return {
            whole: parts
            for run in runs
            if len(whole := "".join(word.folded for word in run)) >= SHORTEST_JOINED
            and (parts := tuple(word.folded for word in run if tells(word)))
            and tells(run[-1])
        }

    def acronyms(self) -> frozenset[str]:
        """The first letters of all its words, and of the telling ones."""
        ways = (self.words, self.telling)
        return frozenset("".join(word.folded[0] for word in words) for words in ways if len(words) > 1)


def name_of(value: str) -> Name:
    """A name as written in a text or a cell; "El Amrani, Fatima" begins with Fatima."""
    last, comma, first = value.partition(",")
    words = words_of(f"{first.strip()} {last.strip()}" if comma and first.strip() else value.strip())
    while len(words) > 1 and words[0].folded in TITLES and len(words[0].written) > 1:
        words = words[1:]
    return Name(tuple(word for word in words if word.folded))


def tells(word: Word) -> bool:
    """Whether a word of a name gives its bearer away by itself."""
    return len(word.folded) >= SHORTEST_PART and word.folded not in PARTICLES


def is_joining(text: str) -> bool:
    """Whether what stands between two halves of a name ties them together: a blank, "-", "van der"."""
    words = re.findall(r"[^\s-]+", text)
    return (
        "\n" not in text
        and len(text) <= 1 + 2 * len(words) + sum(map(len, words))
        and all(word.casefold() in JOINING for word in words)
    )
