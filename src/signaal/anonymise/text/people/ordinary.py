"""Which words are ordinary ones, so that small letters do not make them a name."""

from functools import lru_cache

from signaal.anonymise.text.lexicon import REMEMBERED, WORD, Fact, bundled_lexicon

NAMES = Fact.FORENAME | Fact.SURNAME


@lru_cache(REMEMBERED)
def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is a listed Dutch word or a compound of them.

    A slip of the pen for one does not count, unlike in ``Lexicon.is_word``: a word that is equal to a
    name which is known of this document is that name.
    """
    lexicon = bundled_lexicon()
    known = lexicon.facts(word)
    if known & WORD or (known & Fact.SMALL and not known & Fact.PROPER):
        return True
    return not known & NAMES and lexicon.is_compound(word)
