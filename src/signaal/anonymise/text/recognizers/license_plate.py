"""NL_LICENSE_PLATE."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.pattern import MARK, DutchPatternRecognizer, after
from signaal.anonymise.text.recognizers.spoken_digits import Run, digits_of, spelled_runs
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_LISTS = word_lists("plate_codes")
_CALLED, _VEHICLE = one_of(_LISTS["called"]), one_of(_LISTS["vehicles"])
# No vowel stands on a plate since 1978, and no C or Q: they could be read as words or as other signs.
_LATER = "[BDFGHJKLMNPRSTVWXZbdfghjklmnprstvwxz]"
_LATER_CAPITAL = "[BDFGHJKLMNPRSTVWXZ]"
_HYPHEN = r"(?:\s?[-\u00ad\u2010-\u2015\u2212]\s?|[._\u00b7•])"
_BLANK = rf"(?:{MARK}|[/_•]){{0,3}}"
_START = r"(?<![^\W_])(?<!\d[-.,/])"
_END = r"(?![^\W_])(?![-/]\d)(?![.,]\d)"
_NO_DATE = rf"(?!(?i:{one_of(_LISTS['weekdays'])})\W\d\d\W\d\d(?!\d))"
_NO_UNIT = rf"(?!(?i:\d+\s?{one_of(_LISTS['no_letters'])}(?![^\W\d_])))"
_NO_WORD = rf"(?!(?i:{one_of(_LISTS['words'])})(?![^\W_]))"
_SIGNS = r"[-. \u00a0\u00ad\u2010-\u2015/_•]{0,3}+"
# What every code begins with: few letters and then a digit, or few digits and then a letter.
_SHAPE = (
    rf"(?=[A-Za-z]{{1,3}}+{_SIGNS}(?:\d|[A-Za-z]{{2}}+{_SIGNS}\d)|[A-Za-z]{{4}}\d\d|\d{{1,3}}+{_SIGNS}"
    rf"(?:[A-Za-z]{{1,4}}+(?![A-Za-z])"
    rf"|\d\d{_SIGNS}[A-Za-z])|\d{{4}}[A-Za-z])"
)
# … and what foreign ones and those of before 1951 begin with.
_ANY_SHAPE = rf"(?=[A-Za-z]{{1,3}}+{_SIGNS}(?:\d|[A-Za-z]{{1,3}}+{_SIGNS}\d)|\d{{1,5}}+{_SIGNS}[A-Za-z])"
_FEWEST, _MOST = 4, 8


def _code(code: str, mark: str, letter: str = "[A-Za-z]") -> str:
    return mark.join("".join(r"\d" if sign == "9" else letter for sign in part) for part in code.split("-"))


def _codes(name: str, mark: str, letter: str = "[A-Za-z]") -> str:
    return f"(?:{'|'.join(_code(code, mark, letter) for code in _LISTS[name])})"


def _with_blanks(code: str) -> str:
    """A code with blanks or nothing between its groups; between groups of letters blanks, or no vowels."""
    apart = _code(code, _BLANK)
    return (
        apart
        if "X-X" not in code
        else rf"(?:{_code(code, _BLANK + '(?<=[^A-Za-z])')}|{_code(code, '', _LATER)})"
    )


def _one_hyphen() -> Iterator[str]:
    """Codes that look like nothing else, with a hyphen in one of the two places only."""
    for code in _LISTS["telling"]:
        first, second, third = (_code(part, "", _LATER) for part in code.split("-"))
        yield rf"{first}{_HYPHEN}{second}\s?{third}"
        yield rf"{first}\s?{second}{_HYPHEN}{third}"


_ANY_CODE = f"(?:{'|'.join(map(_with_blanks, _LISTS['side_codes']))})"


class NlLicensePlateRecognizer(DutchPatternRecognizer):
    """Groups of letters and digits in the order of a Dutch plate, with hyphens or without.

    Source: Kentekenreglement; Regeling kentekens en kentekenplaten; RDW, side codes. Examples: XJ-204-T,
    12-ABC-3, xj204t, "auto xj 204 t", "kenteken x j twee nul vier t". Where a word says that it is a
    plate, foreign ones and those of before 1951 count as well.
    """

    ENTITY: ClassVar[str] = "NL_LICENSE_PLATE"
    TRIGGER: ClassVar[str | None] = r"\d"
    REACH: ClassVar[int | None] = 14
    GATE: ClassVar[str] = (
        rf"(?<![^\W_])(?:(?<!\d[-.,/])(?:{_SHAPE}|{_ANY_SHAPE})|[a-zA-Z\d]\s[a-zA-Z\d]\s|"
        rf"(?:{one_of(_LISTS['provinces'])})-\d)"
    )
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "side code with hyphens",
            rf"{_START}{_SHAPE}{_NO_DATE}{_codes('side_codes', _HYPHEN)}{_END}",
            0.9,
        ),
        Pattern(
            "side code with one hyphen",
            rf"{_START}{_SHAPE}{_NO_UNIT}(?:{'|'.join(_one_hyphen())}){_END}",
            0.7,
        ),
        Pattern(
            "side code in one",
            rf"{_START}{_SHAPE}(?=[A-Za-z\d]{{6}}(?!\w)){_NO_UNIT}{_codes('telling', '', _LATER)}{_END}",
            0.7,
        ),
        Pattern(
            "side code with blanks",
            rf"{_START}(?=[A-Z\d]{{1,3}}\s){_SHAPE}{_codes('telling', _BLANK, _LATER_CAPITAL)}{_END}",
            0.6,
        ),
        Pattern(
            "side code near a vehicle",
            rf"{_START}{_SHAPE}{_NO_WORD}(?={_ANY_CODE}{_END}){after(_VEHICLE, 5)}{_NO_UNIT}{_NO_DATE}"
            rf"{_ANY_CODE}{_END}",
            0.7,
        ),
        Pattern(
            "called a plate, side code",
            rf"{_START}{_SHAPE}{_NO_WORD}(?={_ANY_CODE}{_END}){after(_CALLED, 6)}"
            rf"{_ANY_CODE}{_END}",
            0.9,
        ),
        Pattern(
            "called a plate",
            rf"(?i){_START}{_ANY_SHAPE}{_NO_WORD}{after(_CALLED, 2)}"
            rf"(?!\d{{1,2}}{_HYPHEN}\d{{1,2}}{_HYPHEN}\d{{2,4}}(?!\d))(?=[\d\W_]*[a-z])"
            rf"(?:[a-z]{{1,3}}|\d{{1,5}})(?:{_BLANK}(?:{_NO_WORD}[a-z]{{1,3}}(?![a-z])|\d{{1,5}}"
            rf"(?!\d))){{1,3}}(?<=\w{_BLANK}\w\W?\w\W?\w)"
            rf"(?<=\d.{{0,8}}){_END}",
            0.6,
        ),
        Pattern(
            "called a plate, sign by sign",
            rf"(?<![^\W_])(?=[a-zA-Z\d]\s[a-zA-Z\d]\s){after(_CALLED)}(?=(?:\w\s){{0,7}}\d)"
            rf"[a-zA-Z\d](?:\s[a-zA-Z\d]){{3,7}}{_END}",
            0.8,
        ),
        Pattern(
            "plate of before 1951",
            rf"(?<![\w-])(?:{one_of(_LISTS['provinces'])})-(?=\d{{4,5}}(?!\d))(?<="
            rf"{after(_CALLED + '|' + _VEHICLE, 6)}\w{{1,2}}-)\d+{_END}",
            0.6,
        ),
    ]
    _called = regex.compile(after(_CALLED, 4))

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """A plate that is said letter by letter, after a word that says that it is one."""
        for run in spelled_runs(text):
            if plate := self._in_words(text, run):
                yield self._result(plate[0].start, plate[-1].end, 0.8, "called a plate, in words")

    def _in_words(self, text: str, run: Run) -> Run:
        for first in range(min(len(run), _MOST)):
            if self._called.match(text, run[first].start):
                return _plate(run[first : first + _MOST])
        return ()


def _plate(run: Run) -> Run:
    """The first parts of a run that are no longer than a plate; () where there are no letters or digits."""
    parts = len(run)
    while parts and len(digits_of(run[:parts])) > _MOST:
        parts -= 1
    said = digits_of(run[:parts])
    return run[:parts] if len(said) >= _FEWEST and not said.isalpha() and not said.isdecimal() else ()
