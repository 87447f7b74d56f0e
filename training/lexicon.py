"""Compile the lexicon: what word lists, running text, registers and name lists say of each word.

    python -m training.lexicon [--shared ../shared] [--out src/signaal/anonymise/model/lexicon.npz]

Of the words themselves the table holds no more than their hash.
"""

import argparse
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from random import Random

import numpy as np
import wordfreq
from faker.config import AVAILABLE_LOCALES
from spacy.strings import get_string_id

from signaal.anonymise.text.lexicon import TABLE, WORD, Fact, letter_groups

from .names import popular_list, written_lists
from .silver import read_conllu, read_wikiann

LISTS = {
    "opentaal-basiswoorden-gekeurd.txt": Fact.BASE,
    "opentaal-basiswoorden-ongekeurd.txt": Fact.INFLECTED,
    "opentaal-flexies-ongekeurd.txt": Fact.INFLECTED,
}
FREQUENCIES = {Fact.SEEN: 0.0, Fact.COMMON: 1e-6, Fact.FREQUENT: 1e-5}
"""Share of the words of running text (wordfreq's large Dutch list) from which a word is called so."""
BUCKETS = 1 << 14
ROUNDS, RATE = 4, 0.02
SEED = 20240521


def facts(data: Path) -> dict[str, Fact]:
    """Gather what `data` (../shared/data) and the project's own lists say of each word in small letters."""
    known: defaultdict[str, Fact] = defaultdict(lambda: Fact(0))
    for name, fact in LISTS.items():
        for word in _lines(data / name):
            known[word.lower()] |= fact if word[0].islower() else Fact.PROPER
    for word, share in wordfreq.get_frequency_dict("nl", wordlist="large").items():
        for fact, least in FREQUENCIES.items():
            if share > least and not any(letter.isdigit() for letter in word):
                known[word] |= fact
    for word, count in small_words(data).items():
        if count > 1:
            known[word] |= Fact.SMALL
    for fact, names in gazetteers(data).items():
        for name in names:
            known[name] |= fact
    for fact, kind in ((Fact.FORENAME, "first_name"), (Fact.SURNAME, "last_name")):
        for name in single_words(invented_names(kind)):
            # Somewhere in the world "Die" and "Dag" are names; in Dutch they are words first.
            if not (known[name] & WORD and known[name] & Fact.FREQUENT):
                known[name] |= fact
    return {word: fact for word, fact in known.items() if fact}


def gazetteers(data: Path) -> dict[Fact, set[str]]:
    """Give the single words of names, towns and streets, particles and words of one letter left out."""
    lists = [*written_lists(), popular_list(data)]
    people = {
        Fact.FORENAME: [name for names in lists for name in names.forenames],
        Fact.SURNAME: [name for names in lists for name in names.surnames],
        Fact.PLACE: [line.split("\t")[-1] for line in _lines(data / "bag-places.tsv")],
        Fact.STREET: [line.split("\t")[-1] for line in _lines(data / "bag-streets.tsv")],
    }
    return {
        fact: single_words(names, whole=fact in Fact.STREET | Fact.PLACE) for fact, names in people.items()
    }


def single_words(names: Iterable[str], *, whole: bool = False) -> set[str]:
    """Give the words with a capital in names, in small letters; of `whole` names those of one word."""
    return {
        part.lower()
        for name in names
        for part in ([name] if whole else name.replace("-", " ").split())
        if len(part) > 1 and part[0].isupper() and " " not in part
    }


def invented_names(kind: str) -> set[str]:
    """Give the names that faker draws from, in every locale: `first_name` or `last_name`."""
    names: set[str] = set()
    for locale in AVAILABLE_LOCALES:
        try:
            provider = import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if attribute.startswith(kind) and isinstance(values, tuple | list | dict):
                names.update(str(value) for value in values)
    return names


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


def name_weights(names: Iterable[str], words: Iterable[str]) -> np.ndarray:
    """Learn which groups of letters tell names from words: logistic regression over hashed groups."""
    random = Random(SEED)
    cases = [(name, 1.0) for name in sorted(names)]
    plain = sorted(words)
    cases += [(word, 0.0) for word in random.sample(plain, min(len(plain), 2 * len(cases)))]
    weights = np.zeros(BUCKETS)
    grouped = [
        (np.array([zlib.crc32(group.encode()) % BUCKETS for group in letter_groups(word)]), truth)
        for word, truth in cases
    ]
    for _ in range(ROUNDS):
        random.shuffle(grouped)
        for places, truth in grouped:
            guess = 1 / (1 + np.exp(-10 * weights[places].mean()))
            np.add.at(weights, places, RATE * (truth - guess))
    return weights.astype("float16")


def compile_table(data: Path, out: Path) -> int:
    """Write the table; gives the number of words in it."""
    known = facts(data)
    hashes = np.array([get_string_id(word) for word in known], dtype="uint64")
    marks = np.array([int(fact) for fact in known.values()], dtype="uint16")
    order = np.argsort(hashes)
    people = gazetteers(data)
    named = people[Fact.FORENAME] | people[Fact.SURNAME]
    words = {
        word
        for word, fact in known.items()
        if fact & WORD and not fact & (Fact.FORENAME | Fact.SURNAME | Fact.PROPER)
    }
    weights = name_weights({name for name in named if not known[name] & WORD}, words)
    np.savez_compressed(out, hashes=hashes[order], facts=marks[order], weights=weights)
    return len(known)


def _lines(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and (" " not in line or "\t" in line)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=TABLE)
    arguments = parser.parse_args()
    print(compile_table(arguments.shared / "data", arguments.out), "words")
