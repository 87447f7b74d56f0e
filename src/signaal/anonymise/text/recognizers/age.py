"""AGE: how old a person is."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.anchored import AnchoredPattern, AnchoredRecognizer
from signaal.anonymise.text.recognizers.number_words import UP_TO_99
from signaal.anonymise.text.recognizers.word_lists import one_of, word_lists

_WORDS = word_lists("age_words")
_AFTER = word_lists("after_number")
_PEOPLE = rf"(?i:(?<!\w){one_of(_WORDS['people'])})"
_NAME = rf"(?<!\w)(?!{one_of(_WORDS['not_names'])}\b)[A-ZÀ-Ž][\w'’.-]{{1,30}}"
_NO_SUBJECT = rf"(?<!(?i:(?<!\w){one_of(_WORDS['not_subjects'])})\s)"
_LASTING = (
    rf"(?<!(?i:(?<!\w){one_of(_WORDS['lasting'])})\s)"
    rf"(?<!(?i:(?<!\w){one_of(_WORDS['lasting_verbs'])}(?:\s\w{{1,20}}){{0,3}})\s)"
    r"(?<!\d\s?(?:tot|-|–|à|t/m|of|en)\s?)"
)
_NOT_LASTED = rf"(?!\s(?:\w{{1,20}}\s)?(?i:{one_of(_WORDS['not_after'])})(?!\w))"
_MONTH = one_of(word_lists("date_words")["months"])
_BETWEEN = (
    rf"(?i:(?:{one_of(_WORDS['between'])}|in\s[a-zë]{{3,9}}|(?:op\s)?\S{{1,14}}\s{_MONTH}|"
    r"over\s\S{1,12}\s(?:dagen|weken|maanden|week|maand))\s){0,3}"
)

_FIGURE = r"(?<![\w.,:/€-])(?<!€\s)(?:1[01]\d|[1-9]\d?)(?:[.,]5|½)?(?!\d)"
_WORD = rf"(?:(?!één\b|een\b|eén\b){UP_TO_99}|(?:ander|twee[eë]n|drie[eë]n|vier[eë]n)half)"
_NUMBER = rf"(?:{_FIGURE}|(?<![\w-])(?i:{_WORD})(?!\w))"
_VALUE_BEFORE = rf"(?:\d{{1,3}}|(?i:{UP_TO_99}))"
_UNIT = r"(?i:jaren|jaar|jr\.?|j\.|mnd\.?|maanden|maand|weken|wkn|wk)(?!\w)"
_WITH_UNIT = rf"(?:\s?{_UNIT})?"
_FREE = one_of(_AFTER["free"])
_COUNTED = one_of(set(_AFTER["quantities"]) - {"jaar", "op", "tegen", "bij", "tot", "man"})
_NO_SIGN = r"(?![\w%€°½])(?!\s?[%€°+=])(?![.,:/-]\d)(?!-\w)"
_ALONE = rf"{_NO_SIGN}(?=\s?[^\w\s]|\s*\Z|\s*\n|\s(?i:{_FREE})(?!\w)|\s[A-ZÀ-Ž])"
_CLOSED = rf"{_NO_SIGN}(?=\s?[)\],;./]|\s*\Z|\s*\n)"
_NO_QUANTITY = rf"{_NO_SIGN}(?!\s?(?i:{_COUNTED})(?!\w))"

_NUMERAL = (
    r"[0-9](?<![\w.,:€-][0-9])[0-9]{0,2}(?![0-9%°€:]|[.,-](?!5(?![0-9]))[0-9])"
    "|(?:twee|drie|vier|vijf|zes|zeve|acht|nege|tien|elf|twaa|dert|veer|twin|tach|ander)"
)


_CUE = one_of(
    {word for key in ("people", "verbs", "between", "nearly", "whose") for word in _WORDS[key]}
    | {"van", "en", "of", "het", "je", "jij", "ie"}
)
# One of these holds wherever one of the patterns on numbers can match; the rest is left at once.
_GATE = (
    rf"(?:(?<=[(\[,/:]\s?|\b[mvMV]\s)|(?<=(?<!\w)(?i:{_CUE}|{_MONTH}|weken|maanden|week|maand),?\s)"
    rf"|(?<=(?<!\w)(?:in\s[a-zë]{{3,9}}|[A-ZÀ-Ž][\w'’.-]{{1,30}})\s)"
    rf"|(?=\d{{1,3}}\s?[/,]\s?[mvMV](?!\w))|(?=[^\W_]{{1,30}}\s(?i:{one_of(_WORDS['growing'])})))"
)


def _after(context: str, value: str = _NUMBER, tail: str = _NO_QUANTITY, others: bool = False) -> str:
    """A number that stands behind the context, or behind other numbers that do."""
    listed = rf"(?:{_VALUE_BEFORE}(?:,\s?|\s(?:en|of)\s)){{0,4}}" if others else ""
    return rf"(?<={context}{listed})(?P<value>{value}){tail}"


def _pattern(name: str, pattern: str, score: float) -> AnchoredPattern:
    return AnchoredPattern(name, pattern, score, _NUMERAL, before=None, gate=_GATE)


class DutchAgeRecognizer(AnchoredRecognizer):
    """A number of years, or a baby's months, that is somebody's age, in figures or words.

    Source: HIPAA Safe Harbor names ages over 89, 45 CFR 164.514(b)(2)(i)(C); in a neighbourhood a
    younger age narrows down as well. Examples: 16-jarige, 34 jaar oud, (34 jaar), leeftijd: 34,
    "dochtertje van twee", "wordt 16". A duration is left where a word says that it is one: "4 jaar
    geleden", "al 3 jaar"; so is an age limit: "van 12 tot 18 jaar".
    """

    ENTITY: ClassVar[str] = "AGE"
    PATTERNS: ClassVar[list[Pattern]] = [
        AnchoredPattern(
            "so many years old (-jarige)",
            rf"(?:{_FIGURE}|(?<![\w-])(?i:{_WORD}))[\s-]?(?i:jarigen?)(?!\w)(?!\s{one_of(_WORDS['not_jarig'])})",
            0.9,
            "jarig",
            before=30,
            after=30,
        ),
        AnchoredPattern(
            "so many years or months old",
            rf"{_NUMBER}\s?{_UNIT}\s(?i:oud|jong)(?!\w)",
            0.9,
            " (?:oud|jong)",
            before=45,
            after=3,
        ),
        AnchoredPattern(
            "a number of years",
            rf"{_LASTING}{_FIGURE}\s?(?i:jaar|jr\.?|j\.)(?!\w){_NOT_LASTED}",
            0.7,
            "[0-9½] ?j",
            before=5,
            after=50,
        ),
        AnchoredPattern(
            "a number of years in words",
            rf"{_LASTING}(?<=(?:[,(:]|\b(?i:is|was|wordt|werd|ben|word))\s?)"
            rf"(?<![\w-])(?i:{_WORD}\s(?:jaar|jr\.?))(?!\w){_NOT_LASTED}",
            0.6,
            "[a-zë] (?:jaar|jr)",
            before=35,
            after=50,
        ),
        AnchoredPattern(
            "after the word for age",
            rf"(?i)(?<!\w)(?:leeftijd|leeft|lft)\.?[\s:=~±-]{{1,3}}"
            rf"(?:(?:van|is|ongeveer|circa|ca\.|rond|ik ben)[\s:]{{1,2}}){{0,2}}"
            rf"(?P<value>{_NUMBER}{_WITH_UNIT})(?![\w%])(?![.,:]\d)",
            0.8,
            "leeft|lft",
            before=3,
            after=60,
        ),
        _pattern(
            "after a verb of being",
            _after(rf"{_NO_SUBJECT}\b(?i:{one_of(_WORDS['verbs'])})\s{_BETWEEN}", tail=_ALONE, others=True),
            0.65,
        ),
        _pattern(
            "a person of that age",
            _after(
                rf"{_PEOPLE}(?:\s[\w'’-]{{1,25}}){{0,2}}\svan\s{_BETWEEN}",
                value=rf"{_NUMBER}{_WITH_UNIT}",
                others=True,
            ),
            0.75,
        ),
        _pattern(
            "beside a word for a person",
            _after(
                rf"{_PEOPLE}(?:\s{_NAME})?(?:,|:)?[ ]?[ (\[]",
                value=rf"{_NUMBER}{_WITH_UNIT}",
                tail=_ALONE,
                others=True,
            ),
            0.65,
        ),
        _pattern(
            "in brackets after a name",
            _after(
                rf"{_NAME}\s?[(\[](?:[mvMV][,/\s]\s?)?",
                value=rf"{_NUMBER}{_WITH_UNIT}",
                tail=_CLOSED,
                others=True,
            ),
            0.7,
        ),
        _pattern(
            "between commas after a name",
            _after(
                rf"{_NAME},\s",
                value=rf"{_NUMBER}{_WITH_UNIT}",
                tail=rf"{_NO_SIGN}(?=,\s|\.?\s*(?:\n|\Z)|\))",
            ),
            0.6,
        ),
        _pattern(
            "between commas",
            rf"(?<=[^\W\d_]{{3}},\s){_FIGURE}(?=,\s[^\W\d])",
            0.5,
        ),
        _pattern(
            "in brackets before a school or a sex",
            rf"(?<=[(\[])(?P<value>{_FIGURE}{_WITH_UNIT})(?=[,;/]?\s?(?i:{one_of(_WORDS['beside'])})(?!\w))",
            0.7,
        ),
        _pattern(
            "beside the letter of a sex",
            _after(
                r"(?<!\w)[mvxMVX]\s?[/,]\s?",
                value=r"(?<![\w.:-])(?:1[01]\d|[1-9]\d?)(?!\d)" + _WITH_UNIT,
            ),
            0.7,
        ),
        _pattern(
            "before the letter of a sex",
            rf"{_FIGURE}(?=\s?[/,]\s?[mvMV](?!\w))",
            0.7,
        ),
        _pattern(
            "before a word for growing older",
            rf"(?P<value>{_NUMBER})(?=\s(?i:{one_of(_WORDS['growing'])})(?!\w))",
            0.65,
        ),
        _pattern(
            'between "when" and "was"',
            _after(
                r"(?<!\w)(?i:toen\s(?:hij|zij|ze|ie|ik|het|je|jij|mijn\s\w{2,12}|(?:zijn|haar)\s\w{2,12}))\s",
                tail=r"(?=\s(?i:was|werd)(?!\w))",
            ),
            0.65,
        ),
        _pattern(
            "after a word for nearly or just",
            _after(
                rf"(?<!(?i:om|het\sis|is\shet|tot|kost|van|voor)\s)(?<!\w)(?i:{one_of(_WORDS['nearly'])})\s",
                tail=_ALONE,
            ),
            0.5,
        ),
        _pattern(
            "at somebody's birthday",
            _after(
                rf"(?<!\w)(?i:op|sinds|vanaf|voor|na|tot)\s(?i:{one_of(_WORDS['whose'])})\s",
                value=r"(?<!\w)\d{1,2}(?:e|ste|de)",
                tail=rf"(?:(?=\s(?i:verjaardag|jaar))|{_ALONE})",
            ),
            0.6,
        ),
    ]
