"""How a word enters the network: its letters, its shape, and what the lexicon knows of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)
from thinc.types import Floats2d

from signaal.anonymise.text.lexicon import WORD, Fact, Lexicon, bundled_lexicon

FEATURES = 6
REMEMBERED = 200_000
LIKENESS_STEPS = 6
_NAME = Fact.FORENAME | Fact.SURNAME | Fact.PLACE | Fact.STREET | Fact.PROPER


@registry.architectures("signaal.WordEmbedding.v1")  # type: ignore[untyped-decorator]
def word_embedding(width: int, rows: list[int]) -> Model[list[Doc], list[Floats2d]]:
    """Embeds every token by six hashed features, mixed by one layer, as spaCy's MultiHashEmbed does.

    Args:
        width: numbers a token.
        rows: rows of the table of each feature: the word in small letters, its first three letters,
            its last three, its last five, its shape, and what the lexicon knows of it.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, rows[column], column=column, seed=8 + column) for column in range(FEATURES)
    ]
    mixed: Model[Any, Any] = chain(
        concatenate(*tables), Maxout(width, width * FEATURES, nP=3, normalize=True, dropout=0.0)
    )
    ragged: Model[Any, Any] = with_array(mixed)
    return chain(_features(), list2ragged(), ragged, ragged2list())


def _features() -> Model[list[Doc], list[Any]]:
    # Not an attribute of the model: those are written to disk with the weights, and these are words read.
    remembered: dict[int, np.ndarray] = {}
    return Model("word_features", partial(_forward, remembered))


def _forward(
    remembered: dict[int, np.ndarray],
    model: Model[list[Doc], list[Any]],
    docs: list[Doc],
    is_train: bool,
) -> tuple[list[Any], Callable[[list[Any]], list[Doc]]]:
    if len(remembered) > REMEMBERED:
        remembered.clear()
    arrays = [_doc_features(doc, remembered) for doc in docs]
    return arrays, lambda _: []


def _doc_features(doc: Doc, remembered: dict[int, np.ndarray]) -> np.ndarray:
    rows = []
    orths: list[int] = np.asarray(doc.to_array([ORTH])).reshape(-1).tolist()
    for orth in orths:
        row = remembered.get(orth)
        if row is None:
            row = remembered[orth] = word_features(doc.vocab.strings[orth], bundled_lexicon())
        rows.append(row)
    return np.asarray(rows, dtype="uint64").reshape(len(doc), FEATURES)


def word_features(word: str, lexicon: Lexicon) -> np.ndarray:
    """The six features of a word as 64-bit numbers, zero where one does not apply."""
    small = "".join("0" if letter.isdecimal() else letter for letter in word.lower())
    texts = (small, f"^{small[:3]}", f"{small[-3:]}$", f"{small[-5:]}$$", f"/{_shape(word)}")
    known = signature(word, lexicon)
    return np.array([*(get_string_id(text) for text in texts), known + 1], dtype="uint64")


def signature(word: str, lexicon: Lexicon) -> int:
    """What the lexicon knows of a word as one number: equal numbers are equal knowledge."""
    if not any(letter.isalpha() for letter in word):
        return 0
    facts = lexicon.facts(word)
    if facts & WORD and not facts & _NAME:
        return 1 << 20 | int(facts)
    likeness = int(lexicon.name_likeness(word) * (LIKENESS_STEPS - 1e-6))
    other = 0
    if not facts & WORD:
        other = 1 + (lexicon.is_compound(word) + 2 * lexicon.is_slip(word))
    return 1 << 21 | int(facts) | likeness << 12 | other << 16


def _shape(word: str) -> str:
    """X for a capital, x for a small letter, 9 for a digit; runs of more than four are cut."""
    shape = ""
    for letter in word:
        sign = "9" if letter.isdecimal() else "X" if letter.isupper() else "x" if letter.isalpha() else letter
        if shape[-4:] != sign * 4:
            shape += sign
    return shape
