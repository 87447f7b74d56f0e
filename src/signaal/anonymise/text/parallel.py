"""Detection in several processes: batches of texts are dealt out, the answers come back in their order."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from signaal.anonymise.text.engine import Found, TextEngine
from signaal.anonymise.text.nlp_open import open_nlp
from signaal.schemas.settings import Settings

_engines: list[TextEngine] = []


class ParallelEngine(TextEngine):
    """A ``TextEngine`` whose reading is done by ``settings.processes`` processes; its answers are the same.

    Each process opens its own engine once, which takes seconds and some 400 MB, and reads the batches that
    one process would: the network's answers are the same to the last bit. A single batch is read in this
    process. A process that dies leaves the texts of the unfinished batches
    undetected (None), so that their records are held; the next call starts new processes.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(open_nlp(settings), settings.score_threshold)
        # The others need no key.
        self._settings = settings.model_copy(update={"key": None})
        self._pool = self._open()

    def close(self) -> None:
        """Ends the processes; the next call that needs them starts new ones."""
        self._pool.shutdown(cancel_futures=True)
        self._pool = self._open()

    def _open(self) -> ProcessPoolExecutor:
        # Forking a process that has threads can leave it waiting for a lock that nobody holds.
        return ProcessPoolExecutor(
            self._settings.processes,
            mp_context=get_context("spawn"),
            initializer=_open_engine,
            initargs=(self._settings,),
        )

    def read_each(self, batches: Sequence[list[str]]) -> Iterator[list[Found | None]]:
        if len(batches) <= 1:
            return super().read_each(batches)
        try:
            answers = [self._pool.submit(_read, batch) for batch in batches]
        except BrokenProcessPool:
            self.close()
            answers = [self._pool.submit(_read, batch) for batch in batches]
        return (results_of(batch, answer) for batch, answer in zip(batches, answers, strict=True))


def results_of(batch: list[str], answer: "Future[list[Found | None]]") -> list[Found | None]:
    """What a process answers for each text of a batch; None for all of them where it gives no answer."""
    try:
        return answer.result()
    except Exception:
        return [None for _ in batch]


def _open_engine(settings: Settings) -> None:
    _engines.append(TextEngine(open_nlp(settings), settings.score_threshold))


def _read(texts: list[str]) -> list[Found | None]:
    return _engines[0].read(texts)
