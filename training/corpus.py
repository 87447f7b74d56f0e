"""The whole training corpus: templates, real sentences and silver fragments, each in many ways of writing."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from . import silver
from .corrupt import dictated, varied
from .documents import Document, Filler, read_documents
from .names import NameBook, popular_list, written_lists
from .places import Gazetteer
from .sample import Sample, joined
from .templates import Cast, Writer, read_templates
from .values import MONTHS, Values
from .words import PlainWords

# Which genres may stand together in one document, and how often a document is of that kind.
# "real" are real Dutch sentences: they show how ordinary sentences begin and end, next to the written ones.
MIXES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (6, ("notes", "notes", "continuations", "continuations", "real", "negatives")),
    (6, ("observations", "observations", "continuations", "continuations", "real")),
    (4, ("casework", "casework", "continuations", "continuations", "real")),
    (4, ("speech", "speech", "real", "continuations")),
    (4, ("chat", "chat", "chat", "negatives", "continuations")),
    (3, ("forms", "forms", "notes", "negatives", "continuations")),
    (3, ("mails", "mails", "real", "continuations")),
    (3, ("survey", "survey", "negatives")),
    (2, ("minutes", "notes", "real", "continuations")),
    (4, ("whereabouts", "whereabouts", "continuations", "real", "notes")),
    (5, ("negatives", "continuations", "real")),
)
LINED = {"chat", "forms", "mails", "minutes", "negatives"}
LENGTHS = (1, 2, 3, 4, 6, 9)
LINE_BREAKS = 0.7
CARRIERS = 1 / 3
DICTATED, VARIED = 0.85, 0.6
"""Share of the documents that are written otherwise than they stand: spoken ones, others."""
DATED = re.compile(rf"\d|\b(?:{'|'.join(MONTHS)})\b")


@dataclass(frozen=True)
class Amounts:
    """How many texts of each kind a round of training gets; `documents` is how often each is filled."""

    documents: int = 3
    written: int = 5000
    silver: int = 1200
    real: int = 1200

    def scaled(self, by: float) -> "Amounts":
        """Give the same mix, `by` times as large."""
        return Amounts(
            max(1, round(self.documents * by)),
            round(self.written * by),
            round(self.silver * by),
            round(self.real * by),
        )


class Corpus:
    """Makes training texts from `data` (../shared/data); chance comes from the source passed in alone."""

    def __init__(self, data: Path) -> None:
        """Read the names, places, templates and real sentences."""
        self.data = data
        self.book = NameBook([*written_lists(), popular_list(data)])
        self.gazetteer = Gazetteer(data, self.book)
        self.writer = Writer(self.book, self.gazetteer, PlainWords(data))
        self.templates = read_templates()
        self.filler = Filler(self.writer, Values(self.gazetteer))
        self.documents, self.held_out = read_documents()

    def build(self, amounts: Amounts, seed: int) -> list[Sample]:
        """Make the corpus; the same seed gives the same texts in the same order."""
        random = Random(seed)
        samples = [self.document(random) for _ in range(amounts.written)]
        samples += self.fragments(amounts.silver, random)
        samples += [self.passage(random) for _ in range(amounts.real)]
        samples = [varied(sample, random) for sample in samples]
        for document in self.documents:
            samples += [self.filled(document, random) for _ in range(amounts.documents)]
        random.shuffle(samples)
        return [sample for sample in samples if sample.text.strip()]

    def filled(self, document: Document, random: Random) -> Sample:
        """Fill a written document and write it in one of the ways of its genre."""
        sample = self.filler.fill(document, random)
        if document.genre == "dictated":
            return dictated(sample, random) if random.random() < DICTATED else sample
        return varied(sample, random) if random.random() < VARIED else sample

    def plainly_filled(self, document: Document, random: Random) -> Sample:
        """Fill a written document and leave it as it stands; spoken ones are written as they are spoken."""
        sample = self.filler.fill(document, random)
        return dictated(sample, random) if document.genre == "dictated" else sample

    def document(self, random: Random) -> Sample:
        """Write one document of one to nine sentences about the same people."""
        mix = random.choices([mix for _, mix in MIXES], [weight for weight, _ in MIXES])[0]
        cast = self.writer.cast(random)
        parts = [self.sentence(random.choice(mix), cast, random) for _ in range(random.choice(LENGTHS))]
        lined = mix[0] in LINED and random.random() < LINE_BREAKS
        return self.filler.values.redrawn(joined(parts, "\n" if lined else " "), random)

    def sentence(self, genre: str, cast: Cast, random: Random) -> Sample:
        """Write one sentence of a genre; a third of the real ones has a person put in a pronoun's place."""
        if genre != "real":
            return self.writer.sentence(random.choice(self.templates[genre]), cast, random)
        if random.random() < CARRIERS:
            return silver.carrier(random.choice(self.carriers), self.book, random)
        return random.choice(self.plain)

    def passage(self, random: Random) -> Sample:
        """Take some real sentences without names that followed each other closely."""
        at = random.randrange(len(self.plain) - 6)
        return joined(self.plain[at : at + random.randint(1, 6)], " ")

    def fragments(self, amount: int, random: Random) -> list[Sample]:
        """Take silver-labelled fragments, names swapped; none with numbers or dates, which have no label."""
        land = frozenset(self.writer.fillers["land"])
        paths = [self.data / f"wikiann-nl-{name}.tsv" for name in ("train", "val", "test")]
        usable = [
            sample
            for path in paths
            for sample in silver.read_wikiann(path)
            if silver.is_sentence(sample) and not DATED.search(sample.text)
        ]
        chosen = random.sample(usable, min(amount, len(usable)))
        return [
            silver.swapped(silver.without_countries(s, land), self.book, self.gazetteer, random)
            for s in chosen
        ]

    @cached_property
    def _trees(self) -> list[silver.Sentence]:
        return [tree for path in sorted(self.data.glob("*.conllu")) for tree in silver.read_conllu(path)]

    @cached_property
    def plain(self) -> list[Sample]:
        """Give the real sentences that hold no name."""
        return [silver.plain(tree) for tree in self._trees if silver.is_nameless(tree)]

    @cached_property
    def carriers(self) -> list[silver.Sentence]:
        """Give the real sentences in which a person can be put."""
        return [tree for tree in self._trees if silver.is_nameless(tree) and silver.seats(tree)]
