"""CASE_NUMBER: clients, files, cases, patients, policies, students, by number."""

from collections.abc import Iterable
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.near_digits import LETTERS_START
from signaal.anonymise.text.recognizers.pattern import (
    NO_PRICE_BEFORE,
    NO_QUANTITY_AFTER,
    DutchPatternRecognizer,
    after,
)
from signaal.anonymise.text.recognizers.spoken_digits import digits_of, spelled_runs
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_LISTS = word_lists("case_words")
_OF, _NUMBER, _MONTH = (one_of(_LISTS[key]) for key in ("of", "number", "months"))
_WORD_END = r"(?![^\W\d_])"
_NUMBERED = (
    rf"{_OF}(?:[\s-]?|\W{{1,3}}(?:met|onder|heeft|als)\s(?:het\s)?){_NUMBER}{_WORD_END}|"
    rf"(?:kenmerk|referentie|ref){_WORD_END}"
)
_BARE = rf"{_OF}{_WORD_END}"
_SIGN = r"[-/._\u00ad\u2010-\u2015\u2212]"
_D, _M, _Y = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_NO_DATE = (
    rf"(?!{_D}{_SIGN}(?:{_M}|(?i:{_MONTH})){_SIGN}(?:{_Y}|\d\d)(?![^\W_])|{_Y}{_SIGN}{_M}{_SIGN}{_D}"
    rf"(?![^\W_])"
    rf"|{_Y}{_SIGN}(?:{_Y}|\d\d)(?!\w)(?!{_SIGN}\w))"
)
_NO_PHONE = r"(?!0[1-9](?:\W{0,2}\d){8}(?!\d)|\+)"
_START = r"(?<![^\W_])(?<![@/\\]|\w[-._])"
_END = r"(?![^\W_]|@|[-/._][^\W_])"
_HEAD = r"(?=[A-Za-z]{0,6}+(?:[-/.][A-Za-z]{0,5}+){0,2}\d|[A-Z]{1,5}\s\d{3})"
_MARKED = r"(?=[A-Za-z]{0,4}+\d{0,12}+[-/._][A-Za-z\d]{1,16}+[-/._][A-Za-z\d])"
_PARTS = rf"[A-Za-z0-9]{{1,14}}(?:\s?{_SIGN}\s?[A-Za-z0-9]{{1,14}}){{0,5}}"
_NO_MARK = (
    rf"(?!(?i:{one_of(_LISTS['no_mark'])}){_SIGN})(?<!(?i:(?<!\w){one_of(_LISTS['no_mark'])}"
    rf"(?:nummer|nr\.?)?)[\s:]{{1,2}})"
)
_NO_DAY_IN_ONE = r"(?!\w{0,8}[-_](?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))"
_FEWEST_SPOKEN, _MOST_SPOKEN = 3, 12


def _digits(fewest: int) -> str:
    return rf"(?=(?:[^\d\s]{{0,8}}\d){{{fewest}}})"


class CaseNumberRecognizer(DutchPatternRecognizer):
    """What an organisation calls somebody's file, as a word before it says or its own shape.

    No standard has these; the shapes are those of Dutch courts (parketnummer 10/204418-23), the police,
    health care and municipalities: a year or a code, a serial number, marks between. Examples: dossier
    4471-09, JPZ-0047719, D22/09-77413, 2023/14-B88, "cliëntnummer nul nul vier streepje twaalf".
    """

    ENTITY: ClassVar[str] = "CASE_NUMBER"
    TRIGGER: ClassVar[str | None] = r"\d"
    REACH: ClassVar[int | None] = 18
    START: ClassVar[str] = rf"{LETTERS_START}|[-/._]"
    GATE: ClassVar[str] = (
        rf"(?<![^\W_]){_HEAD}|(?<!\d)\d{{1,6}}[ .]\d\d|{_START}"
        rf"(?:(?=[A-Za-z]{{1,6}}+\d{{0,6}}+[-/]\d{{5}})|{_MARKED})|"
        rf"(?<!\d)\d{{1,8}}[-/.]\w"
    )
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "called a number of a file or person",
            rf"(?<![^\W_]){_HEAD}{after(_NUMBERED, 4)}{NO_PRICE_BEFORE}{_NO_PHONE}{_NO_DATE}"
            rf"(?:[A-Z]{{1,5}}\s\d{{3,12}}|{_digits(2)}{_PARTS}|\d+(?:\s\d{{2,}}){{1,3}}){_END}"
            rf"{NO_QUANTITY_AFTER}",
            0.7,
        ),
        Pattern(
            "called a number, in groups",
            rf"(?<![^\W_])(?=\d{{1,6}}[ .]\d\d){after(_NUMBERED, 3)}{_NO_PHONE}\d{{1,6}}"
            rf"(?:[ .]\d{{2,6}}){{1,4}}(?![^\W_]|[.,]\d){NO_QUANTITY_AFTER}",
            0.6,
        ),
        Pattern(
            "after the word for a file or person",
            rf"(?<![^\W_]){_HEAD}{_digits(4)}{after(_BARE, 0)}(?<!\n\W{{0,3}}){NO_PRICE_BEFORE}"
            rf"{_NO_PHONE}{_NO_DATE}"
            rf"(?!{_Y}(?!\w|{_SIGN}\w)){_PARTS}{_END}{NO_QUANTITY_AFTER}",
            0.6,
        ),
        Pattern(
            "letters, a mark and five digits or more",
            rf"{_START}(?=[A-Za-z]{{1,6}}+\d{{0,6}}+[-/]\d{{5}}){_NO_MARK}{_NO_DAY_IN_ONE}"
            rf"(?:[A-Z]{{1,6}}|[A-Z]{{1,4}}\d{{1,6}}|[a-z]{{1,6}}(?=[-/]?\d{{6}}))[-/]\d{{5,12}}"
            rf"(?:{_SIGN}\w{{1,8}}){{0,3}}{_END}",
            0.6,
        ),
        Pattern(
            "digits and letters with two marks or more",
            rf"{_START}{_MARKED}{_NO_MARK}"
            rf"{_NO_DATE}(?=[-\d/._]{{0,20}}[A-Za-z]){_digits(5)}"
            rf"(?!\d+{_SIGN}(?i:{_MONTH})(?!\w))[A-Za-z]{{0,4}}\d{{0,12}}"
            rf"(?:[-/._][A-Za-z]{{0,4}}\d{{0,12}}[A-Za-z]{{0,2}}){{2,5}}{_END}",
            0.5,
        ),
        Pattern(
            "a year, a slash and a number with letters",
            rf"{_START}(?=\d{{2,4}}[-/]\w){_NO_MARK}{_NO_DATE}(?:\d{{2,4}}[-/]"
            rf"(?:[A-Z]{{1,4}}-?\d{{3,8}}|\d{{3,8}}-?[A-Z]{{1,3}})){_END}",
            0.5,
        ),
        Pattern(
            "digits with a slash and a hyphen",
            rf"{_START}(?=\d{{1,8}}[-/]\d{{1,8}}[-/]){_NO_MARK}{_NO_DATE}(?!{_D}[-/]{_M}\s?[-/]\s?"
            rf"{_D}[-/]{_M})(?=\d{{1,8}}(?:/\d{{1,8}}-|-\d{{1,8}}/)\d)"
            rf"(?=(?:\D?\d){{6}})\d{{1,8}}(?:[-/.]\d{{1,8}}){{2,4}}{_END}",
            0.6,
        ),
        Pattern("public prosecutor's number", rf"(?<!\d)(?<!\d[.,/-])\d\d[/.]\d{{6}}-\d\d{_END}", 0.8),
    ]
    _numbered = regex.compile(after(_NUMBERED, 2))
    _called = regex.compile(after(f"{_NUMBERED}|{_BARE}", 2))

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """A number in words, or in words and digits, after a word that says whose it is."""
        for run in spelled_runs(text):
            for first in range(min(len(run), _MOST_SPOKEN)):
                if self._called.match(text, run[first].start):
                    rest = run[first : first + 2 * _MOST_SPOKEN]
                    if (len(rest) > 1 or self._numbered.match(text, rest[0].start)) and sum(
                        map(str.isdecimal, digits_of(rest))
                    ) >= _FEWEST_SPOKEN:
                        yield self._result(rest[0].start, rest[-1].end, 0.7, "called a number, in words")
                    break
