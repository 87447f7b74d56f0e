"""Measure the pipeline alone: the field-note benchmark, documents held out, CoNLL-2002 and speed.

Nothing here is trained on.
"""

import json
import runpy
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import PRFScore
from spacy.tokens import Doc

import signaal.anonymise.text.pipeline  # noqa: F401  (registers the component)

from .corpus import Corpus
from .sample import NAMES, UNKNOWN, Sample
from .silver import from_bio

HELD_OUT_SEED = 99
ENOUGH = 15
"""Mentions of an origin from which its rate says something."""


@dataclass(frozen=True)
class Figures:
    """What was measured; leak rates as defined by the benchmark's scorer, speed in characters a second."""

    benchmark: dict[str, float]
    held_out: dict[str, float]
    worst_origin: tuple[str, float]
    person_by_origin: dict[str, list[float]]
    conll_f1: dict[str, float]
    characters_per_second: float


def measure(model: Path, shared: Path) -> Figures:
    """Load the pipeline from disk and measure it on the data in `shared`."""
    nlp = spacy.load(model)
    scorer = runpy.run_path(str(shared / "bench" / "score.py"))
    gold = scorer["lines"](shared / "bench" / "dev.jsonl")
    kept = held_out(shared / "data")
    started = time.process_time()
    predicted = predictions(nlp, gold)
    seconds = time.process_time() - started
    result, _, _ = scorer["score"](gold, predicted)
    other, _, _ = scorer["score"](kept, predictions(nlp, kept))
    origins = result["person_leak_by_origin"]
    rates = [(rate, origin) for origin, (_, count, rate) in origins.items() if count >= ENOUGH]
    worst = max(rates, default=(0.0, ""))
    return Figures(
        benchmark=_summary(result),
        held_out=_summary(other),
        worst_origin=(worst[1], worst[0]),
        person_by_origin=origins,
        conll_f1=conll_f1(nlp, shared / "data" / "conll2002-nl-testa.txt"),
        characters_per_second=round(sum(len(doc["text"]) for doc in gold) / seconds),
    )


def _summary(result: dict[str, Any]) -> dict[str, float]:
    """Give the rates of one set of documents, by kind where it matters."""
    labels = {label: rate for label, (_, _, rate) in result["leak_by_label"].items()}
    return {
        "leak": round(result["leak_rate"], 4),
        **{label: labels.get(label, 0.0) for label in (*NAMES, "DATE_TIME", "AGE")},
        "dictated": result["leak_by_genre"].get("dictated", [0, 0, 0.0])[2],
        "precision": round(result["precision"], 4),
        "type_accuracy": round(result["type_accuracy"], 4),
    }


def held_out(data: Path) -> list[dict[str, Any]]:
    """Fill the documents that are kept out of training, once, in the benchmark's form."""
    corpus, random = Corpus(data), Random(HELD_OUT_SEED)
    return [
        {"id": at, "genre": document.genre, **_marked(corpus.plainly_filled(document, random))}
        for at, document in enumerate(corpus.held_out)
    ]


def _marked(sample: Sample) -> dict[str, Any]:
    spans = [
        {"start": span.start, "end": span.end, "label": span.label, "optional": span.label == UNKNOWN}
        for span in sample.spans
    ]
    return {"text": sample.text, "spans": spans}


def predictions(nlp: Language, gold: list[dict[str, Any]]) -> list[dict[str, object]]:
    """Give the pipeline's spans in the benchmark's form."""
    docs = nlp.pipe(doc["text"] for doc in gold)
    return [{"id": doc["id"], "spans": _spans(found)} for doc, found in zip(gold, docs, strict=True)]


def _spans(doc: Doc) -> list[dict[str, object]]:
    return [{"start": e.start_char, "end": e.end_char, "entity_type": e.label_} for e in doc.ents]


def conll_f1(nlp: Language, path: Path) -> dict[str, float]:
    """Give the F1 on newspaper text, over all labels and by label; the characters of the spans must agree."""
    samples = _conll(path)
    scores = {name: PRFScore() for name in ("all", *NAMES)}
    for sample, doc in zip(samples, nlp.pipe(sample.text for sample in samples), strict=True):
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        wanted = {(s.start, s.end, s.label) for s in sample.spans}
        for name, score in scores.items():
            score.score_set(
                {e for e in found if name in ("all", e[2])}, {w for w in wanted if name in ("all", w[2])}
            )
    return {name: round(score.fscore, 4) for name, score in scores.items()}


def _conll(path: Path) -> list[Sample]:
    samples, rows = [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split()
        if columns and columns[0] != "-DOCSTART-":
            rows.append((_repaired(columns[0]), columns[-1]))
        elif rows:
            samples.append(from_bio(rows))
            rows = []
    return samples


def _repaired(token: str) -> str:
    """Undo the double encoding of the file (Ã© for é), where a token has it."""
    try:
        return token.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return token


def write_predictions(model: Path, shared: Path, out: Path) -> None:
    """Write the predictions on the benchmark's development part for `score.py`."""
    gold = [
        json.loads(line)
        for line in (shared / "bench" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
        if line
    ]
    rows = predictions(spacy.load(model), gold)
    out.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def printed(figures: Figures) -> str:
    """Give the figures as JSON, one a line."""
    return json.dumps(asdict(figures), indent=1, ensure_ascii=False)
