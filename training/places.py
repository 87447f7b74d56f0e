"""Places, streets and organisations: composed from parts, and from the public address register."""

from functools import cached_property
from pathlib import Path
from random import Random

import yaml

from .names import NameBook
from .sample import DATA

REAL = 0.4
"""Share of districts that are real ones."""
COMMON = 3000
"""The streets that many towns have; the register is sorted by how often a name occurs."""
ADDITIONS = ("", "", "", "a", "b", " hs", "-II", "-12", " B", "bis", " III", "-C", "huis")
LISTS = ("thing", "bare", "fancy", "saint", "arab", "faithname", "templ", "trade", "phrase")
SMALL = ("het {stem}", "de {stem}", "{arab}", "de {bare}", "het {bare}")


def _words(text: str | list[str]) -> list[str]:
    return text if isinstance(text, list) else [word.strip() for word in text.split(",") if word.strip()]


def _register(path: Path) -> list[str]:
    """Read the names of an address register list (columns: count, name)."""
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines())
    return [row[1] for row in rows if len(row) > 1 and row[1]]


class Gazetteer:
    """Draws places, streets and organisations of the Netherlands, real and composed."""

    def __init__(self, data: Path, book: NameBook) -> None:
        """Read the register from `data` (../shared/data) and the parts that belong to the project."""
        self.book = book
        self.parts = yaml.safe_load((DATA / "places.yaml").read_text(encoding="utf-8"))
        self.kinds = yaml.safe_load((DATA / "organisations.yaml").read_text(encoding="utf-8"))
        self.towns = _register(data / "bag-places.tsv") + _register(data / "bag-municipalities.tsv")
        self.streets = _register(data / "bag-streets.tsv")

    @cached_property
    def fillers(self) -> dict[str, list[str]]:
        """Give the word lists that patterns refer to."""
        fillers = {key: _words(self.kinds[key]) for key in LISTS}
        fillers |= {key: _words(self.parts[key]) for key in ("stem", "known")}
        return fillers | {"Wind": _words(self.parts["wind"])}

    def town(self, random: Random) -> str:
        """Draw a Dutch town or village."""
        return random.choice(self.towns)

    def district(self, random: Random) -> str:
        """Draw a district or region, half of them real."""
        if random.random() < REAL:
            return random.choice(self.fillers["known"])
        return self._composed(random.choice(self.parts["district"]), random)

    def square(self, random: Random) -> str:
        """Draw a square, park or station."""
        return self._composed(random.choice(self.parts["square"]), random)

    def street(self, random: Random) -> str:
        """Draw a street: common and rare ones alike."""
        pool = random.choice((self.streets[:COMMON], self.streets))
        return random.choice(pool)

    def address(self, random: Random) -> str:
        """Draw a street with house number and, often, an addition."""
        return f"{self.street(random)} {random.randint(1, 400)}{random.choice(ADDITIONS)}"

    def organisation(self, random: Random, kind: str) -> str:
        """Draw an organisation of a kind: hub, school, club, faith, care or work."""
        return self._composed(random.choice(self.kinds[kind]), random)

    def _composed(self, pattern: str, random: Random) -> str:
        values = {key: random.choice(words) for key, words in self.fillers.items()}
        values |= {"town": self.town(random), "district": random.choice(self.fillers["known"])}
        values |= {"surname": self.book.surname(random), "forename": self.book.forename(random)}
        name = pattern.format(**values)
        if pattern.startswith(SMALL) or "{stem}" not in pattern:
            return name
        return name[0].upper() + name[1:]
