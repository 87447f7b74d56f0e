"""Runs of words, to see whether one text was copied from another."""

import re

_MARK = re.compile(r"\{\{\??\w+(?::[\w-]+)?\|([^{}]*)\}\}")
_WORD = re.compile(r"[^\W\d_]+|\{")


def runs(text: str, words_in_a_row: int) -> set[tuple[str, ...]]:
    """The runs of so many words of a text, marks left out; a name that is drawn anew breaks a run."""
    words = _WORD.findall(_MARK.sub(r"\1", text).lower())
    return {tuple(words[at : at + words_in_a_row]) for at in range(len(words) - words_in_a_row + 1)}
