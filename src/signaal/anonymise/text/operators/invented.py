"""Invented names from the lists of faker, and what those lists say about a real one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from signaal.anonymise.text.people.names import Name, tells
from signaal.anonymise.text.people.word_lists import PARTICLES
from signaal.anonymise.text.people.words import fold, words_of
from signaal.schemas.column import Frozen

_LAST_NAMES = ("unisex_last_names", "last_names")
"""Where faker has both, the second holds an example only."""


class Sources(Frozen):
    """Where invented names come from; the data file says what each is."""

    locales: dict[str, str]
    default: str
    also_for_sex: tuple[str, ...]
    international: tuple[str, ...]
    neutral: tuple[str, ...]
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class NameList:
    """The names of one of faker's locales, and their folded forms."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    surnames: tuple[str, ...]
    folded_female: frozenset[str]
    folded_male: frozenset[str]
    folded_surnames: frozenset[str]

    def knows(self, forename: str | None, surnames: Sequence[str]) -> int:
        """How well it knows a name: a surname says more than a forename."""
        knows_forename = forename in self.folded_female or forename in self.folded_male
        return knows_forename + 2 * any(word in self.folded_surnames for word in surnames)


@dataclass(frozen=True)
class Bearer:
    """The lists that fit a real name: forenames of its sex where that is known, surnames of its origin."""

    forenames: tuple[str, ...]
    surnames: tuple[str, ...]


@lru_cache
def sources() -> Sources:
    """The sources, read once."""
    file = Path(__file__).parent / "invented.yaml"
    return Sources.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@lru_cache
def name_list(locale: str) -> NameList:
    """The names of a locale in faker's own order, which a pinned version keeps."""
    provider: Any = import_module(f"faker.providers.person.{locale}").Provider
    female, male = tuple(provider.first_names_female), tuple(provider.first_names_male)
    listed = next(names for attribute in _LAST_NAMES if (names := getattr(provider, attribute, None)))
    surnames = tuple(name for name in listed if _is_plain(name))
    folded_female, folded_male = frozenset(map(fold, female)), frozenset(map(fold, male))
    folded_last = frozenset(word.folded for name in surnames for word in words_of(name) if tells(word))
    return NameList(female, male, surnames, folded_female, folded_male, folded_last)


def bearer_of(forename: str | None, surnames: Sequence[str]) -> Bearer:
    """The lists to invent a name from, for somebody with these folded names."""
    lists = [name_list(locale) for locale in sources().locales.values()]
    default = name_list(sources().default)
    telling = None if forename in set(map(fold, sources().international)) else forename
    best = max(lists, key=lambda names: names.knows(telling, surnames))
    origin = best if best.knows(telling, surnames) else default
    sex = _sex(forename, origin, [*lists, *map(name_list, sources().also_for_sex)])
    forenames = {"f": origin.female, "m": origin.male}.get(sex, sources().neutral)
    return Bearer(forenames, origin.surnames)


def is_surname(word: str) -> bool:
    """Whether a folded word is a surname in the lists, and no forename."""
    lists = [name_list(locale) for locale in sources().locales.values()]
    return any(word in names.folded_surnames for names in lists) and not any(
        names.knows(word, ()) for names in lists
    )


@lru_cache
def towns() -> tuple[str, ...]:
    """Dutch towns, those of the public address register that faker has."""
    provider: Any = import_module("faker.providers.address.nl_NL").Provider
    return tuple(name for name in provider.cities if name.isalpha())


@lru_cache
def street_endings() -> tuple[str, ...]:
    """What Dutch names of streets end in: "straat", "laan"."""
    provider: Any = import_module("faker.providers.address.nl_NL").Provider
    return tuple(provider.street_suffixes)


def words_to_avoid(values: Iterable[str]) -> frozenset[str]:
    """The folded telling words of real values: no invented value may have one of them."""
    return frozenset(word.folded for value in values for word in words_of(value) if tells(word))


def forename_and_surnames(name: Name) -> tuple[str | None, tuple[str, ...]]:
    """The folded forename of a name, if it has one, and its surnames; a second forename is left out."""
    words = [word.folded for word in name.telling]
    if not words or (len(words) == 1 and (name.initials or len(name.words) > 1 or is_surname(words[0]))):
        return None, tuple(words)
    return words[0], tuple(words[1:])


def _sex(forename: str | None, origin: NameList, lists: Sequence[NameList]) -> str:
    """The letter "f" or "m", or none where no list says it: the origin's list first, then all others."""
    for names in ([origin], lists):
        said = set(_said(forename, names))
        if len(said) == 1:
            return said.pop()
    return ""


def _said(forename: str | None, lists: Iterable[NameList]) -> Iterator[str]:
    for names in lists:
        if forename in names.folded_female:
            yield "f"
        if forename in names.folded_male:
            yield "m"


def _is_plain(name: str) -> bool:
    """Whether a listed surname is one word, with nothing but particles before it."""
    *before, last = name.split()
    return last[0].isalpha() and all(word.lower() in PARTICLES for word in before)
