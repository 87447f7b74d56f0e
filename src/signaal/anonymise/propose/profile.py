"""What the cells of one column have in common: shares and counts, never a cell."""

import re
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from signaal.anonymise.propose.fits import Fits
from signaal.anonymise.propose.rules import limits, vocabularies, words, words_of
from signaal.anonymise.propose.shapes import LONGEST, Shape, is_closed, number_of, shapes_of, year_of
from signaal.anonymise.table.typed import plain

_BETWEEN_CHOICES = re.compile(r"[;,|]")
_LONGEST_CHOICES = 1000
_SCALE_END = 10


@dataclass(frozen=True)
class Numbers:
    """The numbers of a column, aside from the ``codes`` for no answer that stand beside a short scale."""

    low: float
    high: float
    whole: bool
    codes: tuple[str, ...] = ()

    @property
    def is_graded(self) -> bool:
        """Numbers within 0 to 10, as school marks are."""
        return self.low >= 0 and self.high <= _SCALE_END


@dataclass(frozen=True)
class Profile:
    """Counts and shares of a column. Shares are between 0 and 1, of the cells that are filled.

    shares: share of the cells by shape. own_words: share of the cells that nobody else gave and
    that have words of their own, or a name. rare: answers that one record gave. named_steps: numbers
    of a short scale beside closed answers. choices: more answers in one cell, from a closed list.
    vocabulary: place in ``vocabularies()`` of the words that the answers use. years: from the first
    date's year to the last one's. fits: what can read the cells.
    """

    filled: int
    distinct: int
    shares: dict[Shape, float]
    mean_length: float
    own_words: float
    rare: int
    closed: bool
    named_steps: bool
    choices: bool
    vocabulary: int | None
    numbers: Numbers | None
    years: int
    fits: Fits = field(repr=False, compare=False)

    def share(self, *shapes: Shape) -> float:
        """Share of the cells with these shapes, added up."""
        return sum(self.shares.get(shape, 0.0) for shape in shapes)

    @property
    def variety(self) -> float:
        """Distinct answers per cell that is filled."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def is_number(self) -> bool:
        return self.share(Shape.NUMBER) >= limits().number_share

    @property
    def is_date(self) -> bool:
        return self.share(Shape.DATE) >= limits().date_share

    @property
    def is_text(self) -> bool:
        """Neither numbers, dates nor postcodes."""
        postcodes = self.share(Shape.POSTCODE) >= limits().postcode_share
        return not (self.is_number or self.is_date or postcodes)

    @property
    def is_graded(self) -> bool:
        return self.is_number and self.numbers is not None and self.numbers.is_graded

    @property
    def is_labelled(self) -> bool:
        """A short scale of which some steps have a name: 1, 2, 3, 4, zeer tevreden (as SPSS has them)."""
        return self.named_steps and self.distinct <= limits().categories


def profile_of(cells: "pd.Series[str]", by_machine: bool = False) -> Profile:
    """The profile of a column; of many distinct answers an even sample is looked at in detail.

    ``by_machine``: as ``Fits`` has it.
    """
    texts = [text for cell in cells if isinstance(cell, str) and (text := cell.strip())]
    counts = Counter(texts)
    looked = _sample(counts)
    total = sum(looked.values()) or 1
    return Profile(
        filled=len(texts),
        distinct=len({text.casefold() for text in counts}),
        shares=_shares(looked, total),
        mean_length=sum(len(text) for text in texts) / (len(texts) or 1),
        own_words=sum(1 for text in looked if looked[text] == 1 and _has_own_words(text)) / total,
        rare=sum(1 for count in counts.values() if count == 1),
        closed=bool(looked) and all(is_closed(text) for text in looked),
        named_steps=_have_names(looked),
        choices=_are_choices(looked),
        vocabulary=_vocabulary(looked, total),
        numbers=_numbers(looked),
        years=_years(looked),
        fits=Fits(looked, by_machine),
    )


def _sample(counts: Counter[str]) -> dict[str, int]:
    step = -(-len(counts) // limits().checked_values) or 1
    return dict(list(counts.items())[::step])


def _shares(looked: dict[str, int], total: int) -> dict[Shape, float]:
    found: Counter[Shape] = Counter()
    for text, count in looked.items():
        found.update(dict.fromkeys(shapes_of(text), count))
    return {shape: count / total for shape, count in found.items()}


def _has_own_words(text: str) -> bool:
    if len(text) > limits().longest_closed or Shape.NAME in shapes_of(text):
        return True
    return len(text.split()) >= limits().own_words and not is_closed(text)


def _have_names(looked: dict[str, int]) -> bool:
    """Whether the cells are steps of a short scale, and closed answers that say more than no answer."""
    nothing = set(map(plain, words().no_answers))
    named = [text for text in looked if number_of(text) is None and plain(text) not in nothing]
    numbers = _numbers({text: count for text, count in looked.items() if number_of(text) is not None})
    return bool(named) and all(map(is_closed, named)) and numbers is not None and numbers.is_graded


def _are_choices(looked: dict[str, int]) -> bool:
    """Whether the cells are lists from a few answers, each of which came more than once."""
    if max(map(len, looked), default=0) > _LONGEST_CHOICES or not any(map(_BETWEEN_CHOICES.search, looked)):
        return False
    parts: Counter[str] = Counter()
    for text, count in looked.items():
        parts.update(
            {part.strip().casefold(): count for part in _BETWEEN_CHOICES.split(text) if part.strip()}
        )
    return 0 < len(parts) <= limits().categories and min(parts.values()) > 1


def _vocabulary(looked: dict[str, int], total: int) -> int | None:
    said = {text: set(words_of(text[:LONGEST]).split()) for text in looked}
    for place, vocabulary in enumerate(vocabularies()):
        hits = sum(count for text, count in looked.items() if said[text] & vocabulary.words)
        if hits / total >= limits().vocabulary_share:
            return place
    return None


def _numbers(looked: dict[str, int]) -> Numbers | None:
    found = [number for text in looked if (number := number_of(text)) is not None]
    codes = {float(code): code for code in words().no_answer_codes}
    known = [number for number in found if number not in codes]
    small = bool(known) and max(known) <= _SCALE_END
    kept = known if small else found
    if not kept:
        return None
    whole = all(number == int(number) for number in kept)
    beside = {codes[number]: None for number in found if number in codes} if small else {}
    return Numbers(min(kept), max(kept), whole, tuple(sorted(beside, key=float)))


def _years(looked: dict[str, int]) -> int:
    years = [year for text in looked if (year := year_of(text)) is not None]
    return max(years) - min(years) if years else 0
