"""Words one letter away from one of very many, found without a look at each of these.

A word and another that is one slip away (Damerau 1964) share a spelling from which one letter was left
out, or one is such a spelling of the other (Bocek, Hunt and Stiller 2007). Of these spellings an index
holds hashes only, sorted: twelve bytes each, where a dictionary of strings takes ten times as much.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from spacy.strings import get_string_id

from signaal.anonymise.text.people.forms import deletions, one_slip

SHORTEST, LONGEST = 6, 40
"""Letters of a word that is looked for with a slip: a shorter one is soon another name or word."""


class Slips:
    """An index of words by their spellings with one letter left out.

    Args:
        words: the words, folded; those outside ``SHORTEST`` and ``LONGEST`` are left out.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = sorted(word for word in words if SHORTEST <= len(word) <= LONGEST)
        spellings = chain.from_iterable(map(_spellings, self._words))
        hashes = np.fromiter(map(get_string_id, spellings), dtype=np.uint64)
        sizes = [len(word) + 1 for word in self._words]
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._places = np.repeat(np.arange(len(self._words), dtype=np.uint32), sizes)[order]

    def near(self, written: str) -> Iterator[str]:
        """Every word of the index that is one slip away from a folded word, in the alphabet's order."""
        if not SHORTEST - 1 <= len(written) <= LONGEST + 1:
            return
        hashes = np.array([get_string_id(each) for each in _spellings(written)], dtype=np.uint64)
        first = self._hashes.searchsorted(hashes, "left")
        last = self._hashes.searchsorted(hashes, "right")
        if (first == last).all():
            return
        reached = {int(at) for start, end in zip(first, last, strict=True) for at in self._places[start:end]}
        yield from (self._words[at] for at in sorted(reached) if one_slip(written, self._words[at]))


def _spellings(word: str) -> list[str]:
    return [word, *deletions(word)]
