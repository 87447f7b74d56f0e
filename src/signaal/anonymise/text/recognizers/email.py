"""EMAIL_ADDRESS."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.anchored import AnchoredPattern, AnchoredRecognizer
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_WORDS = word_lists("web_words")
_AT = one_of(_WORDS["at"])
_DOT = rf"(?:\s?\.\s?|\s{one_of(_WORDS['dot'])}\s|\s?[(\[](?:punt|dot)[)\]]\s?)"
_DOMAIN = rf"(?i:{one_of(_WORDS['domains'] + _WORDS['word_domains'])})(?![\w-])"
_JOINED = rf"(?:{_DOT}|\s{one_of(_WORDS['joiners'])}\s)"
_PART = rf"(?:(?:{one_of(_WORDS['particles'])})\s){{0,2}}[\w+&-]{{1,40}}"
_HOST = rf"[\w-]{{1,63}}(?:{_JOINED}[\w-]{{1,63}}){{0,4}}?{_DOT}{_DOMAIN}"
_SPOKEN_AT = "ap?en?staart|\\bat\\b"


class EmailRecognizer(AnchoredRecognizer):
    """A mailbox at a host, as RFC 5322 and RFC 6531 write it, with blanks, or as it is said.

    Presidio's own recogniser asks the network for the list of public suffixes; this one does not.
    Examples: f.elamrani@voorbeeld.nl, jan @ voorbeeld.nl, jan(at)voorbeeld.nl, "jan punt de vries
    apenstaartje voorbeeld punt nl".
    """

    ENTITY: ClassVar[str] = "EMAIL_ADDRESS"
    PATTERNS: ClassVar[list[Pattern]] = [
        AnchoredPattern(
            "address",
            r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,6}",
            1.0,
            "@",
            before=66,
            after=300,
        ),
        AnchoredPattern(
            "address with blanks",
            rf"(?<![\w.+-])[\w+-]{{1,64}}+(?:\s?\.\s?[\w+-]{{1,64}}+){{0,3}}\s?@\s?[\w-]{{1,63}}+"
            rf"(?:\s?[.,]\s?[\w-]{{2,63}}+){{0,3}}?(?:\s?[.,]\s?|\s){_DOMAIN}",
            0.8,
            "@",
            before=140,
            after=150,
        ),
        AnchoredPattern(
            "address at a mail provider",
            rf"(?i)(?<![\w.+-])[\w.+-]{{1,64}}+\s?(?:@|{_AT})\s?{one_of(_WORDS['providers'])}(?![\w-])",
            0.8,
            f"@|{_SPOKEN_AT}",
            before=140,
            after=40,
        ),
        AnchoredPattern(
            "address with its signs in words",
            rf"(?i)(?<![\w.+@-])[\w.+-]{{1,64}}+(?:{_JOINED}{_PART}){{0,6}}(?:\s?{_AT}\s?|\s?@\s?){_HOST}",
            0.9,
            f"@|{_SPOKEN_AT}",
            before=200,
            after=150,
        ),
    ]
