"""The rules by which a column is recognised: data beside this module, read and checked once."""

import re
import unicodedata
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from signaal.schemas.column import Action, Frozen, Generalise, Role
from signaal.schemas.entities import Entity

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Content(StrEnum):
    """What the cells must be before a rule on a heading counts."""

    TEXT = "text"
    NUMBER = "number"
    SCALE = "scale"
    DATE = "date"


class Verdict(Frozen):
    """The role that a rule gives, with the Dutch reason for the comment."""

    role: Role
    reason: str
    entity: Entity | None = None
    action: Action = Action.DROP
    generalise: Generalise | None = None


class HeadingRule(Verdict):
    """A rule on the words of a heading. ``opinion`` marks a question for an opinion."""

    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    content: Content | None = None
    opinion: bool = False

    @cached_property
    def _wanted(self) -> re.Pattern[str]:
        return _any_of(self.patterns)

    @cached_property
    def _unwanted(self) -> re.Pattern[str] | None:
        return _any_of(self.unless) if self.unless else None

    def matches(self, words: str) -> bool:
        """Whether the rule is about a heading, given as ``words_of`` writes it."""
        return bool(self._wanted.search(words)) and not (self._unwanted and self._unwanted.search(words))


class Vocabulary(Verdict):
    """A rule on the words of short answers."""

    words: frozenset[str]


class Words(Frozen):
    """Lists of words; words.yaml says what each is for."""

    file_name: frozenset[str]
    particles: frozenset[str]
    answers: frozenset[str]
    name_particles: frozenset[str]
    streets: frozenset[str]
    logbook: frozenset[str]
    logbook_beside: frozenset[str]
    no_answers: tuple[str, ...]
    no_answer_codes: tuple[str, ...]
    parent_headings: tuple[str, ...]
    key_headings: tuple[str, ...]
    question_headings: tuple[re.Pattern[str], ...]


class Limits(Frozen):
    """Shares and counts; thresholds.yaml says what each is for."""

    identifier_share: float
    bsn_share: float
    postcode_share: float
    address_share: float
    name_share: float
    person_distinct: float
    date_share: float
    number_share: float
    fit_share: float
    boolean_cells: int
    birth_span_years: int
    vocabulary_share: float
    code_distinct: float
    categories: int
    own_words: int
    own_words_share: float
    own_words_share_quasi: float
    varied_share: float
    longest_closed: int
    first_year: int
    last_year: int
    oldest: int
    long_number: int
    checked_values: int


def words_of(text: str) -> str:
    """A text in lower case, without accents and signs, with one space between words."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", letters.lower()))


@cache
def heading_rules() -> tuple[HeadingRule, ...]:
    """The rules on headings, in the order of the file."""
    return TypeAdapter(tuple[HeadingRule, ...]).validate_python(_read("headings"))


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """The rules on answers, in the order of the file."""
    return TypeAdapter(tuple[Vocabulary, ...]).validate_python(_read("vocabularies"))


@cache
def words() -> Words:
    """The lists of words."""
    return Words.model_validate(_read("words"))


@cache
def limits() -> Limits:
    """The thresholds."""
    return Limits.model_validate(_read("thresholds"))


def _read(name: str) -> object:
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})(?![^\W_])")
