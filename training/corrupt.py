"""The ways in which notes differ from print: no capitals, no punctuation, dictation, typing errors."""

import re
from collections.abc import Callable
from random import Random

from .sample import Piece, Sample, Span, assemble, pieces_of

UNDECORATED, MISTYPED, GLUED = 0.15, 0.25, 0.02
"""Shares of the texts that are written without marks on letters, with typing errors, with a missing blank."""
SLIPPABLE = 4
HESITATION = 0.02
PUNCTUATION = re.compile(r"[.,;:!?\"()\[\]„”“…]|(?<!\w)-|-(?!\w)")
DIGITS = dict(
    zip(
        "0123456789",
        ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
        strict=True,
    )
)
FILLERS = ("eh", "uh", "ehm", "punt", "komma", "nieuwe regel", "nou", "even kijken", "zeg maar", "ja")
NEIGHBOURS = dict(zip("aeiontrsdlkm", "sropmrtdskln", strict=True))
PLAIN = str.maketrans("ığşçöüİĞŞÇÖÜéèëïáàóíúñãõâêôłńśźżćąęățșğ", "igscouIGSCOUeeeiaaoiunaoaeolnszzcaeatsg")


def lowered(sample: Sample) -> Sample:
    """Write everything small. Length is kept letter by letter, so that spans stay where they are."""
    return Sample("".join(_small(letter) for letter in sample.text), sample.spans)


def raised(sample: Sample) -> Sample:
    """Write everything in capitals, letter by letter."""
    return Sample("".join(_large(letter) for letter in sample.text), sample.spans)


def shouted(sample: Sample) -> Sample:
    """Write the names in capitals, as forms and some notes do."""
    return assemble(
        Piece("".join(map(_large, p.text)) if p.label else p.text, p.label) for p in pieces_of(sample)
    )


def small_names(sample: Sample) -> Sample:
    """Write only the names small, as in chats that keep the capital of a sentence."""
    return assemble(
        Piece("".join(map(_small, p.text)) if p.label else p.text, p.label) for p in pieces_of(sample)
    )


def _small(letter: str) -> str:
    return letter.lower() if len(letter.lower()) == 1 else "i"  # the Turkish İ gives two characters


def _large(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter  # ß gives two


def unpunctuated(sample: Sample) -> Sample:
    """Leave out punctuation, also in names ("J.P." gives "JP")."""
    return tidied(assemble(Piece(PUNCTUATION.sub("", p.text), p.label) for p in pieces_of(sample)))


def dictated(sample: Sample, random: Random) -> Sample:
    """Write as a speech recogniser does: small, no punctuation, digits as words, with words of hesitation."""
    pieces: list[Piece] = []
    for piece in pieces_of(unpunctuated(lowered(sample))):
        text = piece.text.replace("-", " ").replace("'", "")
        if not piece.label:
            text = _spoken(text, random)
        pieces.append(Piece(text, piece.label))
    return tidied(assemble(pieces))


def _spoken(text: str, random: Random) -> str:
    text = re.sub(r"\d", lambda match: f" {DIGITS[match[0]]} ", text)
    words = []
    for word in text.split(" "):
        words.append(word)
        if word and random.random() < HESITATION:
            words.append(random.choice(FILLERS))
    return " ".join(words)


def mistyped(sample: Sample, random: Random, rate: float = 0.03) -> Sample:
    """Make a typing error in about `rate` of the words, in names as elsewhere."""

    def typed(word: str) -> str:
        return _slip(word, random) if len(word) >= SLIPPABLE and random.random() < rate else word

    pieces = pieces_of(sample)
    return assemble(Piece(" ".join(map(typed, piece.text.split(" "))), piece.label) for piece in pieces)


def _slip(word: str, random: Random) -> str:
    """Leave out, double, swap or replace one letter inside a word."""
    at = random.randint(1, len(word) - 2)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    slips = (
        before + after,
        before + letter + letter + after,
        before + after[0] + letter + after[1:],
        before + NEIGHBOURS.get(letter, letter) + after,
    )
    return random.choice(slips)


def undecorated(sample: Sample) -> Sample:
    """Leave out the marks on letters (ı, ş, é, ł), as on a keyboard without them."""
    return Sample(sample.text.translate(PLAIN), sample.spans)


def glued(sample: Sample, random: Random) -> Sample:
    """Leave out the blank after one name ("Fatimais"): the span then reaches over the whole word."""
    spans = sample.spans
    people = [i for i, span in enumerate(spans) if span.label == "PERSON"]
    places = [i for i in people if sample.text[spans[i].end : spans[i].end + 1] == " "]
    if not places:
        return sample
    chosen = random.choice(places)
    cut = spans[chosen].end
    text = sample.text[:cut] + sample.text[cut + 1 :]
    return Sample(text, tuple(span if i <= chosen else span.shifted(-1) for i, span in enumerate(spans)))


def tidied(sample: Sample) -> Sample:
    """Leave one blank where several stand in a row, and none at the ends or at the edge of a name."""
    kept: list[int] = []
    text = sample.text
    for index, letter in enumerate(text):
        doubled = letter == " " and (not kept or text[kept[-1]] in " \n")
        if not doubled:
            kept.append(index)
    while kept and text[kept[-1]] == " ":
        kept.pop()
    position = {old: new for new, old in enumerate(kept)}
    result = "".join(text[index] for index in kept)
    spans = []
    for span in sample.spans:
        inside = [position[i] for i in range(span.start, span.end) if i in position and not text[i].isspace()]
        if inside:
            spans.append(Span(inside[0], inside[-1] + 1, span.label))
    return Sample(result, tuple(spans))


def varied(sample: Sample, random: Random) -> Sample:
    """Write a sample in one of the ways in which notes are written; half of them stay as they are."""
    if random.random() < UNDECORATED:
        sample = undecorated(sample)
    if random.random() < MISTYPED:
        sample = mistyped(sample, random)
    if random.random() < GLUED:
        sample = glued(sample, random)
    ways: dict[Callable[[Sample], Sample], int] = {
        _as_is: 50,
        lambda text: dictated(text, random): 20,
        lowered: 14,
        lambda text: lowered(unpunctuated(text)): 6,
        small_names: 5,
        shouted: 3,
        raised: 2,
    }
    return random.choices(list(ways), list(ways.values()))[0](sample)


def _as_is(sample: Sample) -> Sample:
    return sample
