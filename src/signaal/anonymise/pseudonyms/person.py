"""One spelling for the ways in which the name of one person is written.

"dhr. J.P. de Vries", "Vries, JP de", "de Vries, J. P." and "De Vries J.P." all become "j p de vries".
Only what is certain from the letters is put right: "Jan de Vries" is somebody else, and so is "v.d. Berg"
than "van den Berg".
"""

from collections.abc import Sequence
from itertools import takewhile

import regex

from signaal.anonymise.pseudonyms.plain import folded, name_words, without_marks, words_of

LONGEST_INITIALS, LONGEST_CAPITALS = 3, 4
FEWEST_BESIDE_PARTICLES = 2
_BRACKETS = regex.compile(r"\([^()]*\)")
_ARTICLE = regex.compile(r"'(?=t\b)", regex.IGNORECASE)


def one_spelling(value: str) -> str:
    """A name in small letters, forenames or initials first, with single blanks; it may be empty.

    Case, diacritics, stops, hyphens, apostrophes, titles, and what stands between brackets behind a
    name are left out.
    """
    plain = _one_apostrophe(without_marks(_one_apostrophe(value)))
    bare = _BRACKETS.sub(" ", plain)
    plain = _ARTICLE.sub(" ", bare if words_of(bare) else plain).replace("'", "")
    parts = [words for part in plain.split(",") if (words := words_of(part))]
    in_order = _forenames_first(parts)
    return " ".join(_without_titles(_surname_last(_Initials(_without_titles(in_order)).apart())))


def _one_apostrophe(value: str) -> str:
    return value.translate(dict.fromkeys(map(ord, name_words().apostrophes), "'"))


class _Initials:
    """Tells initials in a name: "JP" is two of them, unless it is somebody's whole name."""

    def __init__(self, written: Sequence[str]) -> None:
        self._written = written
        self._words = [folded(word) for word in written]
        words = name_words()
        self._particles = words.dutch_particles | words.other_particles
        self._no_initials = self._particles | words.whole | words.titles | words.never_a_name
        names = [one for one, word in zip(written, self._words, strict=True) if word not in self._particles]
        # In a name that is all in capitals those of initials say nothing.
        self._telling = any(any(letter.islower() for letter in name) for name in names)

    def apart(self) -> list[str]:
        """The words in small letters, initials each by themselves; the last word is a surname."""
        made: list[str] = []
        last = len(self._words) - 1
        surname_first = last > 1 and self._words[0] in self._particles
        for place, (written, word) in enumerate(zip(self._written, self._words, strict=True)):
            outside = all(len(one) == 1 for one in made) if place < last else surname_first
            may_be = place < last or surname_first
            made += list(word) if may_be and self._is_initials(written, word, outside) else [word]
        return made

    def _is_initials(self, written: str, word: str, outside: bool) -> bool:
        """Whether a word is initials; ``outside``: it stands where those of a name do."""
        if not (word.isascii() and word.isalpha()) or word in self._no_initials:
            return False
        if len(word) <= LONGEST_INITIALS and not set(word) & set(name_words().vowels):
            return True
        return self._telling and outside and written.isupper() and len(word) <= LONGEST_CAPITALS


def _forenames_first(parts: Sequence[Sequence[str]]) -> list[str]:
    """The words of a name that may have commas in it: "Vries, J. de" and "Vries, de, J." as well."""
    if not parts:
        return []
    words = name_words()
    aside = words.never_a_name | words.generations.keys()
    surname, *others = parts
    behind = [part for part in others if all(folded(word) in aside for word in part)]
    forenames = [part for part in others if part not in behind]
    particles = [part for part in forenames[:-1] if all(_is_dutch_particle(word) for word in part)]
    forenames = [part for part in forenames if part not in particles]
    if forenames or particles:
        surname = surname[_titles_length([folded(word) for word in surname]) :]
        ending = _ending_particles(surname)
        surname = [*ending, *surname[: len(surname) - len(ending)]]
    return [word for part in (*forenames, *particles, surname, *behind) for word in part]


def _surname_last(words: list[str]) -> list[str]:
    """The words of a name without commas, that may begin with the surname: "Vries J. de", "de Vries J."."""
    known = name_words()
    ending = _ending_particles(words)
    others = words[: len(words) - len(ending)]
    if (
        any(len(word) > 1 for word in ending)
        and len(others) >= FEWEST_BESIDE_PARTICLES
        and len(others[0]) > 1
        and others[0] not in known.dutch_particles
    ):
        return [*others[1:], *ending, others[0]]
    initials = list(takewhile(lambda word: len(word) == 1, reversed(words)))[::-1]
    core = words[: len(words) - len(initials)]
    opens = core[:1] and core[0] in known.dutch_particles | known.other_particles
    if initials and opens and core[-1] not in known.dutch_particles | known.other_particles:
        return [*initials, *core]
    return words


def _ending_particles(words: Sequence[str]) -> list[str]:
    return list(takewhile(_is_dutch_particle, reversed(words)))[::-1]


def _is_dutch_particle(word: str) -> bool:
    return folded(word) in name_words().dutch_particles


def _without_titles(written: list[str]) -> list[str]:
    """The words of a name without titles, and "junior" as "jr"; something is always left."""
    known = name_words()
    words = [word for word in written if folded(word) not in known.never_a_name] or written
    words = words[_titles_length([folded(word) for word in words]) :]
    return [known.generations.get(folded(word), word) for word in words]


def _titles_length(words: Sequence[str]) -> int:
    """How many words before a name are titles: "prof. dr.", "de heer"."""
    known = name_words()
    length = 0
    while length + 1 < len(words):
        if words[length] in known.titles:
            length += 1
        elif words[length] in known.before_title and words[length + 1] in known.titles:
            if length + 2 == len(words):
                break
            length += 2
        else:
            break
    return length
