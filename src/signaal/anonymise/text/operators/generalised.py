"""``[maart 2024]``, ``[30-39 jaar]``, ``[postcode 30..]``: coarser, but still telling something.

Recital 26 of the GDPR is why it stays pseudonymised data: what is coarse may still point at somebody
together with the rest of a text.
"""

import re
from bisect import bisect_right
from typing import ClassVar

from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.replacement import How
from signaal.anonymise.text.operators.written_date import written_date
from signaal.anonymise.text.recognizers.number_words import spoken_number
from signaal.schemas.entities import Entity

_POSTCODE = re.compile(r"\s*([1-9]\d)\d{2}(?!\d)")
_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_SUFFIX = re.compile(r"[\s-]*(?:jarigen?|jaren|jaar|jr|j|oud|jong)\b\.?", re.IGNORECASE)
_PART_OF_YEAR = {"maand": 12, "mnd": 12, "week": 52, "weken": 52, "wk": 52}


class GeneralisedOperator(FindingOperator):
    """Puts the month or season of a date, the band of an age, the region of a postcode.

    What cannot be read becomes the word of its kind.
    """

    HOW: ClassVar[How] = How.GENERALISED

    def put(self, text: str, finding: Finding) -> str:
        """The coarser value in brackets, else the word."""
        match finding.entity:
            case Entity.DATE_TIME:
                date = written_date(text)
                coarse = date.month_or_season if date else None
            case Entity.AGE:
                coarse = _band(text, finding.replacement.bands)
            case _:
                found = _POSTCODE.match(text)
                coarse = f"postcode {found[1]}.." if found else None
        return f"[{coarse}]" if coarse else finding.word


def _band(text: str, bands: tuple[int, ...]) -> str | None:
    """The years from the start of a band up to the next: "30-39 jaar"; of the last one "90+ jaar"."""
    age = _years(text)
    if age is None:
        return None
    at = bisect_right(bands, age)
    return f"{bands[at - 1]}-{bands[at] - 1} jaar" if at < len(bands) else f"{bands[-1]}+ jaar"


def _years(text: str) -> int | None:
    """The whole years of an age as written: "34-jarige", "vierendertig jaar", "18 maanden"."""
    figure = _FIGURE.search(text)
    unit = next((unit for unit in _PART_OF_YEAR if unit in text.lower()), None)
    if unit:
        return int(figure[0]) // _PART_OF_YEAR[unit] if figure else None
    if figure:
        return int(figure[0])
    words = re.findall(r"[^\W\d_]+", _SUFFIX.sub("", text))
    return spoken_number(words) if words else None
