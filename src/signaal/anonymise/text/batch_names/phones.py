"""Phone numbers, with or without the code of a country or the zero before them."""

from collections.abc import Iterator

from signaal.anonymise.text.batch_names.tokens import Tokens
from signaal.anonymise.text.batch_names.writings import Between, Match, Writing, Writings
from signaal.anonymise.text.people.known import Known

SHORTEST, SHORTEST_LOOSE, LONGEST = 6, 7, 13
PREFIXES = ("", "0", "00", "31", "310", "0031", "00310")
"""What may stand before the national number: nothing where a spreadsheet took the zero off."""
_WITH_COUNTRY = range(11, 13)
_OPENING = "+( "


class Phones:
    """The phone numbers of a batch by their digits."""

    def __init__(self) -> None:
        self._numbers = Writings()

    def add(self, known: Known) -> bool:
        """Takes in a number; False where it is none."""
        digits = national(known.value)
        if not SHORTEST <= len(digits) <= LONGEST:
            return False
        between = Between.LOOSE if len(digits) >= SHORTEST_LOOSE else Between.TIGHT
        self._numbers.add(digits, Writing(known, between, amount=len(digits) <= SHORTEST_LOOSE))
        return True

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, Known]]:
        """Start, end and whose, of every number in a text, in order and without overlap."""
        free = 0
        for at in tokens.numbers if self._numbers else ():
            match = self._match(tokens, at) if at >= free else None
            if match:
                free = match.end
                lead = tokens.gap(match.first)
                sign = lead[len(lead.rstrip(_OPENING)) :].lstrip()
                start = tokens.places[match.first][0] - len(sign)
                yield start, tokens.places[match.end - 1][1], match.writing.known

    def _match(self, tokens: Tokens, at: int) -> Match | None:
        start = tokens.starts[at]
        for prefix in PREFIXES:
            if tokens.joined.startswith(prefix, start):
                match = self._numbers.at(tokens, at, start + len(prefix))
                if match:
                    return match
        return None


def national(value: str) -> str:
    """A number's digits without the code of the Netherlands and the zero; one of elsewhere with its code."""
    digits = "".join(letter for letter in value if letter.isdecimal())
    if digits.startswith("00") or value.lstrip().startswith("+"):
        digits = digits.removeprefix("00")
        return digits.removeprefix("31").removeprefix("0") if digits.startswith("31") else digits
    if digits.startswith("31") and len(digits) in _WITH_COUNTRY:
        digits = digits.removeprefix("31")
    return digits.removeprefix("0")
