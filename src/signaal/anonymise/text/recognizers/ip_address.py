"""IP_ADDRESS."""

from collections.abc import Iterable
from ipaddress import AddressValueError, IPv6Address
from typing import ClassVar

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.near_digits import SECONDS_A_PATTERN
from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer, after

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_CALLED = r"ip|ip-?(?:adres|adressen|nummer)|ipv4|router|server"
_NO_VERSION = r"(?<!(?i:\b(?:versie|version|v\.?|release|build|firmware|hoofdstuk|paragraaf|artikel)|[§])\s?)"


class IpAddressRecognizer(DutchPatternRecognizer):
    """An address of a device on the network, of version 4 or 6.

    Source: RFC 791; RFC 4291, section 2.2. Examples: 192.168.178.20, 2001:db8::8a2e:370:7334. Four
    numbers below ten are as often a section or a version: they count where they are called an address.
    """

    ENTITY: ClassVar[str] = "IP_ADDRESS"
    TRIGGER: ClassVar[str | None] = r"\d ?(?:\.|\[\.|\(\.)|:[\da-fA-F]{0,4}:|(?i:(?<!\w)ip)"
    REACH: ClassVar[int | None] = 0
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "version 4",
            rf"(?<!\w)(?=\d{{1,3}}\.\d)(?<!\d[.,]){_NO_VERSION}(?=[\d.]{{0,15}}\d\d){_OCTET}(?:\."
            rf"{_OCTET}){{3}}(?![\w])(?!\.\d)",
            0.8,
        ),
        Pattern(
            "called an IP address",
            rf"(?<!\d)(?=\d{{1,3}}[ .,]{{1,3}}\d){after(_CALLED)}{_OCTET}(?:[ .,]{{1,3}}{_OCTET}){{3}}"
            rf"(?!\d)(?![.]\d)",
            0.8,
        ),
        Pattern(
            "version 4 with brackets or blanks around the dots",
            rf"(?<!\w)(?=\d{{1,3}}(?: ?\. |[\[(]| \.)){_NO_VERSION}{_OCTET}(?:(?: \. ?|\. |\[\.\]|\(\.\))"
            rf"{_OCTET}){{3}}(?!\w)",
            0.6,
        ),
    ]
    _version_6 = regex.compile(
        r"(?<![\w:.])(?=[\da-fA-F:]*:[\da-fA-F]*:)[\da-fA-F:]{3,39}(?:\.\d{1,3}){0,3}(?:%\w{1,15})?(?![\w:])"
    )
    _fewest_letters = 5

    def find_otherwise(self, text: str) -> Iterable[RecognizerResult]:
        """Addresses of version 6."""
        for match in self._version_6.finditer(text, timeout=SECONDS_A_PATTERN):
            address = match[0].partition("%")[0]
            if _is_version_6(address) and sum(letter.isalnum() for letter in address) >= self._fewest_letters:
                yield self._result(match.start(), match.end(), 0.9, "version 6")


def _is_version_6(text: str) -> bool:
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True
