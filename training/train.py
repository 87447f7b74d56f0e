"""Train the spaCy pipeline: words with the lexicon's facts, a window encoder, a tag for every token."""

from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed, set_current_ops
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

import signaal.anonymise.text.pipeline  # noqa: F401  (registers the component)
from signaal.anonymise.text.blas import QUICK

from .sample import DATA, LABELS, UNKNOWN, Sample

CONFIG = DATA / "pipeline.cfg"
SEED = 20240521
WORDS_PER_BATCH = (800, 3000)
"""Words in a batch, at the start and at the end: small first to learn fast, large later for quiet steps."""
TEXTS_TO_START = 500
DROP = 0.2
RATE = (0.0015, 0.0001)
"""Step size of Adam, falling in a straight line."""
MISSING = ""
"""spaCy's tag for a token from which nothing is to be learnt."""


def blank() -> Language:
    """Make the untrained pipeline."""
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(CONFIG), auto_fill=True)
    tagger = nlp.get_pipe("personal_data")
    for label in ("O", *(f"{part}-{label}" for label in LABELS for part in "BI")):
        tagger.add_label(label)  # type: ignore[attr-defined]
    return nlp


def gold(nlp: Language, sample: Sample) -> Doc:
    """Tokenise a sample and tag its tokens; a span that cuts a token takes the whole token."""
    doc = nlp.make_doc(sample.text)
    tags = ["O"] * len(doc)
    taken = 0
    for span in sample.spans:
        found = doc.char_span(span.start, span.end, alignment_mode="expand")
        if found is None:
            continue
        for at in range(max(found.start, taken), found.end):
            part = "B" if at == found.start else "I"
            tags[at] = MISSING if span.label == UNKNOWN else f"{part}-{span.label}"
        taken = max(taken, found.end)
    words, blanks = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    return Doc(nlp.vocab, words, blanks, tags=tags)


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


def train(corpus: Callable[[int], list[Sample]], epochs: int) -> Language:
    """Train for so many rounds, each on the texts that `corpus` gives for it, in the order given.

    Seeds are fixed, and sums are added up on one thread, in one order; the pipeline comes back with
    averaged weights.
    """
    threadpool_limits(limits=1, user_api="blas")
    set_current_ops(QUICK)
    fix_random_seed(SEED)
    nlp = blank()
    texts = list(examples(nlp, corpus(0)))
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
    for epoch in range(epochs):
        if epoch > 0:
            texts = list(examples(nlp, corpus(epoch)))
        loss = _round(nlp, optimizer, texts, epoch, epochs)
        print(f"round {epoch + 1} of {epochs}: {len(texts)} texts, loss {loss:.0f}", flush=True)
    with nlp.use_params(optimizer.averages):
        return without_words(nlp)


def without_words(nlp: Language) -> Language:
    """Give the same pipeline with a new vocabulary: the old one lists the words of the training texts."""
    clean = spacy.util.load_model_from_config(nlp.config, auto_fill=True)
    return clean.from_bytes(nlp.to_bytes(exclude=["vocab"]), exclude=["vocab"])


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
    return losses.get("personal_data", 0.0)
