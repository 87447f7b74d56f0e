"""Everything that the columns of a batch say of people beside their names, in the ways people write it."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from signaal.anonymise.text.batch_names.addresses import Addresses
from signaal.anonymise.text.batch_names.days import Days
from signaal.anonymise.text.batch_names.parts import is_listed
from signaal.anonymise.text.batch_names.phones import Phones
from signaal.anonymise.text.batch_names.tokens import Tokens, tokens_of
from signaal.anonymise.text.batch_names.writings import Between, Match, Writing, Writings, exact
from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.known import Known
from signaal.anonymise.text.recognizers.word_lists import word_lists
from signaal.schemas.entities import Entity

SHORTEST_MAILBOX, SHORTEST_HANDLE, SHORTEST_NAME = 6, 5, 3
SHORTEST_NUMBER, LONG_NUMBER = 5, 8
"""Digits alone: below the first they are not searched for, below the second only as they are written."""
SHORTEST_MIXED = 6
"""Letters and digits that a blank may part."""
_BY_GROUPS = frozenset({Entity.IP_ADDRESS, Entity.URL})
"""With other signs in between they are another one."""
_NO_WORDS = frozenset({Entity.EMAIL_ADDRESS, Entity.SOCIAL_HANDLE})
"""However ordinary the words in them are."""


class BatchValues:
    """The e-mail addresses, numbers, addresses, accounts and days of everybody in a batch.

    Args:
        known: what the columns say of everybody.
        is_word: whether something in small letters is an ordinary Dutch word.
    """

    def __init__(self, known: Iterable[Known], is_word: IsWord) -> None:
        self._is_word = is_word
        self._written, self._said = Writings(), Writings(_spoken())
        self._phones, self._days, self._addresses = Phones(), Days(), Addresses()
        for term in known:
            self._add(term)

    def find(self, text: str) -> Iterator[tuple[int, int, Known]]:
        """Start, end and whose, of every place where one of them is written."""
        tokens = tokens_of(text)
        for match in self._written.find(tokens):
            if self._stands(tokens, match):
                yield _place(tokens, match)
        if self._said and not _spoken_at().isdisjoint(tokens.folded):
            said = tokens.without(_spoken())
            yield from (_place(said, match) for match in self._said.find(said))
        yield from self._phones.find(tokens)
        yield from self._days.find(tokens)
        yield from self._addresses.find(tokens)

    def _add(self, known: Known) -> None:
        match known.entity:
            case Entity.EMAIL_ADDRESS:
                self._add_mail(known)
            case Entity.SOCIAL_HANDLE:
                self._add_handle(known)
            case Entity.DATE_TIME:
                self._add_day(known)
            case Entity.PHONE_NUMBER if self._phones.add(known):
                pass
            case Entity.PERSON:
                self._add_account_name(known)
            case _:
                if known.entity is Entity.NL_STREET_ADDRESS:
                    self._addresses.add(known)
                self._add_other(known)

    def _add_mail(self, known: Known) -> None:
        tokens = tokens_of(known.value)
        self._written.add(tokens.joined, Writing(known))
        self._said.add(tokens.without(_spoken()).joined, Writing(known, Between.SPOKEN))
        mailbox = known.value.partition("@")[0].strip()
        telling = any(letter.isdigit() or letter == "." for letter in mailbox)
        if len(mailbox) >= SHORTEST_MAILBOX and telling and not self._is_word(mailbox.lower()):
            self._written.add(*exact(known, mailbox))

    def _add_handle(self, known: Known) -> None:
        """Behind an @ in any case; without one if it is nobody's name and no word."""
        name = known.value.rstrip("/ ").rpartition("/")[2].strip().lstrip("@")
        key = tokens_of(name).joined
        digits = any(letter.isdigit() for letter in key)
        loose = digits and len(key) >= LONG_NUMBER
        between = Between.LOOSE if loose else Between.TIGHT
        word = self._is_word(name.lower()) or is_listed(name.lower())
        self._written.add(key, Writing(known, between, signed=len(key) < SHORTEST_HANDLE or word))

    def _add_day(self, known: Known) -> None:
        day: date | None = self._days.add(known)
        if day is None:
            self._add_other(known)
        else:
            for form in ("%d%m%Y", "%Y%m%d"):
                self._written.add(day.strftime(form), Writing(known))

    def _add_account_name(self, known: Known) -> None:
        """A name with digits in it ("sanne92"), which the search for people knows the letters of."""
        key = tokens_of(known.value).joined
        if any(letter.isdigit() for letter in key) and any(letter.isalpha() for letter in key):
            self._written.add(key, Writing(known, Between.TIGHT))

    def _add_other(self, known: Known) -> None:
        key = tokens_of(known.value).joined
        if known.entity in _BY_GROUPS:
            self._written.add(*exact(known, known.value))
        elif not key.isdigit():
            mixed = any(letter.isdigit() for letter in key) and len(key) < SHORTEST_MIXED
            self._written.add(key, Writing(known, Between.TIGHT if mixed else Between.LOOSE))
        elif len(key) >= LONG_NUMBER:
            self._written.add(key, Writing(known))
        elif len(key) >= SHORTEST_NUMBER:
            key, writing = exact(known, known.value, amount=True)
            self._written.add(key, writing)

    def _stands(self, tokens: Tokens, match: Match) -> bool:
        """Whether it is more than ordinary words in small letters, as "de hoop" for "De Hoop" is."""
        if match.writing.known.entity in _NO_WORDS:
            return True
        for place, word in zip(
            tokens.places[match.first : match.end], tokens.folded[match.first : match.end], strict=True
        ):
            written = tokens.text[slice(*place)]
            if word.isdigit() or not self._is_word(written.lower()):
                return True
            if written[0].isupper() and match.first > 0 and tokens.gap(match.first) in {" ", "-", "'"}:
                return True
        return False


@lru_cache
def _spoken_at() -> frozenset[str]:
    return _words_in(word_lists("web_words")["at"])


@lru_cache
def _spoken() -> frozenset[str]:
    """Words for the signs in an e-mail address."""
    words = word_lists("web_words")
    return _spoken_at() | _words_in([*words["dot"], *words["joiners"]])


def _words_in(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in tokens_of(phrase).folded)


def _place(tokens: Tokens, match: Match) -> tuple[int, int, Known]:
    """Where it stands, the @ before an account's name included."""
    start = tokens.places[match.first][0]
    signed = match.writing.known.entity is Entity.SOCIAL_HANDLE and tokens.text[start - 1 : start] == "@"
    return start - signed, tokens.places[match.end - 1][1], match.writing.known
