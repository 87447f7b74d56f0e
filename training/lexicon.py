"""What is known of a word, as a static vector: whether Dutch word lists have it, how often it is seen small.

A name of a person in a hard-to-reach group is in no list. The network cannot tell a word that it never saw
from a name that it never saw, unless it is told which words are Dutch. The table holds one row for every
combination of facts and, of the words themselves, no more than their hash.
"""

from collections import Counter
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.vectors import Vectors  # type: ignore[import-not-found]

from .silver import read_conllu, read_wikiann

FACTS = ("approved", "inflected", "proper", "seen small", "often small", "short")
SEEN, OFTEN, SHORT = 1, 20, 4
LISTS = {"approved": "opentaal-basiswoorden-gekeurd.txt", "inflected": "opentaal-flexies-ongekeurd.txt"}


def facts(data: Path) -> dict[str, frozenset[str]]:
    """Gather the facts about each word (small letters) from word lists and running text in `data`."""
    known: dict[str, set[str]] = {}
    for fact, name in LISTS.items():
        for word in (data / name).read_text(encoding="utf-8").splitlines():
            if word.strip() and " " not in word.strip():
                known.setdefault(word.strip().lower(), set()).add(fact if word[0].islower() else "proper")
    for word, count in small_words(data).items():
        if count > SEEN:
            known.setdefault(word, set()).add("often small" if count > OFTEN else "seen small")
    for word, marks in known.items():
        if len(word) < SHORT:
            marks.add("short")
    return {word: frozenset(marks) for word, marks in known.items()}


def small_words(data: Path) -> Counter[str]:
    """Count the words written with a small letter in the real sentences, names left out."""
    counts: Counter[str] = Counter()
    for path in sorted(data.glob("*.conllu")):
        words = (word for tree in read_conllu(path) for word in tree)
        counts.update(form for form, pos, _ in words if form.islower() and pos != "PROPN")
    for path in sorted(data.glob("wikiann-nl-*.tsv")):
        for sample in read_wikiann(path):
            named = {word for text, _ in sample.named() for word in text.split()}
            small = (word for word in sample.text.split() if word.islower() and word.isalpha())
            counts.update(word for word in small if word not in named)
    return counts


def add_to(nlp: Language, data: Path) -> int:
    """Give the pipeline's vocabulary the table; returns the number of words that have a row."""
    words = facts(data)
    rows = {marks: row for row, marks in enumerate(sorted(set(words.values()), key=sorted))}
    table = np.zeros((len(rows), len(FACTS) + 1), dtype="float32")
    for marks, row in rows.items():
        table[row] = [*(fact in marks for fact in FACTS), 1.0]
    vectors = Vectors(strings=nlp.vocab.strings, data=table, name="nl_signaal", attr="LOWER")
    for word, marks in sorted(words.items()):
        vectors.add(get_string_id(word), row=rows[marks])
    nlp.vocab.vectors = vectors
    return len(words)
