"""Silver-labelled Wikipedia fragments (WikiANN) and real sentences (UD), with the names swapped."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from .names import NameBook
from .places import Gazetteer
from .sample import Label, Piece, Sample, assemble, pieces_of

LABEL_OF: dict[str, Label] = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}
CLOSING = {".", ",", ";", ":", "!", "?", ")", "'s"}
BLANKS, NAMED = 4, 0.6
DUTCH_PLACES, TOWNS = 0.35, 0.7
PERSONAL = {"hij", "zij", "iemand", "hem"}
Sentence = list[tuple[str, str, bool]]
"""Form, part of speech and whether a blank follows, of every word."""
BRACKETED = re.compile(r"^\W|\(|\bREDIRECT\b|==")


def read_wikiann(path: Path) -> Iterator[Sample]:
    """Read a file of `index<TAB>token<TAB>BIO` lines; give one sample a fragment."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            _, token, tag = line.split("\t")
            rows.append((token, tag))
        elif rows:
            yield from_bio(rows)
            rows = []


def from_bio(rows: list[tuple[str, str]]) -> Sample:
    """Make a sample of tokens with BIO tags; labels that are not ours count as none."""
    pieces: list[Piece] = []
    previous: Label | None = None
    for token, tag in rows:
        label = LABEL_OF.get(tag[2:])
        closed = not pieces or token in CLOSING or pieces[-1].text.endswith("(")
        glue = "" if closed else " "
        if label and tag.startswith("I-") and label == previous:
            pieces[-1] = Piece(pieces[-1].text + glue + token, label)
        elif label:
            pieces += [Piece(glue), Piece(token, label)]
        else:
            pieces.append(Piece(glue + token))
        previous = label
    return assemble(pieces)


def is_sentence(sample: Sample) -> bool:
    """Say whether a fragment is running text: the many titles and lists teach wrong habits."""
    named = sum(span.end - span.start for span in sample.spans)
    worded = sample.text.count(" ") > BLANKS and named < NAMED * len(sample.text)
    return worded and not BRACKETED.search(sample.text)


def swapped(sample: Sample, book: NameBook, gazetteer: Gazetteer, random: Random) -> Sample:
    """Put names of other origins in the place of persons, Dutch places in that of a third of the places."""
    pieces = []
    for piece in pieces_of(sample):
        if piece.label == "PERSON":
            pieces.append(Piece(_like(piece.text, book, random), "PERSON"))
        elif piece.label == "LOCATION" and random.random() < DUTCH_PLACES:
            place = gazetteer.town(random) if random.random() < TOWNS else gazetteer.district(random)
            pieces.append(Piece(place, "LOCATION"))
        else:
            pieces.append(piece)
    return assemble(pieces)


def _like(name: str, book: NameBook, random: Random) -> str:
    """Draw a name with as many parts as the one that it replaces."""
    person = book.person(random)
    if " " in name:
        return f"{person.forename} {person.surname}"
    return random.choice((person.forename, person.surname))


def without_countries(sample: Sample, countries: frozenset[str]) -> Sample:
    """Take the label off countries: they are too large to point at anyone (guidelines: never annotated)."""
    pieces = pieces_of(sample)
    return assemble(Piece(p.text, None if p.text in countries else p.label) for p in pieces)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Read a CoNLL-U file; give (form, part of speech, followed by a blank) of every sentence."""
    rows: Sentence = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split("\t")
        if columns[0].isdigit():
            rows.append((columns[1], columns[3], "SpaceAfter=No" not in columns[9]))
        elif not line.strip() and rows:
            yield rows
            rows = []


def is_nameless(sentence: Sentence) -> bool:
    """Say whether a sentence holds no proper noun and no foreign word."""
    return not any(pos in {"PROPN", "X"} for _, pos, _ in sentence)


def plain(sentence: Sentence) -> Sample:
    """Give a sentence as text without labels."""
    return Sample("".join(form + (" " if blank else "") for form, _, blank in sentence).strip())


def seats(sentence: Sentence) -> list[int]:
    """Give the places of the pronouns that stand for a person: where they stand a name can stand too."""
    return [
        index for index, (form, pos, _) in enumerate(sentence) if pos == "PRON" and form.lower() in PERSONAL
    ]


def carrier(sentence: Sentence, book: NameBook, random: Random) -> Sample:
    """Put a person in one of the seats of a sentence; raises IndexError where it has none."""
    at, person = random.choice(seats(sentence)), book.person(random)
    name = random.choice((person.forename, person.forename, f"{person.forename} {person.surname}"))
    pieces = []
    for index, (form, _, blank) in enumerate(sentence):
        pieces.append(Piece(name, "PERSON") if index == at else Piece(form))
        pieces.append(Piece(" " if blank and index < len(sentence) - 1 else ""))
    return assemble(pieces)
