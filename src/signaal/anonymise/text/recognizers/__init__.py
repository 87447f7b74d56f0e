"""The recognisers, one kind of personal data a file."""

from presidio_analyzer import EntityRecognizer
from presidio_analyzer.predefined_recognizers import IpRecognizer

from signaal.anonymise.text.recognizers.age import DutchAgeRecognizer
from signaal.anonymise.text.recognizers.bsn import NlBsnRecognizer
from signaal.anonymise.text.recognizers.date import DutchDateRecognizer
from signaal.anonymise.text.recognizers.email import EmailRecognizer
from signaal.anonymise.text.recognizers.iban import IbanRecognizer
from signaal.anonymise.text.recognizers.license_plate import NlLicensePlateRecognizer
from signaal.anonymise.text.recognizers.ner import DutchNerRecognizer
from signaal.anonymise.text.recognizers.pattern import LANGUAGE
from signaal.anonymise.text.recognizers.phone import DutchPhonePatternRecognizer, DutchPhoneRecognizer
from signaal.anonymise.text.recognizers.postcode import NlPostcodeRecognizer
from signaal.anonymise.text.recognizers.street_address import NlStreetAddressRecognizer
from signaal.anonymise.text.recognizers.v_number import NlVNumberRecognizer
from signaal.anonymise.text.recognizers.web import UrlRecognizer


def recognizers() -> list[EntityRecognizer]:
    """A new one of each recogniser."""
    return [
        DutchNerRecognizer(),
        NlBsnRecognizer(),
        IbanRecognizer(),
        EmailRecognizer(),
        DutchPhoneRecognizer(),
        DutchPhonePatternRecognizer(),
        NlPostcodeRecognizer(),
        NlStreetAddressRecognizer(),
        NlLicensePlateRecognizer(),
        NlVNumberRecognizer(),
        DutchDateRecognizer(),
        DutchAgeRecognizer(),
        UrlRecognizer(),
        IpRecognizer(supported_language=LANGUAGE),
    ]


__all__ = ["LANGUAGE", "recognizers"]
