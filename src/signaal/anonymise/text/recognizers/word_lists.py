"""The word lists that the recognisers read, and how a list becomes a part of a pattern."""

import re
from collections.abc import Iterable
from pathlib import Path

import yaml


def word_lists(name: str) -> dict[str, list[str]]:
    """The lists in the YAML file of that name beside this module, by their headings."""
    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = yaml.safe_load(text)
    return lists


def one_of(words: Iterable[str]) -> str:
    """A pattern for any one of the words, the longest first; a blank in a word is any one blank."""
    escaped = (re.escape(word).replace(r"\ ", r"\s") for word in sorted(set(words), key=len, reverse=True))
    return f"(?:{'|'.join(escaped)})"


_LISTED = word_lists("abbreviations")
NEW_WORDS = frozenset(_LISTED["new"])
"""Words that are newer than the lists of the lexicon, in small letters."""
ABBREVIATIONS = frozenset(word for heading, words in _LISTED.items() if heading != "new" for word in words)
"""Abbreviations in use that no word list has, in small letters."""
