"""Detection in several processes: the pieces of texts are dealt out, the answers come back in their order."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from presidio_analyzer import RecognizerResult

from signaal.anonymise.text.engine import TEXTS_AT_ONCE, TextEngine
from signaal.anonymise.text.nlp_open import open_nlp
from signaal.schemas.settings import Settings

Results = list[list[RecognizerResult] | None]
_engines: list[TextEngine] = []


class ParallelEngine(TextEngine):
    """A ``TextEngine`` whose reading is done by ``settings.processes`` processes; its answers are the same.

    Each process opens its own engine once, which takes seconds and some 500 MB, and reads batches of the
    size that one process would: the network's answers are the same to the last bit. Texts that make one
    batch are read in this process. A process that dies leaves the texts of the unfinished batches
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

    def analyse(self, texts: list[str]) -> Results:
        if len(texts) <= TEXTS_AT_ONCE:
            return super().analyse(texts)
        batches = [texts[at : at + TEXTS_AT_ONCE] for at in range(0, len(texts), TEXTS_AT_ONCE)]
        try:
            answers = [self._pool.submit(_analyse, batch) for batch in batches]
        except BrokenProcessPool:
            self.close()
            answers = [self._pool.submit(_analyse, batch) for batch in batches]
        return [
            result
            for batch, answer in zip(batches, answers, strict=True)
            for result in results_of(batch, answer)
        ]


def results_of(batch: list[str], answer: "Future[Results]") -> Iterator[list[RecognizerResult] | None]:
    """What a process answers for each text of a batch; None for all of them where it gives no answer."""
    try:
        yield from answer.result()
    except Exception:
        yield from (None for _ in batch)


def _open_engine(settings: Settings) -> None:
    _engines.append(TextEngine(open_nlp(settings), settings.score_threshold))


def _analyse(texts: list[str]) -> Results:
    return _engines[0].analyse(texts)
