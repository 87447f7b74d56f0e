"""Finds out how a text was encoded."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from signaal.intake.rules import rules
from signaal.schemas.errors import Code, FileNotTakenError

# The marks of UTF-32 go first: the little-endian one starts with that of UTF-16.
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CHUNK = 1 << 20
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
STRAY_CONTROLS = 2
NOT_ASCII = re.compile(rb"[\x80-\xff]")
AROUND = 40
SAMPLES = 2000


def encoding_of(content: bytes, label: str) -> str:
    """Python's name of the encoding in which ``content`` decodes as a whole, byte order mark removed.

    A byte order mark decides; else UTF-8 where everything is valid UTF-8; else the encoding of one
    byte a character (``rules.yaml``) that yields the most letters of Dutch texts. Another script is
    left to charset-normalizer, which must recognise a language in it (on short Dutch texts it takes
    cp1250 for cp1252, so that those are not).

    Raises:
        FileNotTakenError: no encoding fits, or the content is no text (``UNREADABLE``).
    """
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    encoding = marked or ("utf-8-sig" if _decodes(content, "utf-8-sig") else _of_one_byte(content))
    if encoding is None or not _decodes(content, encoding):
        raise _unreadable(label, "has an encoding that cannot be told; save it again as UTF-8")
    if _is_binary(content, encoding):
        raise _unreadable(label, "is not a text in spite of its ending; save it again as text in UTF-8")
    return encoding


def _unreadable(label: str, problem: str) -> FileNotTakenError:
    return FileNotTakenError(Code.UNREADABLE, f"file {label} {problem}")


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    """The text in pieces, so that a large file is never in memory twice."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(content), CHUNK):
        yield decoder.decode(content[start : start + CHUNK])
    yield decoder.decode(b"", final=True)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        for _ in _decoded(content, encoding):
            pass
    except UnicodeError:
        return False
    return True


def _is_binary(content: bytes, encoding: str) -> bool:
    characters = controls = 0
    for text in _decoded(content, encoding):
        if "\0" in text:
            return True
        characters += len(text)
        controls += len(CONTROL.findall(text))
    return controls > max(STRAY_CONTROLS, rules().max_control_share * characters)


def _of_one_byte(content: bytes) -> str | None:
    sample = _sample(content)
    usual, *_ = rules().encodings
    fitting = {name: sample.decode(name, "replace") for name in rules().encodings if _decodes(content, name)}
    ranks = {
        name: (_expected_share(text), name == usual, _common_letters(text)) for name, text in fitting.items()
    }
    best = max(ranks, key=lambda name: ranks[name], default=None)
    if best is not None and _is_latin(fitting[best]):
        # Too little of it expected: mostly UTF-8 with a damaged character, where a guess garbles names.
        return best if ranks[best][0] >= rules().min_expected_share else None
    match = from_bytes(sample).best()
    return match.encoding if match is not None and match.coherence > 0 else None


def _sample(content: bytes) -> bytes:
    """The surroundings of the first characters outside ASCII, where encodings differ."""
    pieces: list[bytes] = []
    end = 0
    while len(pieces) < SAMPLES and (hit := NOT_ASCII.search(content, end)):
        start, end = max(end, hit.start() - AROUND), hit.end() + AROUND
        pieces.append(content[start:end])
    return b"\n".join(pieces)


def _is_latin(text: str) -> bool:
    """Whether accents are the exception: in Greek or Cyrillic read wrongly, every letter has one."""
    letters = [character for character in text if character.isalpha()]
    accented = sum(not letter.isascii() for letter in letters)
    return accented <= rules().max_accented_share * len(letters)


def _common_letters(text: str) -> int:
    return sum(character in rules().common_letters for character in text)


def _expected_share(text: str) -> float:
    """Share of the characters outside ASCII that are expected where they stand.

    A small letter among capitals, a capital behind a small letter or a quote within a word is the
    sign of a wrong encoding: the ``één`` of Windows reads ``ÈÈn`` on a Mac.
    """
    places = [place for place, character in enumerate(text) if not character.isascii()]
    return sum(_is_expected(text, place) for place in places) / len(places) if places else 0.0


def _is_expected(text: str, place: int) -> bool:
    character, before, after = text[place], text[max(0, place - 2) : place], text[place + 1 : place + 2]
    if character in rules().letters:
        return _letter_fits(character, before, after)
    return character in rules().signs and _sign_fits(character, before[-1:], after)


def _letter_fits(letter: str, before: str, after: str) -> bool:
    if letter.islower():
        return not (len(before) > 1 and before.isalpha() and before.isupper())
    return not (before[-1:].islower() or (before[-1:].isupper() and after.islower()))


def _sign_fits(sign: str, before: str, after: str) -> bool:
    if sign in rules().opening_signs:
        return not before.isalpha()
    return sign in rules().joining_signs or not (before.isalpha() and after.isalpha())
