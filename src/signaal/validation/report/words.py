"""The Dutch words of the report, read from ``words.nl.yaml`` and checked to be complete."""

from collections.abc import Collection
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

import yaml
from pydantic import Field, model_validator

from signaal.schemas.column import Frozen, Role, Sentence
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code
from signaal.schemas.report import State
from signaal.schemas.verdict import Check
from signaal.validation.report.notation import count
from signaal.validation.risk.uniqueness import Model

Forms = tuple[Sentence, Sentence]
"""How something is said of one, and of any other number."""


class StateWords(Frozen):
    """A state: as a heading, within a sentence, and what it means."""

    name: Sentence
    part: Sentence
    meaning: Sentence


class CheckWords(Frozen):
    """A check that failed: its heading, the sentence with its numbers or without, what to do.

    ``met``: the sentence where the measure meets its limit and the check failed all the same.
    """

    title: Sentence
    sentence: Sentence
    plain: Sentence = ""
    met: Sentence = ""
    action: Sentence
    noun: str = "record"
    measure: Literal["count", "number", "share"] = "count"


class CodeWords(Frozen):
    """A problem with a file: its heading, what it means, what to do, whether ``propose`` helps."""

    title: Sentence
    meaning: Sentence
    action: Sentence
    propose: bool = False


class RoleWords(Frozen):
    """A role of columns and what happens to them."""

    name: Sentence
    treatment: Sentence


class SummaryWords(Frozen):
    """The sentence on top: what the officer has to do now."""

    nothing: Sentence
    done: Sentence
    waiting: Forms
    also_dropped: Forms


class Words(Frozen):
    """Every word of the page. ``page`` holds those of one place each, by section.

    Raises:
        ValueError: a member of Entity, State, Check, Code, Role or Model has no words.
    """

    entities: dict[Entity, Sentence]
    states: dict[State, StateWords]
    checks: dict[Check, CheckWords]
    no_check: CheckWords
    codes: dict[Code, CodeWords]
    no_code: CodeWords
    roles: dict[Role, RoleWords]
    models: dict[Model, Sentence]
    undeclared: RoleWords
    nouns: dict[str, Forms]
    weekdays: Annotated[tuple[Sentence, ...], Field(min_length=7, max_length=7)]
    months: Annotated[tuple[Sentence, ...], Field(min_length=12, max_length=12)]
    summary: SummaryWords
    page: dict[str, dict[str, Sentence]]

    @model_validator(mode="after")
    def check_complete(self) -> Self:
        spoken: tuple[tuple[type[StrEnum], Collection[StrEnum]], ...] = (
            (Entity, self.entities.keys()),
            (State, self.states.keys()),
            (Check, self.checks.keys()),
            (Code, self.codes.keys()),
            (Role, self.roles.keys()),
            (Model, self.models.keys()),
        )
        if missing := [str(member) for kind, said in spoken for member in kind if member not in said]:
            raise ValueError(f"no words for {', '.join(missing)}")
        return self

    def amount(self, noun: str, number: int) -> str:
        """A number with its noun, such as ``1 bestand`` or ``1.234 bestanden``."""
        return f"{count(number)} {one_or_many(self.nouns[noun], number)}"

    def enumeration(self, parts: list[str]) -> str:
        """Parts in one line, such as ``a, b en c``."""
        *before, last = parts
        return f"{', '.join(before)} {self.page['common']['and']} {last}" if before else last


def one_or_many(forms: Forms, number: int) -> str:
    """The form that fits a number."""
    return forms[0] if number == 1 else forms[1]


@cache
def load_words() -> Words:
    """The words that ship with the package."""
    text = (files("signaal.validation.report") / "words.nl.yaml").read_text(encoding="utf-8")
    return Words.model_validate(yaml.safe_load(text))
