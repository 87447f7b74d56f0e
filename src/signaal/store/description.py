"""What was done to a column, in plain Dutch; the words are in ``codebook.yaml``."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from signaal.schemas.column import Column, Frozen, Generalise, Role
from signaal.schemas.hierarchy_words import hierarchy_words


class QuasiWords(Frozen):
    """The parts of the sentence about a quasi-identifier; ``bounds`` by which of them are known."""

    start: str
    bounds: dict[str, str]
    one_level: str
    more_levels: str
    end: str


class Words(Frozen):
    """All of ``codebook.yaml``: sentences by role and action."""

    roles: dict[Role, dict[str, str]]
    parent: str
    quasi_identifier: QuasiWords


def describe(column: Column, levels: Sequence[str] = ()) -> str:
    """What was done to a column, or to columns that are treated alike.

    Args:
        column: the column.
        levels: the names of the levels on which a quasi-identifier is published; empty where that is
            not known yet.
    """
    if column.generalise is not None:
        return _described(column.generalise, levels)
    sentences = _words().roles[column.role]
    return sentences[column.action if column.role is Role.DIRECT_IDENTIFIER else "as_is"]


def describe_parent() -> str:
    """What the column ``parent_id`` of a repeat group is."""
    return _words().parent


def _described(generalise: Generalise, levels: Sequence[str]) -> str:
    words = _words().quasi_identifier
    known = hierarchy_words(generalise.hierarchy)
    names = list(known.levels)
    finest = generalise.finest or known.finest or next(iter(names), "")
    coarsest = generalise.coarsest or next(reversed(names), "")
    sentence = words.start + words.bounds[_bounds(finest, coarsest)]
    if levels:
        sentence += words.one_level if len(levels) == 1 else words.more_levels
    return (sentence + words.end).format(
        hierarchy=known.name,
        finest=known.level(finest),
        coarsest=known.level(coarsest),
        levels=", ".join(map(known.level, levels)),
    )


def _bounds(finest: str, coarsest: str) -> str:
    """Which of both bounds are known."""
    if finest and coarsest:
        return "same" if finest == coarsest else "both"
    return "finest" if finest else "coarsest" if coarsest else "none"


@cache
def _words() -> Words:
    text = files(__package__).joinpath("codebook.yaml").read_text(encoding="utf-8")
    return Words.model_validate(yaml.safe_load(text))
