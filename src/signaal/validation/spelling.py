"""The ways in which one text can be written, made one."""

import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def plain(text: str) -> str:
    """The text with one kind of blank, dash and digit, and without characters that nobody sees.

    Compatibility forms become ordinary ones (Unicode NFKC): ``１２３４ ＡＢ`` becomes ``1234 AB``.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(map(_visible, composed))


def bare(text: str) -> str:
    """The text without diacritics: ``Zoë`` becomes ``Zoe``."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _visible(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return "" if unicodedata.category(letter) == "Cf" else letter
