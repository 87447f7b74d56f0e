"""What it costs to look for everybody of a batch in every text, with more people, more texts and odd texts.

    python -m benchmarks.wandering [--texts 500]

Rows of a name, an e-mail address, a phone number and an address: four identifiers a row, from 1,000 to
100,000 of them over the same texts. Strangers have names of syllables, of which none is in the texts: what
their number costs is the look-ups alone. Of people with names as they occur the larger index finds more,
as more and more of the names and words in the texts are somebody's. Costs are CPU seconds of this process
after one round that meets every word for the first time; figures are medians of the ratios within rounds
that take each measure in turn, as machines are noisy.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from random import Random
from statistics import median

from benchmarks.notes import notes
from benchmarks.speed import Figure
from signaal.anonymise.text.batch_names import BatchNames
from signaal.anonymise.text.people import Known
from signaal.anonymise.text.people.words import fold
from signaal.schemas.entities import Entity
from training.names import NameBook, written_lists

SIZES = (1_000, 10_000, 100_000)
ROUNDS, FEW_ROUNDS = 9, 3
STREETS = ("straat", "laan", "weg", "plein", "kade")
MILLION = 1_000_000
Draw = Callable[[Random], tuple[str, str]]
ODD: dict[str, Callable[[int], str]] = {
    "a word without an end": lambda size: "a" * size,
    "digits without an end": lambda size: "0612345678" * (size // 10),
    "one name over and over": lambda size: "Houria Belkadi " * (size // 15),
    "initials": lambda size: "H.B." * (size // 4),
    "combining marks": lambda size: "Be\u0301nali" + "\u0301" * size,
    "letters with nothing between them": lambda size: "Hou\u200bria " * (size // 8),
}


def main() -> int:
    """Prints each figure with its target; the exit code is 1 where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=int, default=500)
    texts = notes(parser.parse_args().texts)
    print(f"{len(texts):,} texts, {sum(map(len, texts)):,} characters")
    people = identifiers(max(SIZES), drawn(NameBook(written_lists())))
    missed = False
    for figure in (
        *_sizes("strangers", identifiers(max(SIZES), stranger), texts, most=1.25),
        *_sizes("people", people, texts, most=1.5),
        *_odd(BatchNames(people)),
    ):
        print(figure, flush=True)
        missed = missed or figure.missed
    return int(missed)


def drawn(book: NameBook) -> Draw:
    """Draws forenames and surnames as they occur."""

    def draw(chance: Random) -> tuple[str, str]:
        person = book.person(chance)
        return person.forename, person.surname

    return draw


def stranger(chance: Random) -> tuple[str, str]:
    """A forename and a surname of four syllables that nobody has."""
    first, last = ("".join(chance.choice("kxzqwv") + chance.choice("aeiou") for _ in range(4)) for _ in "fs")
    return first.title(), last.title()


def identifiers(amount: int, draw: Draw, seed: int = 1) -> list[Known]:
    """So many direct identifiers of invented people, four a person; the same seed gives the same."""
    chance = Random(seed)  # noqa: S311 - invented data, no secret
    known: list[Known] = []
    for number in range(amount // 4):
        forename, surname = draw(chance)
        mailbox = f"{fold(forename)[:1]}.{fold(surname.split(' ')[-1])}{number}"
        street = f"{draw(chance)[1].title()}{chance.choice(STREETS)} {chance.randint(1, 400)}"
        known += [
            Known(Entity.PERSON, f"{forename} {surname}"),
            Known(Entity.EMAIL_ADDRESS, f"{mailbox}@voorbeeld.nl"),
            Known(Entity.PHONE_NUMBER, f"06-{chance.randrange(10**8):08}"),
            Known(Entity.NL_STREET_ADDRESS, street),
        ]
    return known


def _sizes(who: str, known: Sequence[Known], texts: Sequence[str], most: float) -> list[Figure]:
    """What a larger index costs to make and to read the same texts with, and what half of the texts cost."""
    made = [_made(known[:size]) for size in SIZES]
    indexes = [names for names, _ in made]
    for size, (names, seconds) in zip(SIZES, made, strict=True):
        finds = sum(len(names.find(text)) for text in texts)
        print(f"{who}, {size:,}: index {seconds:.2f} s, {finds:,} finds")
    works = [partial(_read, names, part) for names in indexes for part in (texts, texts[::2])]
    rounds = [[work() for work in works] for _ in range(ROUNDS)]
    whole, half = [each[::2] for each in rounds], [each[1::2] for each in rounds]
    figures = []
    for at, size in enumerate(SIZES):
        print(f"{who}, {size:,}: {1_000 * median(each[at] for each in whole) / len(texts):.2f} ms a text")
        twice = median(one[at] / other[at] for one, other in zip(whole, half, strict=True))
        figures.append(Figure(f"{who}, {size:,}: cost of twice the texts", twice, most=2.5))
    for at, (small, large) in enumerate(pairwise(SIZES)):
        step = f"{who}, {small:,} to {large:,}"
        ratio = median(each[at + 1] / each[at] for each in whole)
        figures.append(Figure(f"{step}: cost of a text", ratio, most=most))
        figures.append(Figure(f"{step}: cost of the index", made[at + 1][1] / made[at][1]))
    return [*figures, _twice_the_index(who, known)]


def _twice_the_index(who: str, known: Sequence[Known]) -> Figure:
    """Ten times as many leave the processor's caches, so that linear is seen at twice as many."""
    ratio = median(_made(known)[1] / _made(known[::2])[1] for _ in range(FEW_ROUNDS))
    return Figure(f"{who}, cost of an index twice as large", ratio, most=2.5)


def _made(known: Sequence[Known]) -> tuple[BatchNames, float]:
    """An index, and the seconds that it took."""
    start = time.process_time()
    names = BatchNames(known)
    return names, time.process_time() - start


def _read(names: BatchNames, texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        names.find(text)
    return time.process_time() - start


def _odd(names: BatchNames) -> list[Figure]:
    """Texts as nobody writes them: what one of a million characters costs beside one of half of them."""
    figures = []
    for what, text in ODD.items():
        rounds = [
            (_read(names, [text(MILLION)]), _read(names, [text(MILLION // 2)])) for _ in range(FEW_ROUNDS)
        ]
        print(f"{what}: {median(twice for twice, _ in rounds):.2f} s for {MILLION:,} characters")
        ratio = median(twice / once for twice, once in rounds)
        figures.append(Figure(f"{what}, cost of twice the length", ratio, most=2.5))
    return figures


if __name__ == "__main__":
    sys.exit(main())
