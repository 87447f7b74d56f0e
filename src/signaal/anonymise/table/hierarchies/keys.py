"""By what the different spellings of one value are known to be the same."""

import re
import unicodedata

_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_NO_LETTER = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """A text in lower case, without diacritics, with one kind of dash and apostrophe and single spaces."""
    # Signs go first: NFKD would take an acute accent apart into a space and a mark.
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIGNS).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def letters(text: str) -> str:
    """The letters and digits of a text alone: ``'s-Gravenhage`` is ``sgravenhage``."""
    return _NO_LETTER.sub("", plain(text))
