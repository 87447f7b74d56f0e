"""``Samira Visser``: an invented name for a real one, the same throughout the project.

Which one is chosen with the project's key, so that it says nothing of whom it stands for. A name that
is somebody's own in this text or batch is passed over, and the next one taken.
"""

import re
from collections.abc import Sequence
from typing import ClassVar

from signaal.anonymise.pseudonyms import normalise
from signaal.anonymise.text.operators.finding import Finding, FindingOperator
from signaal.anonymise.text.operators.invented import (
    bearer_of,
    forename_and_surnames,
    sources,
    street_endings,
    towns,
    words_to_avoid,
)
from signaal.anonymise.text.operators.replacement import How
from signaal.anonymise.text.people.names import Name, name_of
from signaal.schemas.entities import Entity

_POSSESSIVE = re.compile(r"['’`´][sS]$")
_NUMBER = re.compile(r"\d")
_LAST_HOUSE = 199
_VOWELS, _HISSES = "aiouyáíóú", "sxz"


class StandInOperator(FindingOperator):
    """Puts an invented name, town, organisation or address; a part of a name for a part of one.

    Where every invented value is a real one, the keyed stand-in in brackets is put.
    """

    HOW: ClassVar[How] = How.STAND_IN

    def put(self, text: str, finding: Finding) -> str:
        """The invented value, without brackets."""
        match finding.entity:
            case Entity.PERSON:
                made = _person(text, finding)
            case Entity.LOCATION:
                made = _chosen(finding, "town", towns())
            case Entity.ORGANIZATION:
                made = _organisation(finding)
            case _:
                made = _address(text, finding)
        return made or finding.pseudonym


def genitive(name: str) -> str:
    """Whose: "Samira's", "Hans'", "Petra's", "Jans" (Woordenlijst Nederlandse Taal, Leidraad 14)."""
    last = name[-1].lower()
    if last in _HISSES:
        return f"{name}'"
    return f"{name}'s" if last in _VOWELS else f"{name}s"


def _person(text: str, finding: Finding) -> str | None:
    forename, surnames = forename_and_surnames(name_of(finding.value))
    lists = bearer_of(forename, surnames)
    first = _chosen(finding, "forename", lists.forenames)
    last = _chosen(finding, "surname", lists.surnames)
    if first is None or last is None:
        return None
    written = name_of(text)
    has_first, has_last = _parts(written, forename, surnames)
    parts = [first] if has_first else _initials(written, text, first, last)
    name = " ".join([*parts, last] if has_last else parts or [first])
    name = name if parts else name[0].upper() + name[1:]
    name = genitive(name) if _is_genitive(text, written, forename, surnames) else name
    return _in_letters_of(text, name)


def _parts(written: Name, forename: str | None, surnames: Sequence[str]) -> tuple[bool, bool]:
    """Whether what was written has a forename, and a surname; what fits neither counts by its place."""
    words = [word.folded for word in written.telling]
    if not words:
        return False, False
    of_surname = [_is_form_of(word, surnames) for word in words]
    if len(words) == 1:
        return (False, True) if of_surname[0] or forename is None else (True, False)
    return forename is not None and not of_surname[0], any(of_surname[1:]) or forename is None or len(
        words
    ) > 1


def _is_form_of(word: str, parts: Sequence[str]) -> bool:
    """Whether a word is one of these, or its genitive."""
    return word in parts or word.removesuffix("s") in parts


def _initials(written: Name, text: str, first: str, last: str) -> list[str]:
    """As many letters as were written, at most those of the invented name."""
    if not written.initials:
        return []
    letters = [first[0]] if written.telling or len(written.initials) == 1 else [first[0], last[0]]
    return ["".join(f"{letter}." for letter in letters) if "." in text else "".join(letters)]


def _is_genitive(text: str, written: Name, forename: str | None, surnames: Sequence[str]) -> bool:
    if _POSSESSIVE.search(text):
        return True
    words = [word.folded for word in written.telling[-1:]]
    own = {forename, *surnames}
    return any(word not in own and word.endswith("s") and word[:-1] in own for word in words)


def _in_letters_of(text: str, name: str) -> str:
    """All in capitals or all in small letters where the text is."""
    if text.isupper() and len(text) > 1 and "." not in text:
        return name.upper()
    return name.lower() if text.islower() else name


def _organisation(finding: Finding) -> str | None:
    name = _chosen(finding, "organisation", bearer_of(None, ()).surnames)
    form = _chosen(finding, "form", sources().organisations)
    return form.format(name=name[0].upper() + name[1:]) if name and form else None


def _address(text: str, finding: Finding) -> str | None:
    name = _chosen(finding, "street", [name for name in bearer_of(None, ()).surnames if name.isalpha()])
    ending = _chosen(finding, "ending", street_endings())
    if name is None or ending is None:
        return None
    house = f" {_number(finding, 'house') % _LAST_HOUSE + 1}" if _NUMBER.search(text) else ""
    return f"{name}{ending}{house}"


def _chosen(finding: Finding, purpose: str, candidates: Sequence[str]) -> str | None:
    """The candidate that the key points at, or the first behind it that is nobody's own."""
    start = _number(finding, purpose)
    turned = (candidates[(start + step) % len(candidates)] for step in range(len(candidates)))
    return next((name for name in turned if not words_to_avoid([name]) & finding.avoid), None)


def _number(finding: Finding, purpose: str) -> int:
    value = normalise(finding.entity, finding.value).encode("utf-8", "surrogatepass")
    return int(finding.keys.keyed(f"stand-in:{finding.entity}:{purpose}", value), 16)
