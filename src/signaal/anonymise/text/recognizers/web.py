"""URL: web addresses."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer


class UrlRecognizer(DutchPatternRecognizer):
    """An address with its scheme, with www, or a host under a domain in common use here.

    Source: RFC 3986. Examples: https://voorbeeld.nl/wie, www.voorbeeld.nl, voorbeeld.org/team.
    """

    ENTITY: ClassVar[str] = "URL"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern("scheme or www", r"(?i)\b(?:https?://|ftp://|www\.)[^\s<>\"')\]]{2,500}", 0.9),
        Pattern(
            "host",
            r"(?i)(?<![\w@.-])[\w-]{2,63}(?:\.[\w-]{2,63}){0,3}\.(?:nl|com|org|net|eu|be|de|info|nu|app|io)(?:/[^\s<>\"')\]]{0,500})?(?![\w@.-]*@)\b",
            0.6,
        ),
    ]
