"""Persons with names of many origins, in the forms in which field notes mention them."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import yaml

from .sample import DATA

# Dutch names are the largest group in the field, but every origin of the guidelines must be met often.
WEIGHTS = {"nl": 5, "ma": 3, "tr": 3, "world": 3, "word": 7}
WRITABLE = range(2, 25)
SPLICEABLE = 4
DOUBLE_FORENAME, DOUBLE_SURNAME = 0.03, 0.04
MIXED = 1 / 8
BLEND = 0.3
"""Share of persons with one spliced name: a name that is in no list, so that the context has to be learnt."""


@dataclass(frozen=True)
class Person:
    """A made-up person: `forename` and `surname` as written in full."""

    forename: str
    surname: str
    nickname: str
    origin: str

    @cached_property
    def initials(self) -> str:
        """Give the initials with dots, as on a form ("J.P.")."""
        return "".join(f"{part[0]}." for part in self.forename.replace("-", " ").split())

    @cached_property
    def bare_surname(self) -> str:
        """Give the surname without the small words before it ("van der Berg" gives "Berg")."""
        return self.surname.split(" ")[-1]


@dataclass(frozen=True)
class NameList:
    """The forenames and surnames of one origin."""

    origin: str
    forenames: tuple[str, ...]
    surnames: tuple[str, ...]


def written_lists(folder: Path = DATA / "names") -> list[NameList]:
    """Read the lists of names by origin that belong to the project."""
    lists = []
    for path in sorted(folder.glob("*.yaml")):
        parts = yaml.safe_load(path.read_text(encoding="utf-8"))
        names = {
            key: tuple(name.strip() for name in value.split(",") if name.strip())
            for key, value in parts.items()
        }
        lists.append(NameList(path.stem, names["forenames"], names.get("surnames", ())))
    return lists


def popular_list(data: Path) -> NameList:
    """Read the popular names of some 100 countries (CC0, sigpwned/popular-names-by-country-dataset)."""
    forenames = _column(data / "forenames-by-country.csv", "Romanized Name")
    surnames = _column(data / "surnames-by-country.csv", "Romanized Name")
    return NameList("world", forenames, surnames)


def _column(path: Path, column: str) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        names = {row[column].strip() for row in csv.DictReader(source)}
    kept = (name for name in names if len(name) in WRITABLE and name[0].isalpha())
    return tuple(sorted(name.title() if name.isupper() else name for name in kept))


class NameBook:
    """Draws persons; every draw comes from the given random source alone."""

    def __init__(self, lists: list[NameList]) -> None:
        """Keep the lists by origin; the list "nick" serves nicknames only."""
        self.lists = {names.origin: names for names in lists if names.surnames}
        self.nicknames = next((names.forenames for names in lists if names.origin == "nick"), ("Moes",))
        self.origins = sorted(self.lists)
        self.weights = [WEIGHTS.get(origin, 2) for origin in self.origins]

    def person(self, random: Random) -> Person:
        """Draw a person; one in eight has forename and surname of different origins (marriage, adoption)."""
        origin = random.choices(self.origins, self.weights)[0]
        other = random.choices(self.origins, self.weights)[0] if random.random() < MIXED else origin
        forename, surname = self.forename(random, origin), self.surname(random, other)
        return Person(forename, surname, random.choice(self.nicknames), origin)

    def forename(self, random: Random, origin: str | None = None) -> str:
        """Draw a forename of an origin (any, where none is given), sometimes double or spliced."""
        names = self._of(random, origin).forenames
        name = random.choice(names)
        if random.random() < BLEND:
            name = spliced(name, random.choice(names), random)
        return f"{name} {random.choice(names)}" if random.random() < DOUBLE_FORENAME else name

    def surname(self, random: Random, origin: str | None = None) -> str:
        """Draw a surname of an origin (any, where none is given), sometimes double or spliced."""
        names = self._of(random, origin).surnames
        name = random.choice(names)
        if random.random() < BLEND:
            name = spliced(name, random.choice(names), random)
        return f"{name}-{random.choice(names)}" if random.random() < DOUBLE_SURNAME else name

    def _of(self, random: Random, origin: str | None) -> NameList:
        return self.lists[origin or random.choices(self.origins, self.weights)[0]]


def spliced(first: str, second: str, random: Random) -> str:
    """Put the start of one name before the end of another of the same list: sounds right, is in no list."""
    head, tail = first.rsplit(" ", 1)[-1], second.rsplit(" ", 1)[-1]
    if min(len(head), len(tail)) < SPLICEABLE:
        return first
    cut = random.randint(2, len(head) - 2)
    name = head[:cut] + tail[len(tail) // 2 :]
    return (first[: len(first) - len(head)] + name) if name[0].isalpha() else first


def genitive(name: str) -> str:
    """Give the Dutch possessive (Taalunie, leidraad 12.B): Mohammeds, Anna's, Renées, Hans'."""
    last = name[-1].lower()
    if last in "sxzß":
        return name + "'"
    return name + ("'s" if last in "aiouyé" else "s")
