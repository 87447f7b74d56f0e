"""The forms that personal data takes, read from ``second_look.yaml``."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from signaal.schemas.column import Frozen
from signaal.validation.spelling import bare

_FILE = Path(__file__).parent / "second_look.yaml"


class Shapes(Frozen):
    """Regular expressions and words of the second look; the data file says what each is for."""

    placeholder: re.Pattern[str]
    own_placeholder: re.Pattern[str]
    stand_in: re.Pattern[str]
    dictated: re.Pattern[str]
    worth_looking: re.Pattern[str]
    many_digits: re.Pattern[str]
    decimal: re.Pattern[str]
    whole_decimal: re.Pattern[str]
    moments: re.Pattern[str]
    amounts: re.Pattern[str]
    email: re.Pattern[str]
    postcode: re.Pattern[str]
    iban: re.Pattern[str]
    bsn: re.Pattern[str]
    phone: re.Pattern[str]
    mobile: re.Pattern[str]
    phone_without_zero: re.Pattern[str]
    phone_abroad: re.Pattern[str]
    digit_words: dict[str, str]
    iban_lengths: dict[str, int]
    postcode_not: frozenset[str]
    postcode_not_in_small_letters: frozenset[str]
    no_answers: frozenset[str]
    common_words: frozenset[str]


@lru_cache
def shapes() -> Shapes:
    """The shapes, compiled once.

    Raises:
        ValueError: the data file names an unknown shape, or lacks one.
    """
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    patterns = {name: _compiled(value) for name, value in data.pop("patterns").items()}
    words = {name: _words(value) for name, value in data.items() if isinstance(value, str)}
    return Shapes.model_validate(data | patterns | words)


def _compiled(alternatives: str | list[str]) -> re.Pattern[str]:
    """One expression, or a list of which any may match."""
    if isinstance(alternatives, str):
        return re.compile(alternatives)
    parts = [part.replace("{n}", str(at)) for at, part in enumerate(alternatives)]
    return re.compile("|".join(f"(?:{part})" for part in parts))


def _words(block: str) -> frozenset[str]:
    """The words of a block in small letters, without whatever is no letter or digit."""
    return frozenset("".join(filter(str.isalnum, bare(word).casefold())) for word in block.split())
