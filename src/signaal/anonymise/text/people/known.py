"""What is known of a record or a document: names and numbers that belong to somebody."""

import re
from dataclasses import dataclass

from signaal.anonymise.text.people.word_lists import NO_ANSWERS
from signaal.schemas.entities import Entity


@dataclass(frozen=True, repr=False)
class Known:
    """A value that belongs to somebody: what it is, and how it is written."""

    entity: Entity
    value: str


def names_nobody(value: str) -> bool:
    """Whether a cell says that there is no answer, as "n.v.t." does: it must not be searched for."""
    return " ".join(re.findall(r"\w+", value.casefold())) in NO_ANSWERS | {""}
