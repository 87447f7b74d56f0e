"""What the columns say of everybody in a batch, looked for in a text."""

from collections.abc import Iterable

from signaal.anonymise.text.batch_names.parts import Parts
from signaal.anonymise.text.batch_names.people import BatchPeople
from signaal.anonymise.text.batch_names.search import Search
from signaal.anonymise.text.batch_names.values import BatchValues
from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.known import Known
from signaal.anonymise.text.people.ordinary import is_ordinary
from signaal.anonymise.text.people.words import words_of
from signaal.anonymise.text.spans import Span
from signaal.anonymise.text.unicode import plain
from signaal.schemas.entities import Entity

OF_BATCH = "known from batch"
SCORE = 0.9


class BatchNames:
    """An index of the direct identifiers in a batch; made once, in time linear in their letters.

    Args:
        known: what the columns say of everybody.
        is_word: whether something in small letters is an ordinary Dutch word.
    """

    def __init__(self, known: Iterable[Known], is_word: IsWord = is_ordinary) -> None:
        terms = sorted(set(known), key=lambda term: (term.value, term.entity))
        self._empty = not terms
        self._people = BatchPeople((term for term in terms if term.entity is Entity.PERSON), is_word)
        self._parts = Parts(self._people, is_word)
        self._values = BatchValues(terms, is_word)

    def find(self, text: str) -> dict[Span, Known]:
        """Every place where one of them stands, however it is written, and whose it is.

        Spans are places of ``text`` as it is. Those of people do not overlap each other, those of other
        values may. A name that several people have, such as a forename, is not one of theirs but a
        ``Known`` by itself. Takes time linear in the text, however many there are to look for.
        """
        if self._empty:
            return {}
        seen = plain(text)
        people = Search(words_of(seen.text), self._people, self._parts).finds() if self._people.parts else ()
        return {
            Span(*seen.raw_place(start, end), known.entity, SCORE, OF_BATCH): known
            for start, end, known in (*people, *self._values.find(seen.text))
        }
