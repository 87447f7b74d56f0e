"""NL_ID_DOCUMENT: passports, identity cards, driving licences, residence permits."""

from collections.abc import Iterable
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.pattern import (
    MARK,
    NO_PRICE_BEFORE,
    NO_QUANTITY_AFTER,
    DutchPatternRecognizer,
    after,
)
from signaal.anonymise.text.recognizers.spoken_digits import digits_of, spelled_runs
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_CALLED = one_of(word_lists("document_words")["called"])
_NO_DATE = r"(?!\d{1,2}[-/. ]\d{1,2}[-/. ](?:(?:19|20)\d\d(?!\d)|\d\d,? \d{1,2}[:.]\d\d))"
_START = r"(?<![\w@#/.-])"
_END = r"(?![\w@]|[./-]\w)"
# The letter O is not used: it could be read as a zero.
_LETTER, _EITHER = "[A-NP-Z]", "[A-NP-Z0-9]"
# Letters and digits with a digit among them, as no word has.
_GROUP = r"[A-Za-z]{0,5}\d[A-Za-z\d]{0,8}"
_FEWEST_SPOKEN, _MOST_SPOKEN = 6, 12


class NlIdDocumentRecognizer(DutchPatternRecognizer):
    """Nine letters and digits, or ten digits of a driving licence.

    Source: Paspoortuitvoeringsregeling Nederland 2001 and ICAO Doc 9303: two letters, six letters or
    digits, a digit, never the letter O; Reglement rijbewijzen: ten digits; Voorschrift Vreemdelingen
    2000: IR and seven digits. Examples: NW3F5J8K2, IR1234567, "paspoort nw3 f5j 8k2", "rijbewijs 5123456789".
    A mark without digits among its letters counts where a word says that it is a document, as do numbers
    of other countries' documents.
    """

    ENTITY: ClassVar[str] = "NL_ID_DOCUMENT"
    TRIGGER: ClassVar[str | None] = r"\d"
    REACH: ClassVar[int | None] = 6
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "letters and digits of a passport or identity card",
            rf"{_START}(?=[A-Z]{{2,5}}+\d)(?=[A-Z0-9]{{9}}(?!\w))(?=(?:[A-Z]*\d){{2}})(?=[A-Z]{{2,5}}\d"
            rf"(?:\d\d|[A-Z\d]*[A-Z][A-Z\d]*\d))"
            rf"{_LETTER}{{2}}{_EITHER}{{6}}\d{_END}",
            0.8,
        ),
        Pattern(
            "letters and digits of a passport or identity card, in small letters",
            rf"(?i){_START}(?=[a-z]{{2,5}}+\d)(?=[a-z0-9]{{9}}(?!\w))(?=(?:[a-z]*\d){{2}})"
            rf"(?=[a-z]+\d[a-z\d]*[a-z][a-z\d]*\d|[a-z]{{2,4}}\d{{5}})"
            rf"{_LETTER}{{2}}{_EITHER}{{6}}\d{_END}",
            0.7,
        ),
        Pattern("residence permit", rf"(?i)(?<![^\W_])ir{MARK}{{0,2}}[a-z0-9](?:{MARK}?\d){{6}}(?!\w)", 0.8),
        Pattern(
            "called a document",
            rf"(?i)(?<![^\W_])(?=[a-z]{{0,6}}+\d[a-z\d]{{4}}){after(_CALLED, 5)}{NO_PRICE_BEFORE}{_NO_DATE}"
            rf"(?=(?:[a-z]*\d){{3}})[a-z0-9]{{6,14}}(?![^\W_]){NO_QUANTITY_AFTER}",
            0.7,
        ),
        Pattern(
            "called a document, nine letters and digits with marks between",
            rf"(?<![^\W_])(?=(?:[a-zA-Z]{{1,2}}{MARK}(?=\d{{6}})|{_GROUP}{MARK}{{1,2}}){_GROUP})"
            rf"{after(_CALLED, 5)}{_NO_DATE}"
            rf"(?=(?:{MARK}{{0,2}}[a-zA-Z\d]){{9,10}}(?![^\W_]))"
            rf"(?:[a-zA-Z]{{1,2}}{MARK}(?=\d{{6}})|{_GROUP}{MARK}{{1,2}}){_GROUP}(?:{MARK}{{1,2}}"
            rf"{_GROUP}){{0,4}}(?![^\W_])",
            0.65,
        ),
        Pattern(
            "called a document, digits",
            rf"(?<!\d)(?=\d(?:{MARK}{{0,2}}\d){{6}}){after(_CALLED, 6)}{NO_PRICE_BEFORE}{_NO_DATE}\d(?:"
            rf"{MARK}{{0,2}}\d){{6,11}}(?!\d)"
            rf"{NO_QUANTITY_AFTER}",
            0.65,
        ),
    ]
    _called = regex.compile(after(_CALLED, 5))

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """Letters and digits that are said one by one, after a word that says what they are."""
        for run in spelled_runs(text):
            for first in range(min(len(run), _MOST_SPOKEN)):
                if self._called.match(text, run[first].start):
                    if _FEWEST_SPOKEN <= len(digits_of(run[first:])) <= _MOST_SPOKEN:
                        yield self._result(run[first].start, run[-1].end, 0.75, "called a document, in words")
                    break
