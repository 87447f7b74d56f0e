"""What models call personal data, and what it is called here."""

import csv
from collections.abc import Iterable
from pathlib import Path

from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError

PREFIXES = ("B-", "I-", "E-", "S-", "L-", "U-", "M-")
"""Where in a name a token stands, in the schemes BIO, BIOES, BILOU and BMES."""


def label_table(name: str) -> dict[str, Entity | None]:
    """A table of labels beside this module: what each stands for, None where it says nothing of a person."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as rows:
        return {
            row["label"]: Entity(row["entity"]) if row["entity"] else None for row in csv.DictReader(rows)
        }


def bare(label: str) -> str:
    """The label without the mark of a token's place in a name."""
    return label[2:] if label.startswith(PREFIXES) else label


def entities_of(labels: Iterable[str]) -> dict[str, str]:
    """The labels of a model, bare, with what they stand for; those that say nothing of a person are left out.

    Dates, times and amounts are left out as well: the recognisers by pattern judge those with more
    care. A label that no table knows is taken for a term that may give somebody away.

    Raises:
        ConfigurationError: no label stands for a person, so that every name would be let go.
    """
    known = {**{str(entity): entity for entity in Entity}, **label_table("nlp_labels.csv")}
    meant = {label: known.get(label.upper(), Entity.UNKNOWN_TERM) for label in map(bare, labels) if label}
    if Entity.PERSON not in meant.values():
        raise ConfigurationError("the model set as `model` finds no people: set another, or leave it out")
    return {label: str(entity) for label, entity in meant.items() if entity is not None}
