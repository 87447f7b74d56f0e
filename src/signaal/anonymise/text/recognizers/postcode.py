"""NL_POSTCODE."""

from collections.abc import Iterable
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.pattern import MARK, NO_PRICE_BEFORE, DutchPatternRecognizer, after
from signaal.anonymise.text.recognizers.spoken_digits import Run, digits_of, spelled_runs
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_LISTS = word_lists("two_letter_words")
_WORD = rf"(?:{one_of(_LISTS['words'] + _LISTS['units'])}(?![^\W_]))"
_CALLED = r"post ?-?codes?|postcodegebied|pc6?|zip"
_START = r"(?<!\d)(?<!\d[.,]|[a-zA-Z]-|\d-)"
_START_AFTER_COUNTRY = rf"(?:{_START}|(?<=(?i:\bnl)-))"
_DIGITS = r"[1-9]\d{3}"
_NOT_ISSUED = r"(?!(?i:s[ads])(?![^\W_]))"
_END = r"(?![^\W_])"
_YEAR = r"(?:19\d\d|20[0-4]\d)"
_FIGURES, _LETTERS = 4, 2


class NlPostcodeRecognizer(DutchPatternRecognizer):
    """Four digits, the first no zero, and two letters; SA, SD and SS are not given out.

    Source: NEN 5825; PostNL. Examples: 3011 AB, 3011ab, 3011-AB, NL-3011 AB, "postcode drieduizend elf
    a b". Two small letters after a blank are often a word ("2024 is"): they count where they are on no
    list of such words. What is called a postcode counts without letters as well.
    """

    ENTITY: ClassVar[str] = "NL_POSTCODE"
    TRIGGER: ClassVar[str | None] = r"\d(?:[-. \u00a0]{0,2}\d){3}"
    REACH: ClassVar[int | None] = 0
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "four digits and two capitals",
            rf"(?=[1-9]\d{{3}}{MARK}{{0,3}}[A-Z][ .]?[A-Z]){_START_AFTER_COUNTRY}{NO_PRICE_BEFORE}"
            rf"{_DIGITS}{MARK}{{0,3}}{_NOT_ISSUED}"
            rf"(?!(?i:(?<={_YEAR}\s{{1,3}}){_WORD})(?<=(?i:\b"
            rf"(?:in|sinds|vanaf|tot|van|voor|na|eind|begin|jaar))\s.{{5,7}}))"
            rf"[A-Z][ .]?[A-Z]{_END}",
            0.9,
        ),
        Pattern(
            "four digits and two letters in one",
            rf"{_START}{_DIGITS}{_NOT_ISSUED}"
            rf"(?!(?i:{one_of(_LISTS['units'])})(?![^\W_]))[A-Za-z]{{2}}{_END}",
            0.9,
        ),
        Pattern(
            "four digits and two letters that are no word",
            rf"{_START}{NO_PRICE_BEFORE}{_DIGITS}{MARK}{{1,3}}{_NOT_ISSUED}(?!(?i:{_WORD}))(?!"
            rf"(?i:[a-z]{{2}}\.[a-z]))"
            rf"[A-Za-z]{{2}}{_END}(?!['’])",
            0.6,
        ),
        Pattern(
            "called a postcode",
            rf"(?<!\d)(?={_DIGITS}(?!\d)){after(_CALLED)}{_DIGITS}(?!\d)(?:{MARK}{{0,3}}(?!(?i:"
            rf"{_WORD}))[A-Za-z]{MARK}?[A-Za-z]{_END}"
            rf"|{MARK}{{0,3}}[A-Z]{MARK}?[A-Z]{_END})?",
            0.8,
        ),
        Pattern(
            "called a postcode, with marks between its digits",
            rf"(?<!\d)(?=[1-9](?:{MARK}{{0,2}}\d){{3}}(?!\d){MARK}{{0,2}}[A-Za-z]){after(_CALLED)}[1-9]"
            rf"(?:{MARK}{{0,2}}\d){{3}}(?!\d)(?:{MARK}{{0,2}}[A-Za-z]){{2}}{_END}",
            0.8,
        ),
    ]
    _called = regex.compile(after(_CALLED))

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """A postcode in words, after that word."""
        for run in spelled_runs(text):
            if self._called.match(text, run[0].start) and (code := _code(run)):
                yield self._result(code[0].start, code[-1].end, 0.8, "called a postcode, in words")


def _code(run: Run) -> Run:
    """The first parts of a run that make four digits and at most two letters; () where none do."""
    for parts in range(len(run), 0, -1):
        said = digits_of(run[:parts])
        if said[:_FIGURES].isdecimal() and _FIGURES <= len(said) <= _FIGURES + _LETTERS:
            return run[:parts] if not said[_FIGURES:] or said[_FIGURES:].isalpha() else ()
    return ()
