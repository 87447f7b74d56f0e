"""What detection leaves in the field-note benchmark, by its own scorer.

    python -m benchmarks.detection [--bench ../shared/bench]

Leak rate: share of the personal-data spans that are not wholly masked. Precision: share of the masked
letters that are personal data.
"""

import argparse
import importlib.util
import json
from pathlib import Path
from types import ModuleType

from signaal.anonymise.text.engine import TextEngine

SHOWN = ("leak_rate", "precision", "type_accuracy")


def main() -> None:
    """Scores the engine on the development part and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    bench = parser.parse_args().bench
    documents = [json.loads(line) for line in (bench / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    scorer = scorer_of(bench / "score.py")
    result, _, _ = scorer.score(documents, predictions(documents))
    for name in SHOWN:
        print(f"{name:16} {result[name]:.3f}")
    for kind in ("leak_by_label", "leak_by_genre", "person_leak_by_origin"):
        for name, (leaked, total, rate) in result[kind].items():
            print(f"{kind:22} {name:20} {leaked:4} of {total:4} {rate:.3f}")


def predictions(documents: list[dict[str, str]]) -> list[dict[str, object]]:
    """The spans found in each document; a text whose detection failed has none."""
    found = TextEngine().find([document["text"] for document in documents])
    return [
        {
            "id": document["id"],
            "spans": [
                {"start": span.start, "end": span.end, "entity_type": str(span.entity)}
                for span in spans or ()
            ],
        }
        for document, spans in zip(documents, found, strict=True)
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
