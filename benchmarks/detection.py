"""What detection leaves in the field-note benchmark and in documents of other fields, by its scorer.

    python -m benchmarks.detection [--bench ../shared/bench] [--misses N] [--extras N]

Leak rate: share of the personal-data spans that are not wholly masked. Precision: share of the masked
letters that are personal data. Type accuracy: share of the masked spans that are called what they are.
The whole road of a text is measured: detection, the document as a whole, replacement.
"""

import argparse
import importlib.util
import json
import secrets
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.marked import Marked, own_documents
from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine

ENOUGH = 15
"""Mentions of an origin from which its rate says something."""
CHECKED = ("NL_BSN", "IBAN_CODE", "NL_POSTCODE", "NL_LICENSE_PLATE", "EMAIL_ADDRESS", "PHONE_NUMBER")
Result = dict[str, Any]


def main() -> None:
    """Scores the whole of text anonymisation on both sets of documents and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--misses", type=int, default=0, help="show so many of the spans that leak")
    parser.add_argument("--extras", type=int, default=0, help="show so many that hold no personal data")
    arguments = parser.parse_args()
    scorer = scorer_of(arguments.bench / "score.py")
    for name, documents in (
        ("development part of the benchmark", development_part(arguments.bench)),
        ("documents of other fields", own_documents()),
    ):
        result, misses, extras = scorer.score(documents, predictions(documents))
        print(f"{name}: {len(documents)} documents")
        _print(result)
        for miss in misses[: arguments.misses]:
            print("leaked", *miss, sep=" | ")
        for extra in extras[: arguments.extras]:
            print("masked", *extra, sep=" | ")
        print()


def _print(result: Result) -> None:
    for name, measured, target in figures(result):
        print(f"  {name:44} {measured:.4f}   {target}")
    for kind in ("leak_by_label", "leak_by_genre", "person_leak_by_origin"):
        for name, (leaked, total, rate) in result[kind].items():
            print(f"  {kind:22} {name:20} {leaked:4} of {total:4} {rate:.3f}")


def development_part(bench: Path) -> list[Marked]:
    """The documents of the field-note benchmark that may be looked at."""
    return [json.loads(line) for line in (bench / "dev.jsonl").read_text(encoding="utf-8").splitlines()]


def figures(result: Result) -> list[tuple[str, float, str]]:
    """The figures that have a target: what, how much, the target in words."""
    origins = [rate for _, total, rate in result["person_leak_by_origin"].values() if total >= ENOUGH]
    labels = result["leak_by_label"]
    return [
        ("leak rate, all", result["leak_rate"], "at most 0.02"),
        ("leak rate, PERSON", labels["PERSON"][2], "at most 0.015"),
        ("leak rate, dictated text", result["leak_by_genre"]["dictated"][2], "at most 0.06"),
        ("leak rate, worst origin of 15 mentions or more", max(origins), "at most 0.04"),
        ("precision", result["precision"], "at least 0.92"),
        ("type accuracy", result["type_accuracy"], "at least 0.90"),
        ("identifiers with a form of their own, leaked", sum(labels[name][0] for name in CHECKED), "0"),
    ]


def predictions(documents: list[Marked]) -> list[dict[str, object]]:
    """The spans found in each document; a text whose detection failed has none."""
    cleaned = Anonymiser(TextEngine(), Keys(secrets.token_bytes(32))).clean([d["text"] for d in documents])
    return [
        {
            "id": document["id"],
            "spans": [
                {"start": span.start, "end": span.end, "entity_type": str(span.entity)}
                for span in clean.spans
            ],
        }
        for document, clean in zip(documents, cleaned, strict=True)
    ]


def scorer_of(path: Path) -> ModuleType:
    """The benchmark's scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}: give the folder of the benchmark with --bench")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
