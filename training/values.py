"""Draws numbers, dates, ages and places anew, in the form in which they were written."""

import re
from collections.abc import Callable
from random import Random

from signaal.anonymise.text.recognizers.number_words import NUMBER_WORDS

from .places import Gazetteer
from .sample import Label, Piece, Sample, assemble, pieces_of

SHAPED = {
    "PHONE_NUMBER", "IBAN_CODE", "NL_BSN", "NL_LICENSE_PLATE", "NL_ID_DOCUMENT", "NL_V_NUMBER",
    "CASE_NUMBER", "NL_KVK", "IP_ADDRESS", "NL_POSTCODE",
}  # fmt: skip
REDRAWN: set[Label] = {"AGE", "DATE_TIME", "PHONE_NUMBER", "NL_POSTCODE"}
LETTERED = {"NL_LICENSE_PLATE", "NL_ID_DOCUMENT", "NL_POSTCODE"}
LETTERS = "ABCDEFGHJKLMNPRSTVWXZ"
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHORT_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
OTHER_PLACE, OTHER_STREET, OTHER_ORGANISATION = 0.55, 0.5, 0.3
KINDS = ("hub", "school", "club", "faith", "care", "work")
SIZES = ((10, 0), (20, 10), (100, 20), (1000, 100), (9999, 1000))
"""Orders of size of spelt numbers: one above the largest, and the smallest."""
OLDEST, LAST_DAY, YEAR_DIGITS, LAST_UNIT, LONGEST_CODE = 96, 28, 4, 9, 3
YEARS = range(1935, 2027)
WORD = re.compile(r"[^\W\d_]+")
DIGITS = re.compile(r"\d+")


class Values:
    """Gives each kind of personal data another value of the same form."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep where places come from and the numbers by their words."""
        self.gazetteer = gazetteer
        self.spelt = {number: word for word, number in reversed(NUMBER_WORDS.items())}

    def redrawn(self, sample: Sample, random: Random) -> Sample:
        """Draw the numbers, dates and ages of a sample anew."""
        return assemble(
            Piece(self.drawn(p.label, p.text, random) if p.label and p.label in REDRAWN else p.text, p.label)
            for p in pieces_of(sample)
        )

    def drawn(self, label: Label, text: str, random: Random) -> str:
        """Draw a value like `text`, with the same case, marks and number of digits."""
        if label == "AGE":
            return self._numbers(text, lambda digits: str(_age(digits, random)), random)
        if label == "DATE_TIME":
            return self._date(text, random)
        if label in SHAPED:
            return self._shaped(label, text, random)
        if label == "NL_STREET_ADDRESS":
            return self._street(text, random)
        return self._other(label, text, random)

    def _other(self, label: Label, text: str, random: Random) -> str:
        """Draw another place or organisation for a share of them; what is left keeps its value."""
        if label == "LOCATION" and random.random() < OTHER_PLACE:
            return _cased(self._place(random), text)
        if label == "ORGANIZATION" and random.random() < OTHER_ORGANISATION:
            return _cased(self._organisation(random), text)
        return text

    def _place(self, random: Random) -> str:
        place = self.gazetteer
        return random.choice((place.town, place.town, place.district, place.square))(random)

    def _organisation(self, random: Random) -> str:
        return self.gazetteer.organisation(random, random.choice(KINDS))

    def _street(self, text: str, random: Random) -> str:
        street = re.match(r"[^\d]*[^\W\d]", text)
        named = street[0] if street and not set(WORD.findall(text.lower())) & set(NUMBER_WORDS) else ""
        rest = text[len(named) :]
        if named and random.random() < OTHER_STREET:
            named = _cased(self.gazetteer.street(random), named)
        return named + self._numbers(rest, lambda digits: _like(digits, random), random)

    def _shaped(self, label: Label, text: str, random: Random) -> str:
        kept = 2 if label == "PHONE_NUMBER" else 0
        text = text[:kept] + DIGITS.sub(lambda match: _any(match[0], random), text[kept:])
        if label in LETTERED and DIGITS.search(text):
            text = re.sub("[A-Z]", lambda _: random.choice(LETTERS), text)
        return self._numbers(text, lambda digits: digits, random)

    def _numbers(self, text: str, draw: Callable[[str], str], random: Random) -> str:
        """Draw the runs of digits anew, and numbers in words within their order of size."""
        text = DIGITS.sub(lambda match: draw(match[0]), text)
        return WORD.sub(lambda match: self._spelt(match[0], random), text)

    def _spelt(self, word: str, random: Random) -> str:
        number = NUMBER_WORDS.get(word.lower())
        if number is None:
            return word
        top, low = next((size for size in SIZES if number < size[0]), SIZES[-1])
        return _cased(self.spelt.get(random.randrange(low, top), word), word)

    def _date(self, text: str, random: Random) -> str:
        groups = DIGITS.findall(text)
        in_figures = WORD.search(text) is None
        year_first = bool(groups) and len(groups[0]) == YEAR_DIGITS
        short_year = len(groups) > (2 if in_figures else 1) and not year_first
        order = iter(range(len(groups)))

        def digits(match: re.Match[str]) -> str:
            at, run = next(order), match[0]
            if len(run) >= YEAR_DIGITS:
                return str(random.choice(YEARS)) if len(run) == YEAR_DIGITS else _any(run, random)
            if short_year and at == len(groups) - 1:
                return _any(run, random)
            return _padded(random.randint(1, 12 if in_figures and at == 1 else LAST_DAY), run)

        text = DIGITS.sub(digits, text)
        return WORD.sub(lambda match: self._date_word(match[0], random), text)

    def _date_word(self, word: str, random: Random) -> str:
        for names in (MONTHS, SHORT_MONTHS, DAYS, SHORT_DAYS):
            if word.lower() in names:
                return _cased(random.choice(names), word)
        return self._spelt(word, random)


def _age(digits: str, random: Random) -> int:
    return random.randint(1, OLDEST) if len(digits) > 1 else random.randint(1, 9)


def _any(digits: str, random: Random) -> str:
    return "".join(str(random.randint(0, 9)) for _ in digits)


def _like(digits: str, random: Random) -> str:
    return str(random.randint(1, 9)) + _any(digits[1:], random)


def _padded(number: int, like: str) -> str:
    return f"{number:02}" if like.startswith("0") or number > LAST_UNIT else str(number)


def _cased(value: str, like: str) -> str:
    if like.islower():
        return value.lower()
    if like.isupper() and len(like) > LONGEST_CODE:
        return value.upper()
    return value
