"""NL_STREET_ADDRESS."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer

_KIND = (
    r"(?:straat|straatje|str|laan|weg|plein|kade|gracht|singel|dijk|hof|pad|steeg|dreef|markt|park|plantsoen|"
    r"baan|ring|boulevard|burg|wal|haven|poort|akker|veld|kamp|brink|tuin|oord|zoom|hoek|brug|sluis|warande|erf)"
)
_ADDITION = r"(?:[a-zA-Z]{1,2}|[IVX]{1,4}|\d{1,5}|hs|huis|bis|zw|rood|links|rechts|boven|beneden)"
_NUMBER = rf"\d{{1,5}}(?:[ -]?{_ADDITION})?(?!\w)"
_WORD = r"[A-ZÀ-Ž][\w'’.-]*"
_BEFORE = (
    r"(?i:(?:lange|korte|oude|nieuwe|grote|kleine|hoge|lage|eerste|tweede|derde|1e|2e|3e|prins|prinses|koningin|"
    r"koning|burgemeester|burg\.|dokter|dr\.|sint|st\.|pater|dominee|ds\.) )"
)
_LINK = r"(?:van|der|den|de|het|ten|ter|'t|’t|in|aan|op)"


class NlStreetAddressRecognizer(DutchPatternRecognizer):
    """A street as its last part gives it away, with or without a house number.

    Source: NEN 5825 for house numbers and additions. Examples: Dorpsstraat 12-B, Burgemeester van
    der Laanplein, lange hilleweg 88. Without a number the street must be written with a capital.
    """

    ENTITY: ClassVar[str] = "NL_STREET_ADDRESS"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "with a number",
            rf"\b(?:{_WORD} (?:{_LINK} ){{0,2}}){{0,3}}{_BEFORE}?\b\w[\w'’-]{{1,40}}{_KIND}\.? {_NUMBER}",
            0.9,
        ),
        Pattern("street kind apart", rf"\b(?:{_WORD} |{_LINK} ){{1,4}}(?i:{_KIND})\.? {_NUMBER}", 0.8),
        Pattern(
            "street kind first",
            rf"\b(?:Laan|Plein|Weg|Kade|Pad|Hof|Singel|Gracht|Dijk) (?:{_LINK} ){{0,2}}{_WORD}"
            rf"(?: {_WORD})?(?: {_NUMBER})?",
            0.7,
        ),
        Pattern(
            "capital",
            rf"\b(?:{_WORD} (?:{_LINK} ){{0,2}}){{0,3}}[A-ZÀ-Ž][\w'’-]{{2,40}}"
            r"(?:straat|laan|weg|plein|kade|gracht|singel|dreef|steeg)\b",
            0.6,
        ),
        Pattern("post box", r"(?i)\bpostbus \d{1,6}\b", 0.8),
    ]
