"""Names in mails: headers, greetings, signatures, and who is quoted."""

import re
from collections.abc import Iterator

from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.structure.rules import rules
from signaal.anonymise.text.structure.shape import Place, name_in


def _any(phrases: frozenset[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_BLANKS, _BLANK = r"[ \t]{0,9}", r"[ \t]{1,9}"
_LINE = r"(?im)^[ \t>*_-]*"
_SENTENCE = r"(?im)(?:^[ \t>*_-]*|(?<=[.!?,:;] ))"
HEADER = re.compile(_LINE + rf"(?:{_any(rules().mail_headers)})[*_]*[ \t]?:[*_]*{_BLANKS}(?P<names>[^\n]+)")
GREETING = re.compile(
    _SENTENCE
    + rf"(?:{_any(rules().greetings)}){_BLANK}"
    + r"(?P<names>[^,!.\n:?;(]{2,60}(?:\.[^,!.\n:?;(]{2,40})?)"
)
SIGN_OFF = re.compile(
    _SENTENCE
    + rf"(?:{_any(rules().sign_offs)})(?!\w)"
    + rf"(?:[.,!:; \t–-]|\n){{0,20}}(?:(?<=[ \t])(?:van|namens){_BLANK})?"
    + r"(?P<names>[^,!\n:?;(|/]{2,60})"
)
QUOTED = re.compile(
    rf"(?im)\bschreef{_BLANK}(?P<names>[^<:\n]{{2,50}}?){_BLANKS}"
    rf"(?:<[^<>\n]{{0,200}}>{_BLANKS})?(?:het volgende)?:{_BLANKS}$"
)
ADDRESS = re.compile(r"<[^<>\n]{0,200}>|\([^()\n]{0,200}\)|\[[^\[\]\n]{0,200}\]|[^\s@]{1,64}@\S{1,255}")
SURNAME_FIRST = re.compile(r"[^,;]{1,60},[^,;<]{1,60}<+[^,;]{0,9}")
SEPARATOR, BETWEEN_MAILBOXES = re.compile(r"[,;&/]| en | and "), re.compile(";")


def in_mails(text: str, is_word: IsWord) -> Iterator[tuple[int, int]]:
    """Where the names of writers and readers stand."""
    for pattern in (HEADER, QUOTED):
        for match in pattern.finditer(text):
            yield from _listed(text, *match.span("names"), is_word)
    for pattern in (GREETING, SIGN_OFF):
        for match in pattern.finditer(text):
            for start, end in _parts(text, *match.span("names"), SEPARATOR):
                name = name_in(text, start, end, is_word, Place())
                if name is None:
                    break
                yield name


def _listed(text: str, start: int, end: int, is_word: IsWord) -> Iterator[tuple[int, int]]:
    """The names in a header; "El Amrani, Fatima <…>" is one."""
    plain = ADDRESS.sub(lambda address: "<" * len(address[0]), text[start:end])
    turned = SURNAME_FIRST.fullmatch(plain) is not None
    separator = BETWEEN_MAILBOXES if turned or ";" in plain else SEPARATOR
    for first, last in _parts(plain, 0, len(plain), separator):
        name = name_in(plain, first, last, is_word, Place())
        rest = name_in(plain, name[1] + 1, last, is_word, Place()) if name and turned else None
        if name:
            yield start + name[0], start + (rest or name)[1]


def _parts(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in separator.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
