"""NL_STREET_ADDRESS."""

from collections.abc import Iterator
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.anchored import AnchoredPattern, AnchoredRecognizer
from signaal.anonymise.text.recognizers.number_words import UP_TO_9999
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_WORDS = word_lists("street_words")
_AFTER = word_lists("after_number")
_STRONG = tuple(_WORDS["strong"])
_ORDINARY = frozenset(_WORDS["ordinary"])
_KINDS = frozenset(_WORDS["strong"] + _WORDS["weak"])
_NOT_NAMES = frozenset(_WORDS["not_names"])
_OUTSIDE = frozenset(_WORDS["outside"])
_LINKS = frozenset(_WORDS["links"])
_NEAR = frozenset(_WORDS["near"])
_LEADING_WORDS = frozenset(_WORDS["leading"])
_LONGEST_HEAD = 70
_LONGEST_CALLED = 16

_KIND = one_of(_KINDS)
_COUNTED = one_of(set(_AFTER["quantities"]) - {"op", "tegen", "bij", "tot", "m", "hoog", "+", "="})
_ADDITION = (
    r"(?:-?[a-zA-Z]{1,2}(?!\w)|[-/\s]?[IVX]{1,4}(?!\w)|[\s-]{0,3}(?:hs|huis|bis|zw|zwart|rood|rd|links|rechts|boven|"
    r"beneden|onder)(?!\w)|[\s-]{0,2}[1-9]e?\s?(?:hoog|hg|etage|verdieping)(?!\w)|\s[a-hA-H](?![\w'’])|[-/]\d{1,5}|"
    r"\s(?:t/m|-)\s\d{1,5})"
)
_END = rf"(?![\w€%])(?![.,:]\d)(?!\s?(?i:{_COUNTED})(?!\w))"
_NUMBER = rf"\d{{1,5}}(?:{_ADDITION}){{0,2}}{_END}"
_CALLED = r"(?:[.,]{0,2}\s(?:huisnummer|nummer|nr\.?|no\.?|t/o|tegenover))"
_IN_WORDS = rf"(?!(?:een|één|eén)(?!\w)){UP_TO_9999}(?:\s(?:[a-h]|bis|hs|huis))?(?!\w){_END}"
_CAPITAL = r"[A-ZÀ-Ž](?:[\w'’-]{1,30}|\.(?:[A-Z]\.){0,3})"
_LEADING = rf"(?i:{one_of(_WORDS['leading'])})"
_LINK = rf"(?i:{one_of(_WORDS['links'])})"
_NAME = rf"{_CAPITAL}(?:\s(?:{_LINK}\s){{0,2}}{_CAPITAL}){{0,2}}"
_CONTEXT = (
    r"(?:\b(?i:op|aan|in|naar|bij|van)\s(?:de|het|'t|’t)\s|\b(?i:woon(?:t|de|den)?|wonen(?:de)?)(?:\s\w+)?\s(?:(?:op|aan|in)\s)?(?:de\s|het\s)?"
    r"|\b(?i:\w{0,12}adres)(?:\s\w{1,15}){0,3}:?\s|\b(?:op|aan)\s)"
)
_ALONE = (
    r"(?!\s[a-zë]{3,}(?<!\s(?:in|met|van|waar|woont|staat|is|was|heeft|hoort|bij|naast|boven|vlak|niet|want|maar|"
    r"omdat|toen|dat|die|zijn)))"
)
_POSTCODE = r"(?=(?:[,;]\s{0,3}|\s{1,3})[1-9]\d{3}\s?[A-Za-z]{2}(?!\w))"

_CALLED_BEFORE = regex.compile(rf"{_CALLED}?[.,]{{0,2}}\s?\Z")
_CAPITAL_WORD = regex.compile(_CAPITAL)
_WHERE = regex.compile(rf"(?i)(?<!\w){one_of(_WORDS['where'])}:?\s(?:(?:de|het|'t|’t|d'n)\s)?\Z")
_SMALL_HEAD = regex.compile(
    r"(?<!\w)(?:op|aan|in|naar)\s(?:de|het)\s(?P<first>[a-zë]{3,20})\s(?:(?:van|de|der|den|la|ten|ter)\s){0,2}\Z"
)
_SENTENCE_START = regex.compile(r"(?:\A|[.!?:\n]\s*|[-•*]\s)\Z")


class NlStreetAddressRecognizer(AnchoredRecognizer):
    """A street as its last part, its house number or the words around it give it away.

    Source: NEN 5825 for house numbers and additions. Examples: Dorpsstraat 12-B, Burgemeester van
    der Laanplein, lange hilleweg 88, kerkstraat twaalf, op de Zonnehoek 3, Postbus 12. In small letters
    and without a number a street must stand after "op de" or the like, and be no ordinary word.
    """

    ENTITY: ClassVar[str] = "NL_STREET_ADDRESS"
    PATTERNS: ClassVar[list[Pattern]] = [
        AnchoredPattern(
            "street and house number",
            rf"(?<=(?i:{_KIND}){_CALLED}?[.,]{{0,2}})\s(?P<value>{_NUMBER})",
            0.9,
            " [0-9]",
            before=None,
        ),
        AnchoredPattern(
            "street by its last part",
            rf"(?i:{one_of(_STRONG)})(?!\w)(?P<number>\.?,?\s(?:nummer\s)?(?i:{_IN_WORDS}))?",
            0.6,
            one_of(_STRONG),
            before=None,
        ),
        AnchoredPattern(
            "name and house number after a word for where",
            r"(?<=(?<!\w)(?:[A-ZÀ-Ž][\w'’.-]{0,30}|nummer|nr\.?|t/o)[.,]?)\s"
            rf"(?<={_CONTEXT}{_NAME}{_CALLED}?\s)(?P<value>{_NUMBER}){_ALONE}",
            0.6,
            " [0-9]",
            before=None,
        ),
        AnchoredPattern(
            "name and house number before a postcode",
            rf"(?<={_CAPITAL},?)\s(?P<value>[1-9]\d{{0,4}}(?:{_ADDITION}){{0,2}}){_POSTCODE}",
            0.8,
            " [0-9]",
            before=None,
        ),
        AnchoredPattern(
            "street that starts with its kind",
            rf"\b{one_of(_WORDS['first'])}\s(?:{_LINK}\s){{1,2}}{_CAPITAL}(?:\s{_CAPITAL})?(?:,?\s{_NUMBER})?"
            rf"|\b(?i:{one_of(_WORDS['first'])}\s(?:van|der|den|aan|op)\s(?:(?:de|den|der|het)\s)?[\w-]+\s{_NUMBER})",
            0.7,
            rf"(?:{'|'.join(_WORDS['first']).lower()}) (?:{'|'.join(_WORDS['links'])}) ",
            before=0,
            after=70,
        ),
        AnchoredPattern(
            "post box",
            r"(?i)\b(?:postbus|antwoordnummer)\s?(?:nr\.?\s|nummer\s)?\d{1,6}\b",
            0.8,
            "postbus|antwoordn",
            before=1,
            after=30,
        ),
        AnchoredPattern(
            "house boat",
            rf"(?i:\bwoon(?:boot|schip|ark)(?:en)?)\s(?:(?:['\"‘“][^'\"’”\n]{{2,30}}['\"’”]|(?:(?:nummer|nr\.?)\s)?{_NUMBER}|"
            rf"{_CAPITAL}(?:\s{_CAPITAL})?(?:\s{_NUMBER})?))",
            0.7,
            "woon(?:boot|schip|ark)",
            before=1,
            after=60,
        ),
    ]

    def _by_pattern(self, text: str) -> Iterator[RecognizerResult]:
        for result in super()._by_pattern(text):
            name = result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY].split(":", 1)[1]
            counts = _CHECKS.get(name)
            if counts is None:
                yield result
                continue
            start, own = _head(text, result.start)
            if counts(text, start, result, own):
                result.start = start
                yield result


def _head(text: str, start: int) -> tuple[int, str]:
    """Where the name of the street begins that goes on at ``start``, and its last word up to there."""
    near = max(0, start - _LONGEST_CALLED)
    called = _CALLED_BEFORE.search(text[near:start])
    end = near + called.start() if called else start
    *words, own = text[max(0, end - _LONGEST_HEAD) : end].split(" ")
    own = own.split("\n")[-1].lstrip("(\"'“‘[,;:/")
    begin, place = end - len(own), end - len(own)
    if text[max(0, begin - 1) : begin] != " ":
        return begin, own
    for piece in reversed(words):
        word = piece.split("\n")[-1]
        place -= len(word) + 1
        if not word:
            break
        if word.lower() in _LINKS and not (word[0].isupper() and word.lower() in _OUTSIDE):
            begin = place if _joined(text, place, word) else begin
        elif word.lower() in _LEADING_WORDS or (
            _CAPITAL_WORD.fullmatch(word) and word.lower() not in _OUTSIDE
        ):
            begin = place
        else:
            break
        if word != piece:
            break
    return _in_small_letters(text, begin), own


def _in_small_letters(text: str, begin: int) -> int:
    """The begin moved before the word that stands between "op de" and the last part, where one does."""
    found = _SMALL_HEAD.search(text, max(0, begin - _LONGEST_HEAD), begin)
    if found is None or found["first"] in _NEAR or found["first"] in _OUTSIDE:
        return begin
    return found.start("first")


def _joined(text: str, place: int, word: str) -> bool:
    """Whether a link begins a name: "Van Galen", "van der Laan", but not "van de Laan"."""
    after = text[place + len(word) + 1 :][:4]
    if word.lower() != "van":
        return False
    return after.startswith(("der ", "den ", "'t ")) or (
        word == "Van" and not after.startswith(("de ", "het "))
    )


def _numbered(text: str, start: int, result: RecognizerResult, own: str) -> bool:
    name = own.lower()
    if own in _NOT_NAMES:
        return False
    if own[:1].isupper() or text[start : start + 1].isupper():
        return True
    if name in _KINDS:
        return len(text[start : result.start].split()) > 1
    if name.endswith("straat"):
        return True
    strong = name.endswith(_STRONG) or name.endswith("str")
    return name not in _ORDINARY and (strong or _WHERE.search(text, max(0, start - 30), start) is not None)


def _by_last_part(text: str, start: int, result: RecognizerResult, own: str) -> bool:
    last = regex.match(r"\w+", text, pos=result.start)
    if not regex.match(r"[\w'’-]", text, pos=max(0, result.start - 1)):
        return result.start > start and text[result.start].isupper() and _is_lead(own)
    name = (own + (last[0] if last else "")).lower()
    numbered = " " in text[result.start : result.end]
    capital = text[start : start + 1].isupper()
    if name in _KINDS:
        return False
    if name in _ORDINARY:
        street = name.endswith("straat")
        begins = _SENTENCE_START.search(text, max(0, start - 8), start) is not None
        return street and (numbered or (capital and not begins))
    if capital or numbered:
        return True
    return _WHERE.search(text, max(0, start - 30), start) is not None


def _is_lead(word: str) -> bool:
    return word[:1].isupper() or word.lower() in _LEADING_WORDS


def _named(text: str, start: int, result: RecognizerResult, own: str) -> bool:
    return own[:1].isupper() and own not in _NOT_NAMES


_CHECKS = {
    "street and house number": _numbered,
    "street by its last part": _by_last_part,
    "name and house number after a word for where": _named,
    "name and house number before a postcode": _named,
}
