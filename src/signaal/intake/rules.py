"""The lists and limits that intake goes by, from ``rules.yaml``."""

from functools import cache
from pathlib import Path

import yaml

from signaal.schemas.column import Frozen


class Rules(Frozen):
    """What intake goes by.

    ``skipped_names``: files and folders that nobody means to hand in, as globs in lower case.
    ``signatures``: first bytes, in hexadecimal, by the kind of file that starts with them.
    ``encodings``: those of one byte a character that are tried, the usual one first.
    ``letters``, ``signs``: the characters outside ASCII that are expected. ``common_letters`` are the
    everyday ones; ``joining_signs`` may stand between two letters, other signs not, and
    ``opening_signs`` not even behind one. ``min_expected_share``: share that must be expected;
    ``max_accented_share``: share of all letters that may lie outside ASCII; more is another script.
    ``delimiters``, ``sample_records``: what may part cells; how many records are looked at for it.
    ``max_control_share``: share of control characters beyond which a file is no text.
    ``max_unpacked_bytes``, ``max_text_part_bytes``: what a packed file may be in all once unpacked,
    and each of its parts that is read into memory as a whole.
    """

    skipped_names: tuple[str, ...]
    signatures: dict[str, str]
    encodings: tuple[str, ...]
    letters: str
    common_letters: str
    signs: str
    joining_signs: str
    opening_signs: str
    min_expected_share: float
    max_accented_share: float
    delimiters: tuple[str, ...]
    sample_records: int
    max_control_share: float
    max_unpacked_bytes: int
    max_text_part_bytes: int


@cache
def rules() -> Rules:
    """The rules, read once."""
    text = Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8")
    return Rules.model_validate(yaml.safe_load(text))
