"""Streets with a house number, abbreviated or not."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from signaal.anonymise.text.batch_names.tokens import Tokens, tokens_of
from signaal.anonymise.text.batch_names.word_lists import rows
from signaal.anonymise.text.people.known import Known

MOST_WORDS, MOST_ADDED = 8, 3
LONGEST_NUMBER = 5
_CALLED = frozenset({"nummer", "nr", "no", "huisnummer"})
_ORDINALS = frozenset({"e", "de", "ste"})
_GAP = re.compile(r"[ .'’\-]{0,3}")
_GAP_NUMBER = re.compile(r"[ .,:]{0,3}")
_GAP_ADDED = re.compile(r"[ /.\-]{0,2}")


class Addresses:
    """The addresses of a batch by street and number.

    Source: NEN 5825 for the parts of an address. A street alone is nobody's address. One number with
    another addition is found as well: it is the same building.
    """

    def __init__(self) -> None:
        self._addresses: dict[str, tuple[Known, frozenset[str]]] = {}

    def add(self, known: Known) -> bool:
        """Takes in an address; False where it has no street with a number behind it."""
        tokens = tokens_of(known.value)
        at = next((at for at in tokens.numbers if _is_number(tokens, at)), None)
        street = next(iter(_streets(tokens, at, every=False)), "") if at else ""
        if at is None or not street:
            return False
        key = f"{street} {tokens.folded[at]}"
        first, additions = self._addresses.get(key, (known, frozenset()))
        self._addresses[key] = first, additions.union(_additions(tokens, at))
        return True

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, Known]]:
        """Start, end and whose, of every place where one of them stands."""
        for at in tokens.numbers if self._addresses else ():
            if not _is_number(tokens, at):
                continue
            for size, street in enumerate(_streets(tokens, at), start=1):
                found = self._addresses.get(f"{street} {tokens.folded[at]}")
                if found:
                    known, additions = found
                    start = tokens.places[_before(tokens, at) - size + 1][0]
                    yield start, _end(tokens, at, additions), known


def _is_number(tokens: Tokens, at: int) -> bool:
    """Whether it is digits behind a word, and no "2e" of a street's name."""
    if at == 0 or len(tokens.folded[at]) > LONGEST_NUMBER:
        return False
    behind = tokens.folded[at + 1] if at + 1 < len(tokens.folded) else ""
    ordinal = behind in _ORDINALS and not tokens.gap(at + 1)
    return not ordinal and tokens.folded[at - 1].isalpha()


def _before(tokens: Tokens, at: int) -> int:
    """The last word of the street before a number, which may be called "nummer"."""
    return at - 2 if at > 1 and tokens.folded[at - 1] in _CALLED else at - 1


def _streets(tokens: Tokens, at: int, *, every: bool = True) -> Iterator[str]:
    """What a street may be called that ends before a number: of one word, of two, and so on.

    Without ``every`` only the longest, which is the whole of a cell.
    """
    last = _before(tokens, at)
    street, found = "", []
    for place in range(last, max(-1, last - MOST_WORDS), -1):
        if not (_GAP_NUMBER if place == last else _GAP).fullmatch(tokens.gap(place + 1)):
            break
        word = tokens.folded[place]
        street = (_short_end(word) if place == last else _short(word)) + street
        found.append(street)
    yield from found if every else found[-1:]


def _additions(tokens: Tokens, at: int) -> Iterator[str]:
    """What stands behind a number and belongs to it: "ii", "a", "2hoog"."""
    added = ""
    for place in range(at + 1, min(len(tokens.folded), at + 1 + MOST_ADDED)):
        if not _GAP_ADDED.fullmatch(tokens.gap(place)):
            return
        added += tokens.folded[place]
        yield added


def _end(tokens: Tokens, at: int, additions: frozenset[str]) -> int:
    """Where an address ends: behind the longest addition that is known, or that is part of the same word."""
    end = at
    for place, added in enumerate(islice(_additions(tokens, at), MOST_ADDED), start=at + 1):
        if added in additions or (place == at + 1 and not tokens.gap(place)):
            end = place
    return tokens.places[end][1]


@lru_cache
def _abbreviations(place: str) -> dict[str, str]:
    return {row["word"]: row["short"] for row in rows("street_words.csv") if row["place"] == place}


def _short(word: str) -> str:
    return _abbreviations("whole").get(word, word)


def _short_end(word: str) -> str:
    short = next(
        ((long, short) for long, short in _abbreviations("end").items() if word.endswith(long)), None
    )
    return word.removesuffix(short[0]) + short[1] if short else _short(word)
