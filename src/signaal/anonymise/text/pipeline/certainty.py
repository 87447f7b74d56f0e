"""How sure the network must be of a token, by what the token is and where it stands."""

from dataclasses import asdict, dataclass

from spacy.tokens import Doc, Token

from signaal.anonymise.text.lexicon import Fact, bundled_lexicon
from signaal.anonymise.text.people.word_lists import JOINING, TITLES

_OPENING = frozenset(".!?:…•*-–—\"'“”„‘’(|/>")


@dataclass(frozen=True)
class Certainty:
    """Shares of the kinds of personal data from which a token is taken, from 0 to 1.

    In Dutch an ordinary word with a capital in the middle of a sentence is a name more often than not, and
    so is what follows a title; what stands beside a taken token is often the rest of the same name.
    A word that no Dutch list knows is sooner a name than "tafel" is.
    """

    word: float = 0.5
    number: float = 0.5
    unknown: float = 0.5
    """A word that is no ordinary Dutch one."""
    capital: float = 0.5
    """An ordinary word with a capital within a sentence."""
    listed: float = 0.5
    """An ordinary word with a capital anywhere that is in a list of names as well."""
    titled: float = 0.5
    """The word behind a title."""
    particle: float = 0.5
    """A particle of surnames beside a token that was taken."""
    word_beside: float = 0.5
    """An ordinary word in small letters, or a number, beside a token that was taken."""
    name_beside: float = 0.5
    """Any other word beside one."""

    @property
    def lowest(self) -> float:
        """What is below it is never taken."""
        return float(min(asdict(self).values()))

    def alone(self, doc: Doc, at: int) -> float:
        """How sure the network must be of a token, whatever is thought of its neighbours."""
        token = doc[at]
        before = doc[at - 1] if at else None
        if before is not None and before.lower_.rstrip(".") in TITLES and token.is_alpha:
            return self.titled
        if _has_digit(token):
            return self.number
        if not bundled_lexicon().is_word(token.text):
            return self.unknown
        if _is_capital(token, before):
            return self.capital
        return self.listed if _is_listed(token) else self.word

    def beside(self, doc: Doc, at: int) -> float:
        """How sure it must be where a neighbour is taken."""
        token = doc[at]
        if token.is_punct or token.is_space:
            return self.word
        if token.text.lower() in JOINING and at + 1 < len(doc):
            return self.particle
        ordinary = _has_digit(token) or (token.text.islower() and bundled_lexicon().is_word(token.text))
        return self.word_beside if ordinary else self.name_beside


def _is_capital(token: Token, before: Token | None) -> bool:
    """Whether a capital says that it is a name: no sentence, line or quotation begins there."""
    if before is None or not token.text[0].isupper() or (len(token.text) > 1 and token.text.isupper()):
        return False
    return not (before.is_space or before.text in _OPENING)


def _is_listed(token: Token) -> bool:
    """Whether a word with a capital can be a name, by the lists of names."""
    return token.is_title and bool(bundled_lexicon().facts(token.text) & (Fact.FORENAME | Fact.SURNAME))


def _has_digit(token: Token) -> bool:
    return any(letter.isdecimal() for letter in token.text)
