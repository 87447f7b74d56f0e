"""Short lists of words that bear on names, as data beside this module."""

import csv
from pathlib import Path


def column(file: str, name: str = "word") -> tuple[str, ...]:
    """One column of a list, in its order."""
    with (Path(__file__).parent / file).open(encoding="utf-8", newline="") as rows:
        return tuple(row[name] for row in csv.DictReader(rows))


PARTICLES = frozenset(column("particles.csv"))
"""Words within a name that belong to what follows them, in small letters."""
JOINING = frozenset(
    word
    for word, joins in zip(column("particles.csv"), column("particles.csv", "joins"), strict=True)
    if joins == "yes"
)
"""Particles that tie the names before and after them together; "bij" and "in" do not."""
STOP_WORDS = frozenset(column("stop_words.csv"))
"""Words so common that small letters never make them a name, not even after "mevrouw"."""
FUNCTION_WORDS = frozenset(column("function_words.csv"))
"""Pronouns, prepositions, conjunctions, articles and auxiliaries that are no name."""
TITLES = frozenset(column("titles.csv"))
"""Words before a name that say whose it is."""
ABBREVIATED_TITLES = frozenset(
    word
    for word, abbreviated in zip(column("titles.csv"), column("titles.csv", "abbreviated"), strict=True)
    if abbreviated == "yes"
)
"""Those of them that are written with a stop: behind it no sentence begins."""
LABELS = frozenset(column("labels.csv"))
"""Words after which a letter with a stop names a thing, as in "optie B."."""
ENDINGS = column("endings.csv", "ending")
"""Diminutive endings, the longest first."""
NO_ANSWERS = frozenset(column("no_answers.csv"))
"""What people fill in where they leave a name out."""
