"""Plain fillers that are made, not listed: ordinary words, new compounds, numbers. None is labelled.

What is in no list is not always a name: new compounds, numbers and headings must be met as such in training.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml

from .sample import DATA

LETTERS = "BDFGHJKLNPRSTVXZ"
CODES = tuple(yaml.safe_load((DATA / "codes.yaml").read_text(encoding="utf-8"))["codes"])
STAMPS = tuple(yaml.safe_load((DATA / "codes.yaml").read_text(encoding="utf-8"))["stamps"])
SHORT = range(3, 9)
"""Letters of a word that goes into a made compound."""


class PlainWords:
    """Draws ordinary words and numbers."""

    def __init__(self, data: Path) -> None:
        """Read the approved and inflected words of the Dutch word list (OpenTaal) from `data`."""
        self.approved = _small(data / "opentaal-basiswoorden-gekeurd.txt")
        self.inflected = _small(data / "opentaal-flexies-ongekeurd.txt")
        self.short = [word for word in self.approved if len(word) in SHORT]

    def slots(self) -> dict[str, Callable[[Random], str]]:
        """Give the slots of templates that are filled here."""
        return {
            "woord": self.word,
            "Woord": lambda random: self.word(random).capitalize(),
            "samen": self.compound,
            "Samen": lambda random: self.compound(random).capitalize(),
            "KOP": lambda random: " ".join(self.word(random) for _ in range(random.randint(1, 3))).upper(),
            "cijfer": lambda random: str(random.randint(1, random.choice((9, 400, 9999)))),
            "code": code,
            "stempel": stamp,
        }

    def word(self, random: Random) -> str:
        """Draw an ordinary word in one of its forms."""
        return random.choice(random.choice((self.approved, self.inflected)))

    def compound(self, random: Random) -> str:
        """Make a compound that is in no list, as Dutch writers do all day."""
        return random.choice(self.short) + random.choice(("", "", "s")) + random.choice(self.short)


def code(random: Random) -> str:
    """Draw a number or code as found in notes: telephone, account, plate, file, postcode, time, amount."""
    return shaped(random.choice(CODES), random)


def stamp(random: Random) -> str:
    """Draw the time that stands before a chat message."""
    return shaped(random.choice(STAMPS), random)


def shaped(shape: str, random: Random) -> str:
    """Fill a shape: # is a digit, @ a capital letter."""
    drawn = {"#": lambda: str(random.randint(0, 9)), "@": lambda: random.choice(LETTERS)}
    return "".join(drawn[sign]() if sign in drawn else sign for sign in shape)


def _small(path: Path) -> list[str]:
    words = (word.strip() for word in path.read_text(encoding="utf-8").splitlines())
    return [word for word in words if word.isalpha() and word.islower()]
