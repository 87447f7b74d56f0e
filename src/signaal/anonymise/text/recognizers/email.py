"""EMAIL_ADDRESS."""

from typing import ClassVar

from presidio_analyzer import Pattern

from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer


class EmailRecognizer(DutchPatternRecognizer):
    """A mailbox at a host, as RFC 5322 and RFC 6531 write it, blanks around the @ allowed.

    Presidio's own recogniser asks the network for the list of public suffixes; this one does not.
    Examples: f.elamrani@voorbeeld.nl, jan @ voorbeeld.nl.
    """

    ENTITY: ClassVar[str] = "EMAIL_ADDRESS"
    PATTERNS: ClassVar[list[Pattern]] = [
        Pattern(
            "address", r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", 1.0
        ),
        Pattern("with blanks", r"(?<![\w.+-])[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?: ?\. ?[\w-]{2,63}){1,4}", 0.8),
    ]
