"""What cleaning notes costs beside the bare pipeline and Presidio's own engines; memory, start-up, odd texts.

    python -m benchmarks.speed [--notes 2000]

Every figure is a ratio within one run, medians over rounds that take each measure in turn, in CPU seconds:
machines are noisy. Memory and start-up are those of a process that does nothing else. Only the ratio of two
processes to one is in seconds of the clock, and says nothing where the machine has other work to do.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine

from benchmarks.large_table import peak_mb
from benchmarks.notes import notes, pathological
from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TEXTS_AT_ONCE, TextEngine
from signaal.anonymise.text.nlp import BUNDLED_MODEL, DutchNlpEngine
from signaal.anonymise.text.parallel import ParallelEngine
from signaal.anonymise.text.recognizers import LANGUAGE, recognizers
from signaal.schemas.entities import Entity
from signaal.schemas.settings import Settings

ROUNDS = 5
READY = "ready"
ANSWERS = [
    f"{start} {word}" for start in ("geen", "nvt", "weet niet", "ja") for word in ("", "hoor", "echt", "nu")
]


@dataclass(frozen=True)
class Figure:
    """What was measured, and the least or the most that it should be."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def missed(self) -> bool:
        """Whether it misses its target."""
        below = self.least is not None and self.value < self.least
        return below or (self.most is not None and self.value > self.most)

    def __str__(self) -> str:
        target = f"at least {self.least}" if self.least is not None else ""
        target = f"at most {self.most}" if self.most is not None else target
        return f"{self.name:58} {self.value:7.3f}  {target}{'  MISSED' if self.missed else ''}"


def main() -> int:
    """Prints each figure with its target; the exit code is 1 where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--notes", type=int, default=2_000)
    parser.add_argument("--alone", action="store_true", help="only clean the notes, for memory and start-up")
    arguments = parser.parse_args()
    if arguments.alone:
        return _alone(arguments.notes)
    texts = notes(arguments.notes)
    print(f"{len(texts):,} notes, {sum(map(len, texts)):,} characters")
    nlp = DutchNlpEngine()
    engine = TextEngine(nlp)
    measures: tuple[Callable[[], list[Figure]], ...] = (
        lambda: _fresh_process(arguments.notes),
        lambda: _throughput(nlp, Anonymiser(engine, Keys(bytes(32))), texts),
        lambda: [_repeated(engine)],
        lambda: _odd_texts(Anonymiser(engine, Keys(bytes(32)))),
        lambda: [_two_processes(engine, texts)],
    )
    missed = False
    for measure in measures:
        for figure in measure():
            print(figure, flush=True)
            missed = missed or figure.missed
    return int(missed)


def _throughput(nlp: DutchNlpEngine, anonymiser: Anonymiser, texts: Sequence[str]) -> list[Figure]:
    """Characters a CPU-second of cleaning, relative to the bare pipeline and to Presidio's loop.

    Both as they are without this package's engine: the pipeline as ``spacy.load`` gives it, Presidio with
    its own engine for spaCy. The last figure says what is left with the engine's BLAS for the pipeline too.
    """
    bare, quick = spacy.load(BUNDLED_MODEL), nlp.get_nlp(LANGUAGE)
    analyze, anonymizer = _presidio(), AnonymizerEngine()  # type: ignore[no-untyped-call]

    def loop(part: Sequence[str]) -> None:
        for text in part:
            anonymizer.anonymize(text, analyze.analyze(text, LANGUAGE))  # type: ignore[arg-type]

    ways: tuple[Callable[[Sequence[str]], object], ...] = (
        lambda part: [None for _ in bare.pipe(part, batch_size=TEXTS_AT_ONCE)],
        anonymiser.clean,
        loop,
        lambda part: [None for _ in quick.pipe(part, batch_size=TEXTS_AT_ONCE)],
    )
    rounds = []
    for turn in range(ROUNDS):
        part = texts[turn::ROUNDS]
        anonymiser.clean(part)  # so that none of them meets the words of these notes for the first time
        seconds = {at % len(ways): cpu(ways[at % len(ways)], part) for at in range(turn, turn + len(ways))}
        rounds.append(seconds)
    return [
        Figure("cleaning, speed relative to nlp.pipe", _median(rounds, 0, 1), least=0.8),
        Figure("cleaning, speed relative to Presidio's loop", _median(rounds, 2, 1), least=1.5),
        Figure("cleaning, speed relative to nlp.pipe with the same BLAS", _median(rounds, 3, 1)),
    ]


def cpu(work: Callable[[Sequence[str]], object], part: Sequence[str]) -> float:
    """CPU seconds of this process."""
    start = time.process_time()
    work(part)
    return time.process_time() - start


def _median(rounds: Sequence[dict[int, float]], other: int, own: int) -> float:
    return median(seconds[other] / seconds[own] for seconds in rounds)


def _presidio() -> AnalyzerEngine:
    """Presidio's engines over the shipped pipeline and the same recognisers."""
    models = [{"lang_code": LANGUAGE, "model_name": str(BUNDLED_MODEL)}]
    kinds = {str(entity): str(entity) for entity in Entity}
    configuration = NerModelConfiguration(model_to_presidio_entity_mapping=kinds, labels_to_ignore=[])
    registry = RecognizerRegistry(recognizers=recognizers(), supported_languages=[LANGUAGE])
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=SpacyNlpEngine(models, configuration),
        supported_languages=[LANGUAGE],
    )


def _repeated(engine: TextEngine) -> Figure:
    """What short answers cost the second time, relative to the first."""
    first, second = cpu(engine.find, ANSWERS), cpu(engine.find, ANSWERS)
    return Figure("repeated answers, cost relative to the first time", second / first, most=0.05)


def _odd_texts(anonymiser: Anonymiser) -> list[Figure]:
    once, twice = pathological(1), pathological(2)
    anonymiser.clean([text[:1000] for text in once.values()])
    return [
        Figure(
            f"{name}, cost of twice the length",
            cpu(anonymiser.clean, [twice[name]]) / cpu(anonymiser.clean, [once[name]]),
            most=2.5,
        )
        for name in once
    ]


def _two_processes(engine: TextEngine, texts: Sequence[str]) -> Figure:
    """Detection by two processes: seconds of the clock that one takes, relative to theirs.

    All have read the same notes before, so that all know the same words; each round has notes that none
    of them has read.
    """
    two = ParallelEngine(Settings(processes=2))
    # Which of the two gets a note is chance: after three times each has had seven of eight.
    for _ in range(3):
        two.find(texts)
    amount = len(texts) // 2
    rounds = []
    for turn in range(ROUNDS):
        part = notes(amount, seed=turn + 2)
        ways = ((0, engine), (1, two)) if turn % 2 else ((1, two), (0, engine))
        rounds.append({at: _clock(way, part) for at, way in ways})
    two.close()
    return Figure("two processes, speed relative to one (clock)", _median(rounds, 0, 1), least=1.8)


def _clock(engine: TextEngine, part: Sequence[str]) -> float:
    start = time.perf_counter()
    found = engine.find(part)
    seconds = time.perf_counter() - start
    if None in found:
        raise SystemExit("a process died: its texts were not read, so there is nothing to measure")
    return seconds


def _fresh_process(amount: int) -> list[Figure]:
    """Start-up in seconds, and peak memory in GB after cleaning so many notes."""
    command = [sys.executable, "-m", "benchmarks.speed", "--alone", "--notes", str(amount)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        at = {line.strip(): time.perf_counter() - start for line in process.stdout or ()}
    (peak,) = at.keys() - {READY}
    return [
        Figure("start-up, seconds", at[READY], most=5.0),
        Figure("peak memory, GB", float(peak), most=0.7),
    ]


def _alone(amount: int) -> int:
    anonymiser = Anonymiser(TextEngine(), Keys(bytes(32)))
    print(READY, flush=True)
    anonymiser.clean(notes(amount))
    print(peak_mb() / 1_000)
    return 0


if __name__ == "__main__":
    sys.exit(main())
