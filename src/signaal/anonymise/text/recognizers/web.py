"""URL: web addresses."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.anchored import AnchoredPattern, AnchoredRecognizer
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_WORDS = word_lists("web_words")
_REST = r"[^\s<>\"')\]]"
_NO_STOP = r"(?<![.,;:!?…])"
_DOMAIN = one_of(_WORDS["domains"])
_CAPITAL_DOMAIN = one_of(word.upper() for word in _WORDS["domains"])
_WORD_DOMAIN = one_of(_WORDS["word_domains"])
_LABELS = r"[\w-]{2,63}+(?:\.[\w-]{2,63}+){0,3}?"
_PATH = rf"(?:[/?#]{_REST}{{0,500}}{_NO_STOP})?"
_DOT = rf"\s{one_of(_WORDS['dot'])}\s"
_JOINED = rf"(?:{_DOT}|\s{one_of(_WORDS['joiners'] + _WORDS['slash'])}\s)"
_NO_MAIL_BEFORE = rf"(?<!(?i:@|\b(?:{one_of(_WORDS['at'])}))\s?)"
_START = rf"(?<![\w@.-])(?=[\w-]{{2,63}}+\.){_NO_MAIL_BEFORE}"
_HOST_ANCHOR = rf"\.(?:{_DOMAIN}|{_WORD_DOMAIN})(?![a-z0-9])"


class UrlRecognizer(AnchoredRecognizer):
    """An address with its scheme, with www, or a host under a domain in common use here.

    Source: RFC 3986. Examples: https://voorbeeld.nl/wie, www.voorbeeld.nl, voorbeeld.org/team, "www
    punt voorbeeld punt nl". A domain that is a Dutch word as well ("de", "nu") needs a path or a word
    such as "site" before it, since a full stop without a blank looks the same.
    """

    ENTITY: ClassVar[str] = "URL"
    PATTERNS: ClassVar[list[Pattern]] = [
        AnchoredPattern(
            "scheme or www",
            rf"(?i)(?<![\w@])(?:(?:https?|ftp)://|www\.){_REST}{{2,500}}{_NO_STOP}",
            0.9,
            r"://|www\.",
            before=8,
            after=520,
        ),
        AnchoredPattern(
            "host",
            rf"{_START}{_LABELS}\.(?:{_DOMAIN}|{_CAPITAL_DOMAIN})(?![\w@-]|\.\w){_PATH}",
            0.6,
            _HOST_ANCHOR,
            before=260,
            after=520,
        ),
        AnchoredPattern(
            "host under a domain that is a word",
            rf"{_START}(?:(?<=(?i:\b{one_of(_WORDS['site_words'])}:?\s)){_LABELS}\.{_WORD_DOMAIN}"
            rf"(?![\w@-]|\.\w){_PATH}|{_LABELS}\.{_WORD_DOMAIN}/{_REST}{{0,500}}{_NO_STOP})",
            0.6,
            _HOST_ANCHOR,
            before=260,
            after=520,
        ),
        AnchoredPattern(
            "address in words",
            rf"(?i)\b(?:www{_DOT}\w{{1,63}}+(?:{_JOINED}\w{{1,63}}+){{1,6}}"
            rf"|{_NO_MAIL_BEFORE}(?<!(?:punt|dot|streepje|underscore)\s)"
            rf"\w{{2,63}}+(?:{_JOINED}\w{{1,63}}+){{0,3}}?{_DOT}(?:nl|com|org|net|eu)\b)",
            0.7,
            " (?:punt|dot) ",
            before=140,
            after=140,
        ),
    ]
