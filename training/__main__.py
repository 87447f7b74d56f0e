"""Make and measure the pipeline: `python -m training --shared ../shared --out FOLDER`."""

import argparse
import sys
from pathlib import Path

from .corpus import Amounts, Corpus
from .measure import measure, printed, write_predictions
from .train import SEED, train

EPOCHS = 10
VERSION = "0.3.0"


def main() -> int:
    """Make the pipeline, unless only the measuring is asked for; print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Make the Dutch pipeline of signaal."
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/ and bench/")
    parser.add_argument("--out", type=Path, required=True, help="where the pipeline is or will be")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument(
        "--scale", type=float, default=1.0, help="size of the corpus, 1 for the shipped pipeline"
    )
    parser.add_argument("--measure-only", action="store_true")
    parser.add_argument("--predictions", type=Path, help="also write the predictions for bench/score.py")
    arguments = parser.parse_args()
    if not arguments.measure_only:
        make(arguments.shared / "data", arguments.out, arguments.epochs, arguments.scale)
    print(printed(measure(arguments.out, arguments.shared)))
    if arguments.predictions:
        write_predictions(arguments.out, arguments.shared, arguments.predictions)
    return 0


def make(data: Path, out: Path, epochs: int, scale: float) -> None:
    """Train on a corpus that is filled anew for every round, and write the pipeline."""
    corpus, amounts = Corpus(data), Amounts().scaled(scale)
    nlp = train(lambda epoch: corpus.build(amounts, SEED + epoch), epochs)
    nlp.meta.update(
        name="signaal",
        version=VERSION,
        description="Personal data in Dutch field notes",
        license="CC BY-SA 4.0",
    )
    nlp.to_disk(out)


if __name__ == "__main__":
    sys.exit(main())
