"""Every word of the report is there, fits its place, and is used."""

import re
from enum import StrEnum
from importlib.resources import files

import pytest
import yaml
from pydantic import ValidationError

from signaal.schemas.column import Role
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code
from signaal.schemas.report import State
from signaal.schemas.verdict import Check
from signaal.validation.report.charts import LABEL_LENGTH
from signaal.validation.report.words import Words, load_words
from signaal.validation.risk.uniqueness import Model

PACKAGE = files("signaal.validation.report")
WORDS = load_words()
SPOKEN: list[tuple[str, type[StrEnum]]] = [
    ("entities", Entity),
    ("states", State),
    ("checks", Check),
    ("codes", Code),
    ("roles", Role),
    ("models", Model),
]


@pytest.mark.parametrize(("part", "kind"), SPOKEN)
def test_every_member_has_words_of_its_own(part: str, kind: type[StrEnum]) -> None:
    said = getattr(WORDS, part)
    assert set(said) == set(kind)
    assert len({str(words) for words in said.values()}) == len(kind)


@pytest.mark.parametrize(("part", "kind"), SPOKEN)
def test_a_member_without_words_is_refused(part: str, kind: type[StrEnum]) -> None:
    content = yaml.safe_load((PACKAGE / "words.nl.yaml").read_text(encoding="utf-8"))
    del content[part][next(iter(kind)).value]
    with pytest.raises(ValidationError, match=f"no words for {next(iter(kind)).value}"):
        Words.model_validate(content)


def test_words_are_not_the_names_of_the_program() -> None:
    assert not {str(name) for name in Entity} & set(WORDS.entities.values())
    assert not [check for check, said in WORDS.checks.items() if check in f"{said.title} {said.sentence}"]


def test_every_check_has_a_sentence_without_numbers_and_a_noun_for_its_failures() -> None:
    for said in WORDS.checks.values():
        assert said.plain
        assert "{" not in said.plain
        assert said.noun in WORDS.nouns


def test_labels_of_charts_are_not_cut_short() -> None:
    labels = [*WORDS.entities.values(), *(role.name for role in WORDS.roles.values())]
    labels += [said.title for said in WORDS.checks.values()] + [said.title for said in WORDS.codes.values()]
    labels += [WORDS.no_check.title, WORDS.no_code.title, WORDS.undeclared.name]
    assert [label for label in labels if len(label) > LABEL_LENGTH] == []


def test_every_word_of_the_page_is_used() -> None:
    sources = [item for item in PACKAGE.iterdir() if item.name.endswith((".py", ".html"))]
    text = "\n".join(item.read_text(encoding="utf-8") for item in sources)
    used = set(re.findall(r"""[."']([a-z_]+)\b""", text))
    assert [
        (section, sorted(set(said) - used)) for section, said in WORDS.page.items() if set(said) - used
    ] == []


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 bestanden"), (1, "1 bestand"), (2, "2 bestanden"), (1234, "1.234 bestanden")]
)
def test_a_number_has_the_noun_that_fits(number: int, said: str) -> None:
    assert WORDS.amount("file", number) == said


@pytest.mark.parametrize(
    ("parts", "said"), [(["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_an_enumeration_ends_with_and(parts: list[str], said: str) -> None:
    assert WORDS.enumeration(parts) == said
