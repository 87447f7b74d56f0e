"""The recognisers, one kind of personal data a file."""

from presidio_analyzer import EntityRecognizer

from signaal.anonymise.text.recognizers.age import DutchAgeRecognizer
from signaal.anonymise.text.recognizers.bsn import NlBsnRecognizer
from signaal.anonymise.text.recognizers.case_number import CaseNumberRecognizer
from signaal.anonymise.text.recognizers.date import DutchDateRecognizer
from signaal.anonymise.text.recognizers.email import EmailRecognizer
from signaal.anonymise.text.recognizers.iban import IbanRecognizer
from signaal.anonymise.text.recognizers.id_document import NlIdDocumentRecognizer
from signaal.anonymise.text.recognizers.ip_address import IpAddressRecognizer
from signaal.anonymise.text.recognizers.kvk import NlKvkRecognizer
from signaal.anonymise.text.recognizers.license_plate import NlLicensePlateRecognizer
from signaal.anonymise.text.recognizers.ner import DutchNerRecognizer
from signaal.anonymise.text.recognizers.pattern import LANGUAGE
from signaal.anonymise.text.recognizers.phone import DutchPhoneRecognizer
from signaal.anonymise.text.recognizers.postcode import NlPostcodeRecognizer
from signaal.anonymise.text.recognizers.social_handle import SocialHandleRecognizer
from signaal.anonymise.text.recognizers.street_address import NlStreetAddressRecognizer
from signaal.anonymise.text.recognizers.unknown_term import UnknownTermRecognizer
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
        NlPostcodeRecognizer(),
        NlStreetAddressRecognizer(),
        NlLicensePlateRecognizer(),
        NlVNumberRecognizer(),
        NlIdDocumentRecognizer(),
        NlKvkRecognizer(),
        CaseNumberRecognizer(),
        IpAddressRecognizer(),
        DutchDateRecognizer(),
        DutchAgeRecognizer(),
        UrlRecognizer(),
        SocialHandleRecognizer(),
        UnknownTermRecognizer(),
    ]


__all__ = ["LANGUAGE", "recognizers"]
