"""Detection in several processes gives what one process gives, and fails closed."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children

import pytest

from signaal.anonymise.text.engine import TEXTS_AT_ONCE, Found, TextEngine, open_engine
from signaal.anonymise.text.parallel import ParallelEngine, results_of
from signaal.schemas.settings import Settings

LONG = "Ik sprak Fatima El Amrani bij de bushalte. " * 300
TEXTS = [
    *(f"Bel Henk de Vries op 06-123456{number}, dossier 44{number}-09." for number in range(10, 90)),
    LONG,
    *(f"Mevrouw Jansen, {number} jaar, woont Dorpsstraat {number}." for number in range(20, 90)),
]


@pytest.fixture(scope="module")
def engine() -> Iterator[ParallelEngine]:
    opened = open_engine(Settings(processes=2))
    assert isinstance(opened, ParallelEngine)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def alone() -> TextEngine:
    return open_engine(Settings())


def test_two_processes_find_what_one_finds_in_the_same_order(
    engine: ParallelEngine, alone: TextEngine
) -> None:
    assert len(TEXTS) > 2 * TEXTS_AT_ONCE
    assert engine.find(TEXTS) == alone.find(TEXTS)
    assert len(active_children()) == 2


def test_after_processes_died_texts_are_read_or_held_and_then_read(
    engine: ParallelEngine, alone: TextEngine
) -> None:
    texts = [f"{text} Zie verder." for text in TEXTS]
    for process in active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    expected = alone.find(texts)
    answers = engine.find(texts)
    assert all(found is None or found == right for found, right in zip(answers, expected, strict=True))
    assert engine.find(texts) == expected


def test_a_process_that_died_leaves_its_texts_undetected() -> None:
    answer: Future[list[Found | None]] = Future()
    answer.set_exception(BrokenProcessPool())
    assert list(results_of(["een", "twee"], answer)) == [None, None]


def test_one_process_is_the_default(alone: TextEngine) -> None:
    assert not isinstance(alone, ParallelEngine)
