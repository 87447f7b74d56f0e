"""Names that the layout of a text tells: senders of chat lines, mail headers, forms, signatures."""

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.spans import Span
from signaal.anonymise.text.structure.chat import senders
from signaal.anonymise.text.structure.form import in_forms
from signaal.anonymise.text.structure.mail import in_mails
from signaal.schemas.entities import Entity

STRUCTURE = "place for a name"
SCORE = 0.95


def find_named(text: str, is_word: IsWord) -> list[Span]:
    """Names at the places where a chat, a mail or a form has them, in order.

    Roles, organisations and sentences that stand there are none.
    """
    places = {*senders(text, is_word), *in_mails(text, is_word), *in_forms(text, is_word)}
    return [Span(start, end, Entity.PERSON, SCORE, STRUCTURE) for start, end in sorted(places)]
