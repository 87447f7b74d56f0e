"""One spelling for the ways in which one value is written, before it becomes a pseudonym."""

import ipaddress
import re
import unicodedata
from collections.abc import Callable

from signaal.anonymise.pseudonyms.person import one_spelling
from signaal.anonymise.pseudonyms.plain import folded, words_of
from signaal.schemas.entities import Entity

BSN_DIGITS = 9
_ADDRESS = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")
_BEFORE_SITE = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|www\d?\.)+")


def normalise(entity: Entity, value: str) -> str:
    """What all spellings of one value have in common; normalising it again changes nothing.

    Names of people: ``person.one_spelling``. Telephone numbers become international (E.164), e-mail and
    web addresses lose case, IP addresses become short (RFC 5952), a BSN has nine digits. Everything else
    loses case, diacritics and what is no letter or digit, but two numbers stay apart ("1-12" is not
    "11-2"). A value of which nothing is left stays as it is, without case.
    """
    return _MAKERS.get(entity, _run_together)(value) or _without_blanks(value)


def _small(value: str) -> str:
    """Small letters in one form, with their marks (NFKC_Casefold of Unicode, section 3.13)."""
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", value).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def _without_blanks(value: str) -> str:
    # Once more without them: a mark that stood behind a blank stands on a letter now.
    return _small("".join(_small(value).split()))


def _run_together(value: str) -> str:
    made = ""
    for word in words_of(folded(value)):
        apart = made[-1:].isdigit() and word[0].isdigit()
        made += f" {word}" if apart else word
    return made


def _code(value: str) -> str:
    return "".join(words_of(folded(value)))


def _bsn(value: str) -> str:
    digits = _code(value)
    return digits.zfill(BSN_DIGITS) if digits.isdecimal() else digits


def _phone(value: str) -> str:
    """The number as it is dialled from abroad, where it can be a Dutch or an international one."""
    code = _code(value)
    return _from_abroad(unicodedata.normalize("NFKC", value)) or _from_abroad(code) or code


def _from_abroad(value: str) -> str | None:
    """A number in E.164, with its extension; None where it can be none."""
    import phonenumbers

    try:
        number = phonenumbers.parse(value, "NL")
    except phonenumbers.NumberParseException:
        return None
    # One that begins with 0 even from abroad would be read otherwise the next time.
    if number.italian_leading_zero or not phonenumbers.is_possible_number(number):
        return None
    made = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{made}x{number.extension}" if number.extension else made


def _email(value: str) -> str:
    plain = _small(value)
    found = _ADDRESS.search(plain) or _ADDRESS.search(_without_blanks(value))
    return (found[0] if found else _without_blanks(value)).strip(".")


def _site(value: str) -> str:
    plain = _without_blanks(value)
    return _BEFORE_SITE.sub("", plain).rstrip("/")


def _handle(value: str) -> str:
    return _without_blanks(value).lstrip("@")


def _ip(value: str) -> str:
    try:
        return str(ipaddress.ip_address(_small(value).strip()))
    except ValueError:
        return _run_together(value)


_MAKERS: dict[Entity, Callable[[str], str]] = {
    Entity.PERSON: one_spelling,
    Entity.PHONE_NUMBER: _phone,
    Entity.EMAIL_ADDRESS: _email,
    Entity.URL: _site,
    Entity.SOCIAL_HANDLE: _handle,
    Entity.IP_ADDRESS: _ip,
    Entity.NL_BSN: _bsn,
    Entity.IBAN_CODE: _code,
    Entity.NL_POSTCODE: _code,
    Entity.NL_LICENSE_PLATE: _code,
    Entity.NL_ID_DOCUMENT: _code,
    Entity.NL_V_NUMBER: _code,
    Entity.NL_KVK: _code,
}
