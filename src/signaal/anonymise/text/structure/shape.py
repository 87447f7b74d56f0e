"""Whether what stands at a place for names is a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.names import tells
from signaal.anonymise.text.people.word_lists import NO_ANSWERS, PARTICLES, STOP_WORDS, TITLES
from signaal.anonymise.text.people.words import Word, words_of
from signaal.anonymise.text.structure.rules import rules

WITHIN_NAME = frozenset({" ", "\u00a0", "-", " -", "- ", "'", "’", "  "})
LONGEST_INITIAL = 2
"""As in "Th. Bakker"."""
BEHIND_SHORT = frozenset({".", ". "})


@dataclass(frozen=True)
class Place:
    """What a place admits besides words that are no ordinary ones.

    ``capitals``: ordinary words with a capital ("Roos"); ``small``: in small letters too; ``tail``: what
    follows the name on the same line may be anything ("Roos wijkteam").
    """

    capitals: bool = True
    small: bool = False
    tail: bool = False


def name_in(text: str, start: int, end: int, is_word: IsWord, place: Place) -> tuple[int, int] | None:
    """Where a name stands at the beginning of these characters, titles left out; None if there is none."""
    words = [word for word in words_of(text[start:end]) if word.folded]
    while len(words) > 1 and _introduces(words[0], words[1]):
        words = words[1:]
    if not words or any(letter.isalnum() for letter in words[0].gap):
        return None
    name = _leading(words, is_word, place)
    if not _is_any(name, place) or (not place.small and not _shaped(name)):
        return None
    goes_on = len(name) < len(words) and _adjoins(name[-1], words[len(name)])
    goes_on = goes_on and not place.tail and not is_role(words[len(name)], is_word)
    told = [word for word in name if tells(word)]
    if told and all(is_word(word.written.lower()) for word in told) and (goes_on or not place.capitals):
        return None
    if len(name) >= rules().longest_name or text[start + name[-1].end : end].startswith("@"):
        return None
    return start + name[0].start, start + name[-1].end


def names_no_one(word: Word, is_word: IsWord) -> bool:
    """Whether a word is a role, an organisation or no answer."""
    return word.folded in NO_ANSWERS or is_role(word, is_word)


def is_role(word: Word, is_word: IsWord) -> bool:
    """Whether a word says what somebody is, or names an organisation."""
    small, lists = word.written.lower().strip("'’"), rules()
    if {small, word.folded} & (lists.nobody | lists.organisations):
        return True
    return small.endswith((*lists.nobody_ends, *lists.organisation_ends)) and is_word(small)


def _leading(words: Sequence[Word], is_word: IsWord, place: Place) -> list[Word]:
    """The words that can be a name, up to the first that cannot."""
    name: list[Word] = []
    for word in words:
        if name and not _adjoins(name[-1], word):
            break
        if names_no_one(word, is_word) or not _may_be_in_name(word, is_word, place):
            break
        if name and place.tail and _is_abbreviation(word, name[-1]):
            break
        name.append(word)
    while name and name[-1].folded in PARTICLES and name[-1].written[0].islower():
        name.pop()
    return name


def _introduces(word: Word, following: Word) -> bool:
    """Whether a title or a role comes before a name: "mw. El Amrani", "huisarts De Vries"."""
    if word.folded in TITLES or word.folded in rules().greetings:
        return True
    return word.folded in rules().nobody and following.gap == " " and following.written[0].isupper()


def _is_any(name: Sequence[Word], place: Place) -> bool:
    return any(map(tells, name)) or (place.small and any(word.initial for word in name))


def _adjoins(before: Word, word: Word) -> bool:
    short = len(before.written) <= LONGEST_INITIAL or before.folded in TITLES
    return word.gap in WITHIN_NAME or (short and word.gap in BEHIND_SHORT)


def _may_be_in_name(word: Word, is_word: IsWord, place: Place) -> bool:
    if word.written[0].isupper() or word.folded in PARTICLES:
        return True
    if place.small and word.folded not in STOP_WORDS:
        return True
    return not is_word(word.written.lower())


def _is_abbreviation(word: Word, before: Word) -> bool:
    """Whether capitals behind a name say where somebody works: "Roos JW"."""
    return len(word.written) > 1 and word.written.isupper() and not before.written.isupper()


def _shaped(name: Sequence[Word]) -> bool:
    """Whether some word tells, and the first is no particle in small letters."""
    if name[0].folded in PARTICLES and name[0].written[0].islower() and not name[-1].written[0].isupper():
        return False
    return any(
        tells(word) and (word.written[0].isupper() or len(word.written) >= rules().shortest_small)
        for word in name
    )
