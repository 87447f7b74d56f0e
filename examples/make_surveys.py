"""Makes the three invented survey exports in ``inbox``, and lists the personal data planted in them.

The same seed gives the same rows: ``python examples/make_surveys.py`` leaves the files as they are
until a word list, a quota or this script changes. Nobody in them exists.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import openpyxl
import yaml
from stdnum.nl import bsn

HERE = Path(__file__).parent
GOLD_FILE = HERE.parent / "tests" / "examples" / "gold.yaml"
GOLD_MARK = "# Below this line: written by examples/make_surveys.py."
SEED = 20260401

SHORT_ANSWER = 22
NO_ANSWER = ("geen", "nvt", "n.v.t.", "-", "weet niet", "Geen idee", "niks")
POSTCODES = {"53": ("5341", "5342", "5343"), "54": ("5402", "5404"), "66": ("6601",)}
POSTCODE_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
SAFETY: tuple[str | int, ...] = (1, 2, 2, 3, 3, 3, 4, 4, 4, 5, "")
MARKS: tuple[str | int, ...] = (1, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 9, 10, "")
SCHOOLS = ("Zeearend College", "ISK Overbrug", "Praktijkschool De Ploegstaart", "Mbo Havenmeester", "")
DEBTS = ("Nee", "Nee", "Nee", "Ja", "Weet ik niet", "Zeg ik liever niet")
HEALTH = (
    "Goed",
    "Goed",
    "Gaat wel",
    "Gaat wel",
    "Langdurig ziek",
    "Psychische klachten",
    "Wil ik niet zeggen",
)
INCOME = ("Bijstand", "Bijstand", "Loon", "WW", "WIA of Wajong", "Geen inkomen", "Toeslagen")
RENT_UNKNOWN = ("weet niet", "", "", "koophuis")
FOLD = str.maketrans({"ı": "i", "ł": "l", "Ł": "L"})

Cell = str | int | datetime
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    given: str
    family: str
    origin: str
    phone: str
    bsn: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        plain = unicodedata.normalize("NFKD", self.name.translate(FOLD)).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z]+", ".", plain.lower()) + "@voorbeeld.nl"


@dataclass(frozen=True)
class Survey:
    """The rows of an export, its headings first, and the personal data in them."""

    rows: tuple[Row, ...]
    planted: tuple[str, ...]


@dataclass
class Maker:
    """Draws people and answers from the word lists, and remembers what it planted."""

    rng: Random
    planted: dict[str, None] = field(default_factory=dict)
    drawn: int = 0
    names: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with (HERE / "names.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = (row["kind"], row["origin"], row["gender"])
                self.names.setdefault(key, []).append(row["name"])

    def person(self, gender: str = "") -> Person:
        """Another person; half of them have a name that is common in the Netherlands for long."""
        self.drawn += 1
        origins = sorted({origin for kind, origin, _ in self.names if kind == "family"})
        origin = self.rng.choice([*origins, *["Nederland"] * 5])
        gender = {"vrouw": "vrouw", "man": "man"}.get(gender.lower(), self.rng.choice(["vrouw", "man"]))
        person = Person(
            given=self.rng.choice(self.names["given", origin, gender]),
            family=self.rng.choice(self.names["family", origin, ""]),
            origin=origin,
            phone=self.rng.choice(["06-1234{:04d}", "06 1234 {:04d}", "061234{:04d}"]).format(self.drawn * 7),
            bsn=invented_bsn(self.drawn),
        )
        self.plant(person.name, *name_parts(person.name))
        return person

    def plant(self, *values: str) -> None:
        """Remember values that may be found nowhere but in the inbox."""
        self.planted.update(dict.fromkeys(value for value in values if value))

    def postcode(self, four: str) -> str:
        """A whole postcode, written in one of three ways, or nothing without its digits."""
        if not four:
            return ""
        letters = self.rng.choice(POSTCODE_LETTERS) + self.rng.choice(POSTCODE_LETTERS)
        written = self.rng.choice(
            [f"{four} {letters}"] * 6 + [f"{four}{letters}", f"{four} {letters.lower()}"]
        )
        self.plant(written)
        return written

    def answers(self, question: str, count: int) -> list[str]:
        """As many answers, in any order: each of the pool once, then short ones again and empty ones."""
        lines = (HERE / "answers" / f"{question}.txt").read_text(encoding="utf-8").splitlines()
        pool = [line.replace("\\n", "\n") for line in lines]
        short = [line for line in pool if len(line) < SHORT_ANSWER and "«" not in line and "{" not in line]
        left = count - len(pool)
        pool += self.rng.choices(NO_ANSWER, k=left // 4) + self.rng.choices(short, k=left // 3)
        pool += [""] * (count - len(pool))
        self.rng.shuffle(pool)
        return pool

    def answer(self, template: str, person: Person) -> str:
        """An answer as this person wrote it; what stands between « and » is planted."""
        for value in re.findall("«(.+?)»", template):
            self.plant(value, *name_parts(value))
        text = re.sub("[«»]", "", template)
        own = {"voornaam": person.given, "achternaam": person.family, "naam": person.name}
        own |= {"telefoon": person.phone, "email": person.email, "bsn": person.bsn}
        for name, value in own.items():
            if f"{{{name}}}" in text:
                self.plant(value)
                text = text.replace(f"{{{name}}}", value)
        return text


def invented_bsn(number: int) -> str:
    """Nine digits that pass the 11-test, other ones for every number; they begin with 99."""
    return next(digits for last in range(100) if bsn.is_valid(digits := f"99{number * 37:05d}{last:02d}"))


def name_parts(name: str) -> Iterator[str]:
    """The words of a name that say who it is: capitals, four letters and more; none of an address."""
    if not re.search(r"[\d@]", name):
        yield from (part for part in name.split() if len(part) > 3 and part != part.lower())  # noqa: PLR2004


def quota(survey: str, rng: Random) -> list[list[Cell]]:
    """One list of quasi-identifiers a record, in any order."""
    groups = yaml.safe_load((HERE / "quotas.yaml").read_text(encoding="utf-8"))[survey]
    records = [group[:-1] for group in groups for _ in range(group[-1])]
    rng.shuffle(records)
    return records


def moment(rng: Random, first: date, days: int) -> datetime:
    """A moment by day within so many days."""
    start = datetime.combine(first, datetime.min.time())
    return start + timedelta(
        days=rng.randrange(days), hours=rng.randrange(8, 22), seconds=rng.randrange(3600)
    )


def buurtenquete() -> Survey:
    """The neighbourhood survey: 240 records."""
    rng = Random(SEED)  # noqa: S311 - invented people, no secret
    maker = Maker(rng)
    rows: list[Row] = [
        (
            *("Respondentnummer", "Tijdstempel", "Naam", "E-mailadres", "Postcode", "Geboortedatum"),
            *("Geslacht", "Geboorteland", "Aantal personen in huishouden", "Huur per maand"),
            *("Tevredenheid buurt (1-5)", "Veiligheid (1-5)"),
            *("Wat gaat er goed in uw buurt?", "Wat moet er beter?"),
        )
    ]
    records = quota("buurtenquete", rng)
    good, better = (maker.answers(name, len(records)) for name in ("buurt_goed", "buurt_beter"))
    for number, (area, decade, gender, large) in enumerate(records):
        person = maker.person(str(gender))
        born = date(int(str(decade)) + rng.randrange(10), rng.randrange(1, 13), rng.randrange(1, 29))
        maker.plant(email := person.email if rng.random() < 0.7 else "", f"{born:%d-%m-%Y}")  # noqa: PLR2004
        rent = f"{rng.uniform(390, 980):.2f}".replace(".", ",")
        rows.append(
            (
                f"BE26-{number + 1:04d}",
                f"{moment(rng, date(2026, 2, 2), 42):%d-%m-%Y %H:%M:%S}",
                person.name,
                email,
                maker.postcode(rng.choice(POSTCODES[str(area)])),
                f"{born:%d-%m-%Y}",
                gender,
                rng.choice([person.origin, person.origin, "Nederland"]),
                rng.randrange(5, 8) if large else rng.randrange(1, 5),
                rng.choice([*[rent] * 40, *RENT_UNKNOWN]),
                rng.choices([1, 2, 3, 4, 5], [1, 2, 4, 6, 3])[0],
                rng.choice(SAFETY),
                maker.answer(good[number], person),
                maker.answer(better[number], person),
            )
        )
    return Survey(tuple(rows), in_rows(maker, rows))


def jongerenpoll() -> Survey:
    """The poll among young people: 210 records."""
    rng = Random(SEED + 1)  # noqa: S311 - invented people, no secret
    maker = Maker(rng)
    rows: list[Row] = [
        (
            *("Inzending-ID", "Ingevuld op", "Voornaam", "School", "Leeftijd", "Postcode", "Mobiel nummer"),
            *(
                "Hoe gaat het met je? (1-10)",
                "Heb je schulden?",
                "Wat houdt je bezig?",
                "Wil je nog iets kwijt?",
            ),
        )
    ]
    records = quota("jongerenpoll", rng)
    busy, more = (maker.answers(name, len(records)) for name in ("jongeren_bezig", "jongeren_kwijt"))
    for number, (four, youngest, oldest) in enumerate(records):
        person = maker.person()
        phone = person.phone if rng.random() < 0.6 else ""  # noqa: PLR2004 - share of phones given
        maker.plant(phone)
        rows.append(
            (
                f"JP-{number + 301}",
                moment(rng, date(2026, 2, 9), 40),
                person.given,
                rng.choice(SCHOOLS),
                rng.randint(int(str(youngest)), int(str(oldest))),
                maker.postcode(str(four)),
                phone,
                rng.choice(MARKS),
                rng.choice(DEBTS),
                maker.answer(busy[number], person),
                maker.answer(more[number], person),
            )
        )
    return Survey(tuple(rows), in_rows(maker, rows))


def evaluatie_voedselbank() -> Survey:
    """The evaluation of a food bank: 220 records."""
    rng = Random(SEED + 2)  # noqa: S311 - invented people, no secret
    maker = Maker(rng)
    rows: list[Row] = [
        (
            *("Klantnummer", "Datum bezoek", "BSN", "Achternaam", "Postcode", "Leeftijdsgroep", "Huishouden"),
            *(
                "Gezondheid",
                "Inkomstenbron",
                "Wachttijd in minuten",
                "Opmerkingen",
                "Intern nummer medewerker",
            ),
        )
    ]
    records = quota("evaluatie_voedselbank", rng)
    remarks = maker.answers("voedselbank_opmerkingen", len(records))
    for number, (area, age, household) in enumerate(records):
        person = maker.person()
        maker.plant(person.bsn)
        rows.append(
            (
                f"VB{number + 1001}",
                f"{moment(rng, date(2026, 1, 8), 80):%Y-%m-%d}",
                person.bsn,
                person.family,
                maker.postcode(rng.choice(POSTCODES[str(area)])),
                age,
                household,
                rng.choice(HEALTH),
                "AOW" if age == "65+" else rng.choice(INCOME),
                rng.choice([*[*range(0, 65, 5)] * 4, "", "lang"]),
                maker.answer(remarks[number], person),
                f"M{rng.randrange(1, 15):02d}",
            )
        )
    return Survey(tuple(rows), in_rows(maker, rows))


def in_rows(maker: Maker, rows: list[Row]) -> tuple[str, ...]:
    """What was planted and really is in a row: of some people only a part of the name is written."""
    text = "\n".join(str(cell) for row in rows for cell in row)
    return tuple(value for value in maker.planted if value in text)


def write_csv(path: Path, survey: Survey, delimiter: str, encoding: str, line_end: str) -> None:
    """Write an export as the survey tool would."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=line_end).writerows(survey.rows)


def write_xlsx(path: Path, survey: Survey, title: str) -> None:
    """Write an export as a workbook of one sheet, with real dates and numbers."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in survey.rows:
        sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)


def write_surveys(folder: Path) -> dict[str, tuple[str, ...]]:
    """Write the three exports into a folder; gives what was planted in each of them."""
    surveys = buurtenquete(), jongerenpoll(), evaluatie_voedselbank()
    names = "buurtenquete-2026.csv", "jongerenpoll.xlsx", "evaluatie-voedselbank.csv"
    write_csv(folder / names[0], surveys[0], ";", "utf-8-sig", "\r\n")
    write_xlsx(folder / names[1], surveys[1], "Antwoorden")
    write_csv(folder / names[2], surveys[2], ",", "utf-8", "\n")
    return {name: survey.planted for name, survey in zip(names, surveys, strict=True)}


def write_gold(path: Path, planted: dict[str, tuple[str, ...]]) -> None:
    """Put what was planted below the mark in the list of planted data; what is above it stays."""
    above = path.read_text(encoding="utf-8").partition(GOLD_MARK)[0] if path.exists() else "files:\n"
    lines = [GOLD_MARK]
    for name, values in planted.items():
        lines += [f"  {name}:", "    must_not_survive:", *(f'      - "{value}"' for value in values)]
    path.write_text(above + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_gold(GOLD_FILE, write_surveys(HERE / "inbox"))
