"""What hierarchies and their levels are called in Dutch, in the codebook and in the report."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from signaal.schemas.column import Frozen, Sentence


class HierarchyWords(Frozen):
    """A hierarchy, and its levels by their names, from fine to coarse.

    ``finest``: the level on which it starts where a declaration does not name one, if not the first.
    """

    name: Sentence
    levels: dict[str, Sentence]
    finest: str | None = None

    def level(self, name: str) -> str:
        """What a level is called; by its own name where there are no words for it."""
        return self.levels.get(name, name)


def hierarchy_words(name: str) -> HierarchyWords:
    """What a hierarchy is called: one of a project's own as its file calls it."""
    return shipped_words().get(name) or HierarchyWords(name=name, levels={})


@cache
def shipped_words() -> dict[str, HierarchyWords]:
    """The words for the hierarchies that ship, and for the link of a repeat group."""
    text = files(__package__).joinpath("hierarchy_words.nl.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, HierarchyWords]).validate_python(yaml.safe_load(text))
