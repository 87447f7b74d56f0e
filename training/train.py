"""Train the spaCy pipeline: hash embeddings, the lexicon's facts, a window encoder, a recogniser."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed

from . import lexicon
from .sample import DATA, LABELS, Sample

CONFIG = DATA / "pipeline.cfg"
SEED = 20240521
WORDS_PER_BATCH = (700, 2500)
"""Words in a batch, at the start and at the end: small first to learn fast, large later for quiet steps."""
TEXTS_TO_START = 500
DROP = 0.15
CAUTION = 0.5
"""Taken off the score of "no name" after training: a missed name costs more than a masked word."""
RATE = (0.0015, 0.0001)
"""Step size of Adam, falling in a straight line."""


def blank(data: Path) -> Language:
    """Make the untrained pipeline, with the lexicon's table from `data` in its vocabulary."""
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(CONFIG), auto_fill=True)
    lexicon.add_to(nlp, data)
    return nlp


def gold(nlp: Language, sample: Sample) -> Doc:
    """Tokenise a sample and set its entities; a span that cuts a token takes the whole token."""
    doc = nlp.make_doc(sample.text)
    entities = []
    taken = -1
    for span in sample.spans:
        found = doc.char_span(span.start, span.end, label=span.label, alignment_mode="expand")
        if found is not None and found.start > taken and not found[0].is_space and not found[-1].is_space:
            entities.append(found)
            taken = found.end - 1
    doc.set_ents(entities)
    return doc


def examples(nlp: Language, samples: Iterable[Sample]) -> Iterator[Example]:
    """Give what spaCy trains on."""
    for sample in samples:
        yield Example(nlp.make_doc(sample.text), gold(nlp, sample))


def batches(texts: list[Example], words: int) -> Iterator[list[Example]]:
    """Cut the texts into batches of about so many words."""
    batch: list[Example] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text.reference)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def train(data: Path, samples: list[Sample], epochs: int) -> Language:
    """Train on the samples for so many rounds (fixed seeds) and give the pipeline with averaged weights."""
    fix_random_seed(SEED)
    nlp = blank(data)
    for label in LABELS:
        nlp.get_pipe("ner").add_label(label)  # type: ignore[attr-defined]
    texts = list(examples(nlp, samples))
    nlp.initialize(lambda: texts[:TEXTS_TO_START])
    optimizer = Adam(
        learn_rate=RATE[0],
        beta1=0.9,
        beta2=0.999,
        L2=0.01,
        grad_clip=1.0,
        L2_is_weight_decay=True,
        use_averages=True,
    )
    random = Random(SEED)
    for epoch in range(epochs):
        random.shuffle(texts)
        loss = _round(nlp, optimizer, texts, epoch, epochs)
        print(f"round {epoch + 1} of {epochs}: loss {loss:.0f}", flush=True)
    with nlp.use_params(optimizer.averages):
        averaged = without_words(nlp, data)
    make_cautious(averaged, CAUTION)
    return averaged


def without_words(nlp: Language, data: Path) -> Language:
    """Give the same pipeline with a new vocabulary: the old one lists the words of the training texts."""
    clean = spacy.util.load_model_from_config(nlp.config, auto_fill=True)
    lexicon.add_to(clean, data)
    return clean.from_bytes(nlp.to_bytes(exclude=["vocab"]), exclude=["vocab"])


def make_cautious(nlp: Language, by: float) -> None:
    """Lower the bias of the action "outside a name" (spaCy keeps it last) by so much, in place."""
    scores = nlp.get_pipe("ner").model.get_ref("upper")  # type: ignore[attr-defined]
    bias = scores.get_param("b").copy()
    bias[-1] -= by
    scores.set_param("b", bias)


def _round(nlp: Language, optimizer: Optimizer, texts: list[Example], epoch: int, epochs: int) -> float:
    """Go through the texts once; the step size and the batch size follow the share of the work done."""
    losses: dict[str, float] = {}
    done = 0
    small, large = WORDS_PER_BATCH
    words = int(small + (large - small) * epoch / max(1, epochs - 1))
    for batch in batches(texts, words):
        share = (epoch + done / len(texts)) / epochs
        optimizer.learn_rate = RATE[0] + (RATE[1] - RATE[0]) * share
        nlp.update(batch, sgd=optimizer, losses=losses, drop=DROP)
        done += len(batch)
    return losses.get("ner", 0.0)
