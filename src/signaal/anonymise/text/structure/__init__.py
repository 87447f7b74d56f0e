"""Names that a layout or a title tells: senders of chat lines, mail headers, forms, signatures."""

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.spans import Span
from signaal.anonymise.text.structure.chat import senders
from signaal.anonymise.text.structure.form import in_forms
from signaal.anonymise.text.structure.mail import in_mails
from signaal.anonymise.text.structure.titled import behind_naming, behind_titles
from signaal.schemas.entities import Entity

STRUCTURE = "place for a name"
SCORE = 0.95
TITLED = "behind a title or a word of naming"
TITLED_SCORE = 0.42
"""Less than the pipeline's: where it has another answer ("mevrouw van Stichting Doen") that one holds."""


def find_named(text: str, is_word: IsWord) -> list[Span]:
    """Names at the places where a chat, a mail or a form has them, and names behind titles, each in order.

    Roles, organisations and sentences that stand there are none.
    """
    places = {*senders(text, is_word), *in_mails(text, is_word), *in_forms(text, is_word)}
    named = [Span(start, end, Entity.PERSON, SCORE, STRUCTURE) for start, end in sorted(places)]
    titled = sorted({*behind_titles(text, is_word), *behind_naming(text)} - places)
    return [*named, *(Span(start, end, Entity.PERSON, TITLED_SCORE, TITLED) for start, end in titled)]
