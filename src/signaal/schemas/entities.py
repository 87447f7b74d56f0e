"""Names of the kinds of personal data, as findings and declarations use them."""

from enum import StrEnum


class Entity(StrEnum):
    """A kind of personal data: Presidio's name where it has one, else NL_… or a plain name."""

    PERSON = "PERSON"
    LOCATION = "LOCATION"
    ORGANIZATION = "ORGANIZATION"
    DATE_TIME = "DATE_TIME"
    AGE = "AGE"
    PHONE_NUMBER = "PHONE_NUMBER"
    EMAIL_ADDRESS = "EMAIL_ADDRESS"
    URL = "URL"
    IBAN_CODE = "IBAN_CODE"
    IP_ADDRESS = "IP_ADDRESS"
    NL_BSN = "NL_BSN"
    NL_POSTCODE = "NL_POSTCODE"
    NL_STREET_ADDRESS = "NL_STREET_ADDRESS"
    NL_LICENSE_PLATE = "NL_LICENSE_PLATE"
    NL_ID_DOCUMENT = "NL_ID_DOCUMENT"
    NL_V_NUMBER = "NL_V_NUMBER"
    NL_KVK = "NL_KVK"
    CASE_NUMBER = "CASE_NUMBER"
    SOCIAL_HANDLE = "SOCIAL_HANDLE"
    UNKNOWN_TERM = "UNKNOWN_TERM"
