"""DATE_TIME: calendar dates, birth dates among them."""

from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.recognizers.anchored import AnchoredPattern, AnchoredRecognizer
from signaal.anonymise.text.recognizers.number_words import ORDINAL, UP_TO_99
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_WORDS = word_lists("date_words")
_LONG_MONTH = one_of(_WORDS["months"])
_MONTH = rf"(?i:{one_of(_WORDS['months'] + _WORDS['short_months'])}(?![^\W\d_]))"
_WEEKDAY = rf"(?<!\w){one_of(_WORDS['weekdays'])}{one_of(_WORDS['day_parts'])}?\.?,?"
_WEEKDAY_BEFORE = regex.compile(rf"(?i){_WEEKDAY}\s(?:de\s|den\s)?\Z")
_LONGEST_WEEKDAY = 26
_BEFORE = rf"(?i:(?<!\w){one_of(_WORDS['before'])}[\s:]{{1,2}}(?:op\s|de\s)?|{_WEEKDAY}\s)"
_BEFORE_WEAK = rf"(?i:(?<!\w){one_of(_WORDS['before_weak'])}\s)"
_BIRTH = rf"(?i:(?<!\w){one_of(_WORDS['birth'])}[\s:]{{1,3}})"
_NOT_BEFORE = rf"(?<!(?i:(?<!\w){one_of(_WORDS['not_before'])})[\s:]{{0,2}})"
_NOT_AFTER = rf"(?!\s?(?i:{one_of(_WORDS['not_after'])})(?!\w))"

_START = r"(?<![\w@#€])(?<!\d[.,/:-])(?<![€$]\s)"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_M = r"(?:1[0-2]|0?[1-9])"
_END = r"(?![\w%])(?![-/.,:]\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_SHORT_YEAR = r"['’‘`´]\s?\d\d(?!\d)"
_CENTURY = r"(?:(?:achttien|negentien)\s?honderd|twee\s?duizend)"
_SPOKEN_YEAR = rf"(?i:{_CENTURY}(?:\s?(?:en\s?)?{UP_TO_99})?|(?:negentien|twintig)\s{UP_TO_99})(?!\w)"
_LAST = r"(?=\s*(?:[,;)\]\n]|\.(?!\d)|\Z))"
_YEAR_AFTER = (
    rf"(?:\.?(?:,?\s|\s?[/-]\s?){_YEAR}|\.?[\s-]?{_SHORT_YEAR}|\.?[\s/-]\d\d{_LAST}|\s{_SPOKEN_YEAR})"
)
_TH = r"(?:ste|de|e|st|nd|rd|th)?"
_AND = r"(?:\s?[,/–&-]\s?|\s(?:en|of|tot|tot\sen\smet|t/m|tm)\s|,\s)"
_DAY_WORD = rf"(?:{ORDINAL}|{UP_TO_99})"
_DAY_MONTH = rf"{_START}(?P<value>{_D}(?P<s>[-/.]){_M}){_END}{_NOT_AFTER}"
_TIME_AFTER = r"(?=,?\s(?:om\s|rond\s)?\d{1,2}(?:[:.]\d\d|\su))"

_FIGURES = "[0-9]{1,2} ?[-/.–] ?[0-9]"
_TOGETHER = "[0-9]{8}"
_STEMS = one_of(word[:3] for word in _WORDS["months"] + _WORDS["short_months"])
_BY_NAME = rf"[0-9](?:e|de|ste|st|nd|rd|th)?(?: ?[./-]? ?| van ){_STEMS}"
_LONG_NAME = f" {one_of((word + '   ')[:5].rstrip() for word in _WORDS['months'])}"
_NAME_FIRST = " [0-9]{1,2}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{2}"
_ORDINALS = "[de] van de "
_BIRTH_ANCHOR = "geb[ .od]|jarig op"


class DutchDateRecognizer(AnchoredRecognizer):
    """A day of the calendar, in figures or in words; a month, year, weekday or time alone is left.

    Source: NEN-ISO 8601 and Dutch use. Examples: 12-04-2021, 2021-04-12, 3 maart, 3 mrt. '98, "de
    derde van de vierde". A weekday before a date is part of it, a time after it is not. A day and a
    month in figures alone are a date where a word near says so: "op 3/4", "vr 31-01", "3/4 om 10.30".
    """

    ENTITY: ClassVar[str] = "DATE_TIME"
    PATTERNS: ClassVar[list[Pattern]] = [
        AnchoredPattern(
            "day, month and year in figures",
            rf"{_START}{_D}(?:(?P<s>\s?[/–-])|(?P<dot>\.))(?:\s?{_M}(?(s)\s?[/–-]\s?|\.\s?)(?:{_YEAR}|['’‘`´]?\d\d))"
            rf"{_END}",
            0.9,
            _FIGURES,
            before=None,
        ),
        AnchoredPattern(
            "year, month and day in figures",
            rf"[12]\d\d\d(?P<s>[-/.])(?<=(?<![\d-])(?:19|20)\d\d.){_M}(?P=s){_D}(?![\d-])",
            0.9,
            _FIGURES,
            before=8,
            after=25,
        ),
        AnchoredPattern(
            "day and month by name",
            rf"{_START}{_D}{_TH}(?:{_AND}{_D}{_TH}){{0,4}}(?:\s?[/.-]?\s?|\svan\s){_MONTH}{_YEAR_AFTER}?",
            0.85,
            _BY_NAME,
            before=26,
            after=50,
        ),
        AnchoredPattern(
            "day in words and month by name",
            rf"(?i)\b{_DAY_WORD}(?:\s(?:en|of|tot|tot\sen\smet)\s{_DAY_WORD})?\s(?:van\s)?{_LONG_MONTH}\b"
            rf"(?:{_YEAR_AFTER}|\s{UP_TO_99}(?!\w){_LAST})?",
            0.8,
            _LONG_NAME,
        ),
        AnchoredPattern(
            "month by name before the day",
            rf"(?i)\b{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}",
            0.85,
            _NAME_FIRST,
            before=15,
            after=10,
        ),
        AnchoredPattern(
            "day and month as ordinals",
            rf"(?i)\b(?:{ORDINAL}|{_D}(?:e|de|ste))\svan\sde\s(?:{ORDINAL}|{_M}(?:e|de|ste))(?!\w)"
            rf"(?:(?P<year>\s(?:{_YEAR}|{_SPOKEN_YEAR}))|{_LAST}|(?<={_BEFORE}(?:de\s)?\S{{2,22}}\svan\sde\s\S{{2,22}}))",
            0.7,
            _ORDINALS,
        ),
        AnchoredPattern(
            "day and month after a word for a date",
            rf"{_DAY_MONTH}(?<={_BEFORE}\S{{3,5}})(?!(?<=24/7))",
            0.75,
            _FIGURES,
            before=None,
        ),
        AnchoredPattern(
            "day and month after a preposition",
            rf"{_DAY_MONTH}(?<={_BEFORE_WEAK}\S{{3,5}})(?<!\b(?:[1-9]/[1-9]|24/7)|\.\d\d?)",
            0.6,
            _FIGURES,
            before=None,
        ),
        AnchoredPattern(
            "day and month before a time",
            rf"{_DAY_MONTH}{_TIME_AFTER}(?<!24/7|\.\d\d?)",
            0.7,
            _FIGURES,
            before=None,
        ),
        AnchoredPattern(
            "day and month at the start of a line",
            rf"(?m)^(?:[-*•]\s|\()?{_DAY_MONTH}(?=\s?[:)–]|\s-\s)(?<!\.\d\d?)",
            0.7,
            _FIGURES,
            before=8,
            after=25,
        ),
        AnchoredPattern(
            "day and month in two figures each",
            rf"{_START}{_NOT_BEFORE}(?:1[3-9]|2\d|3[01])[-/](?:0[1-9]|1[0-2]){_END}{_NOT_AFTER}",
            0.6,
            _FIGURES,
            before=None,
        ),
        AnchoredPattern(
            "figures together after a word for a date",
            rf"(?<!\w)(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|"
            rf"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)(?!\w)(?<={_BEFORE}\d{{8}})",
            0.8,
            _TOGETHER,
            before=1,
            after=1,
        ),
        AnchoredPattern(
            "birth date without a sign between",
            rf"(?<!\w){_D}\s{_M}\s(?:{_YEAR}|\d\d)(?!\w)(?<={_BIRTH}(?:op\s|is\s)?[\d\s]{{6,10}})",
            0.8,
            _BIRTH_ANCHOR,
        ),
        AnchoredPattern(
            "birth date in words",
            rf"{_BIRTH}(?i:op\s|is\s|de\s)?(?P<value>(?i:{_DAY_WORD}\s{UP_TO_99}(?!\w)(?:\s(?:{_SPOKEN_YEAR}|{UP_TO_99}))?"
            rf"(?!\w)))",
            0.8,
            _BIRTH_ANCHOR,
        ),
    ]

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Every date, from the weekday that stands before it."""
        found = super().analyze(text, entities, nlp_artifacts, regex_flags)
        for result in found:
            before = text[max(0, result.start - _LONGEST_WEEKDAY) : result.start]
            weekday = _WEEKDAY_BEFORE.search(before)
            result.start -= len(before) - weekday.start() if weekday else 0
        return found
