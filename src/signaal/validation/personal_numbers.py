"""Numbers and addresses that point at one person, recognised by their form and check digits.

BSN: 11-test (Wet algemene bepalingen burgerservicenummer; python-stdnum). IBAN: ISO 13616, mod 97
(python-stdnum). Telephone numbers: numbering plans as libphonenumber keeps them (ITU-T E.164).
Postcode: four digits and two letters. E-mail: RFC 5321.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum import iban
from stdnum.nl import bsn

from signaal.validation.shapes import shapes
from signaal.validation.spelling import bare

_BREAK = "\0"
_ABROAD_DIGITS = range(8, 16)
_OF_NOBODY = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST}


def has_personal_number(text: str) -> bool:
    """Whether a BSN, IBAN, e-mail address, telephone number or postcode stands in a ``plain`` text."""
    text = shapes().dictated.sub(_as_digits, text)
    if not shapes().worth_looking.search(text):
        return False
    if shapes().email.search(text) or _has_iban(text):
        return True
    if not shapes().many_digits.search(text):
        return _has_postcode(text)
    rest = shapes().amounts.sub(_BREAK, shapes().moments.sub(_BREAK, text))
    return _has_postcode(rest) or _has_phone(rest) or _has_bsn(rest)


def _has_bsn(text: str) -> bool:
    if shapes().decimal.fullmatch(text.strip()):
        return False
    # The last group to close is the number as a whole, around the marks in it.
    return any(bsn.is_valid(_digits(match[match.lastindex or 0])) for match in shapes().bsn.finditer(text))


def _has_iban(text: str) -> bool:
    return any(
        _is_iban("".join(filter(str.isalnum, match["iban"])).upper())
        for match in shapes().iban.finditer(text)
        if match["iban"][:2].upper() in shapes().iban_lengths
    )


def _is_iban(start: str) -> bool:
    """Whether letters and digits begin with an account number: what follows may be the next word."""
    length = shapes().iban_lengths[start[:2]]
    return len(start) >= length and iban.is_valid(start[:length], check_country=False)


def _has_postcode(text: str) -> bool:
    return any(_is_postcode(match["letters"]) for match in shapes().postcode.finditer(text))


def _is_postcode(letters: str) -> bool:
    if letters.upper() in map(str.upper, shapes().postcode_not):
        return False
    return letters.isupper() or letters.lower() not in shapes().postcode_not_in_small_letters


def _has_phone(text: str) -> bool:
    if shapes().phone_without_zero.fullmatch(text.strip()):
        return True
    return any(_in_use(_digits(match["phone"])) for match in shapes().phone.finditer(text)) or any(
        _in_use("+" + digits[:length])
        for match in shapes().phone_abroad.finditer(text)
        for digits in [_digits(match[0])]
        for length in _ABROAD_DIGITS
        if length <= len(digits)
    )


def _in_use(number: str) -> bool:
    """Whether a number is one that the numbering plan gives out to people or organisations."""
    if shapes().mobile.fullmatch(number):
        return True
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) not in _OF_NOBODY


def _as_digits(dictated: re.Match[str]) -> str:
    return "".join(shapes().digit_words[bare(word.lower())] for word in re.findall(r"\w+", dictated[0]))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
