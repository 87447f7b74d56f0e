"""A source's name and glob from a file name that may hold anybody's name."""

import re
from functools import cache
from pathlib import PurePosixPath

from signaal.anonymise.propose.rules import words, words_of
from signaal.schemas.batch import KNOWN_SUFFIXES
from signaal.schemas.errors import Code, FileNotTakenError

FALLBACK = "bron"
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME = 40
_NOTES = frozenset({".txt", ".md", ".docx"})


def source_name(file_name: str) -> str:
    """A name for the source: the harmless words of the file name, or ``bron``."""
    said = dict.fromkeys(words_of(word).replace(" ", "_") for word in _harmless(file_name))
    name = ""
    for word in said:
        longer = f"{name}_{word}" if name else word
        name = longer if len(longer) <= _LONGEST_NAME else name
    return name or FALLBACK


def file_glob(file_name: str) -> str:
    """A glob that fits the file and repeats its ending and its harmless words only.

    Raises:
        FileNotTakenError: files with this ending cannot be read.
    """
    suffix = PurePosixPath(file_name).suffix
    if suffix.lower() not in KNOWN_SUFFIXES:
        known = ", ".join(sorted(KNOWN_SUFFIXES))
        raise FileNotTakenError(
            Code.UNKNOWN_FORMAT,
            f"the file is of a kind that cannot be read; save it as one of {known}, and propose again",
        )
    return "*".join(["", *_harmless(file_name), suffix])


def is_table(file_name: str) -> bool:
    """Whether files with this ending hold columns."""
    return PurePosixPath(file_name).suffix.lower() in KNOWN_SUFFIXES - _NOTES


def is_text_file(file_name: str) -> bool:
    """Whether a program or a person wrote the cells as text; others store numbers and dates as such."""
    return PurePosixPath(file_name).suffix.lower() in {".csv", *_NOTES}


def _harmless(file_name: str) -> list[str]:
    """The harmless words as the file name writes them; none that is part of a surname."""
    stem = PurePosixPath(file_name.replace("\\", "/")).stem
    found = [word for part in _WORD.findall(stem) for word in _CAMEL.split(part)]
    before = ["", *(words_of(word) for word in found)]
    return [
        word
        for word, previous in zip(found, before, strict=False)
        if previous not in words().particles and _compound().fullmatch(words_of(word))
    ]


@cache
def _compound() -> re.Pattern[str]:
    known = "|".join(sorted(words().file_name, key=len, reverse=True))
    return re.compile(rf"(?:(?:{known})s?)+")
