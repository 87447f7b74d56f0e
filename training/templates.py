"""Sentence templates of social work, written for this project, and how their slots are filled."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import yaml

from .names import NameBook, Person, genitive
from .places import Gazetteer
from .sample import DATA, UNKNOWN, Label, Piece, Sample, assemble
from .words import PlainWords

SLOT = re.compile(r"\{(\w+)\}")
CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
ORGANISATIONS = {
    "HUB": "hub",
    "SCHOOL": "school",
    "CLUB": "club",
    "FAITH": "faith",
    "CARE": "care",
    "WORK": "work",
}
STREETS = {"STREET", "ADDR"}
FILLER_LABELS: dict[str, Label] = {
    "leeftijd": "AGE",
    "jarige": "AGE",
    "datum": "DATE_TIME",
    "postcode": "NL_POSTCODE",
    "email": "EMAIL_ADDRESS",
    "tel": "PHONE_NUMBER",
    "nummer": UNKNOWN,
    "code": UNKNOWN,
    "stempel": UNKNOWN,
}
"""What the fillers are that hold personal data; a made code may be anything."""

FORMS = {"FIRST": 50, "FULL": 20, "LAST": 4, "TITLED": 14, "INIT": 6, "NICK": 6}
"""How often a person is mentioned in which form."""
CAPITAL_PREFIX = 0.7
SIZES = ("Lil", "Kleine", "Big", "Dikke", "Lange", "Gekke", "Young")
NUMBERS = ("010", "020", "070", "06", "13", "2", "3.0")
LETTERS = "ABCDEFGHIJKLMNOPRSTVW"


@dataclass(frozen=True)
class Cast:
    """The persons of one document: who is met in full first is met in part later."""

    people: tuple[Person, ...]

    def anyone(self, random: Random, present: list[Person]) -> Person | None:
        """Draw one who is not yet `present` in the sentence, the first one most often; None where all are."""
        absent = [person for person in self.people if person not in present]
        if not absent:
            return None
        return random.choice((absent[0], random.choice(absent)))


class Writer:
    """Fills templates: capital slots become labelled names, small ones plain words."""

    def __init__(self, book: NameBook, gazetteer: Gazetteer, words: PlainWords) -> None:
        """Keep the sources of names and read the plain fillers."""
        self.book, self.gazetteer = book, gazetteer
        self.made = words.slots()
        self.fillers: dict[str, list[str]] = yaml.safe_load((DATA / "slots.yaml").read_text(encoding="utf-8"))

    def cast(self, random: Random) -> Cast:
        """Draw the persons of a document."""
        return Cast(tuple(self.book.person(random) for _ in range(random.choice((1, 2, 2, 3, 4)))))

    def sentence(self, template: str, cast: Cast, random: Random) -> Sample:
        """Fill one template: choices `[a|b]` first, then the slots `{NAME}`."""
        while CHOICE.search(template):
            template = CHOICE.sub(lambda match: random.choice(match[1].split("|")), template, count=1)
        pieces: list[Piece] = []
        present: list[Person] = []
        at = 0
        for slot in SLOT.finditer(template):
            pieces.append(Piece(template[at : slot.start()]))
            pieces.extend(self.filled(slot[1], cast, present, random))
            at = slot.end()
        pieces.append(Piece(template[at:]))
        return assemble(pieces)

    def filled(self, slot: str, cast: Cast, present: list[Person], random: Random) -> list[Piece]:
        """Give the pieces that stand for a slot; a person is added to those `present` in the sentence."""
        if slot in self.fillers:
            return [Piece(str(random.choice(self.fillers[slot])), FILLER_LABELS.get(slot))]
        if slot in self.made:
            return [Piece(self.made[slot](random), FILLER_LABELS.get(slot))]
        if slot in ORGANISATIONS:
            return [Piece(self.gazetteer.organisation(random, ORGANISATIONS[slot]), "ORGANIZATION")]
        if slot == "ORG":
            kind = random.choice(sorted(ORGANISATIONS.values()))
            return [Piece(self.gazetteer.organisation(random, kind), "ORGANIZATION")]
        if slot in self._places:
            return [Piece(self._places[slot](random), "NL_STREET_ADDRESS" if slot in STREETS else "LOCATION")]
        present.append(cast.anyone(random, present) or self.book.person(random))
        return self._person(slot, present[-1], random)

    @cached_property
    def _places(self) -> dict[str, Callable[[Random], str]]:
        place = self.gazetteer
        mixed = (place.town, place.town, place.district, place.district, place.square)
        return {
            "TOWN": place.town,
            "WIJK": place.district,
            "PLEIN": place.square,
            "STREET": place.street,
            "ADDR": place.address,
            "LOC": lambda random: random.choice(mixed)(random),
        }

    def _person(self, slot: str, person: Person, random: Random) -> list[Piece]:
        """Give a person in the form that the slot asks for; PER is any form, the forename most often."""
        if slot == "PER":
            slot = random.choices(list(FORMS), list(FORMS.values()))[0]
        if slot == "TITLED":
            return self._titled(person, random)
        if slot == "GEN":
            name = random.choice((*[person.forename] * 4, f"{person.forename} {person.surname}"))
            return [Piece(genitive(name), "PERSON")]
        return [Piece(self.form(slot, person, random), "PERSON")]

    def form(self, slot: str, person: Person, random: Random) -> str:
        """Write a person's name in one of the forms; raises ValueError for one that is not known."""
        forms: dict[str, Callable[[], str]] = {
            "FIRST": lambda: person.forename,
            "FULL": lambda: f"{person.forename} {person.surname}",
            "LAST": lambda: random.choice((person.surname, person.bare_surname)),
            "NICK": lambda: _nicknamed(person, random),
            "INIT": lambda: _initialled(person, random),
            "LASTFIRST": lambda: f"{person.bare_surname}, {person.forename}",
        }
        if slot not in forms:
            raise ValueError(f"no such slot: {slot}")
        return forms[slot]()

    def _titled(self, person: Person, random: Random) -> list[Piece]:
        """Give a title, which stays outside the span, and a surname, an initial or the full name."""
        title = random.choice(self.fillers["titel"])
        surname = random.choice(
            (
                *[person.surname] * 3,
                person.forename,
                f"{person.surname[0].upper()}.",
                _initialled(person, random),
                f"{person.forename} {person.surname}",
            )
        )
        # after a title a Dutch prefix is written with a capital: "mevrouw Van den Berg" (Taalunie, 16.B)
        if random.random() < CAPITAL_PREFIX:
            surname = surname[0].upper() + surname[1:]
        return [Piece(f"{title} "), Piece(surname, "PERSON")]


def _nicknamed(person: Person, random: Random) -> str:
    """Give a nickname, now and then with a number, a size or a short form of the forename in it."""
    short = person.forename[: random.randint(3, 4)]
    forms = {
        person.nickname: 8,
        f"{person.nickname} {random.choice(NUMBERS)}": 1,
        f"{person.nickname}{random.randint(1, 99)}": 1,
        f"{random.choice(SIZES)} {person.forename}": 2,
        short: 1,
        short + random.choice(("ie", "o", "y", "tje", "je")): 2,
    }
    return random.choices(list(forms), list(forms.values()))[0]


def _initialled(person: Person, random: Random) -> str:
    """Give a name with initials: "J.P. de Vries", "Jan V.", "J. P. V.", "JdV"."""
    more = "".join(f"{random.choice(LETTERS)}." for _ in range(random.choice((0, 0, 1, 2))))
    start = random.choice((person.initials, f"{person.forename[0]}.", f"{person.forename[:2]}."))
    initials = (start + more).replace(".", random.choice((".", ".", ".", ". ", ""))).strip()
    letter = person.surname[0].upper()
    forms = {
        f"{initials} {person.surname}": 5,
        f"{person.forename} {letter}.": 3,
        f"{person.forename} {letter}": 1,
        f"{initials}{letter}.": 2,
        f"{person.forename[0]}.": 2,
        "".join(word[0] for word in f"{person.forename} {person.surname}".split()): 1,
    }
    return random.choices(list(forms), list(forms.values()))[0]


def read_templates(folder: Path = DATA / "templates") -> dict[str, list[str]]:
    """Read the templates by genre: one a line; backslash n is a line break, # begins a remark."""
    genres = {}
    for path in sorted(folder.glob("*.txt")):
        lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
        genres[path.stem] = [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]
    return genres
