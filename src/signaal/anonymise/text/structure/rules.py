"""The lists behind the layouts that tell names, read once."""

from functools import cache, cached_property
from pathlib import Path

import yaml

from signaal.schemas.column import Frozen


class Rules(Frozen):
    """Headings, greetings and the words that name nobody; the comments in ``structure.yaml`` say more."""

    name_headings: frozenset[str]
    person_headings: frozenset[str]
    list_headings: frozenset[str]
    heading_fillers: frozenset[str]
    other_headings: frozenset[str]
    mail_headers: frozenset[str]
    greetings: frozenset[str]
    sign_offs: frozenset[str]
    nobody: frozenset[str]
    nobody_ends: tuple[str, ...]
    organisations: frozenset[str]
    organisation_ends: tuple[str, ...]
    organisation_kinds: frozenset[str]
    loose_kinds: frozenset[str]
    naming: frozenset[str]
    organisation_links: frozenset[str]
    surname_links: frozenset[str]
    surname_particles: frozenset[str]
    not_senders: frozenset[str]
    shortest_small: int
    longest_name: int

    @cached_property
    def heading_words(self) -> frozenset[str]:
        """Every word that may be within a heading."""
        phrases = self.name_headings | self.person_headings | self.heading_fillers | self.other_headings
        return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def rules() -> Rules:
    """The rules that ship with the package."""
    text = (Path(__file__).parent / "structure.yaml").read_text(encoding="utf-8")
    return Rules.model_validate(yaml.safe_load(text))
