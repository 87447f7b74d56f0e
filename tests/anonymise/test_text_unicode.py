"""One way of writing for what looks the same, with places of the raw text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.text.unicode import LOOK_ALIKES, Plain, plain


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Zoe\u0308 belt", "Zoë belt"),
        ("Fa\u200bti\u00adma", "Fatima"),
        ("\u202eJan\u202c", "Jan"),
        ("\uff10\uff16-\uff11\uff12", "06-12"),
        ("٠٦١٢", "0612"),
        ("06\u00a012\u202f34", "06 12 34"),
        ("XJ\u2011204\u2011T", "XJ-204-T"),
        ("06\u201312345678", "06-12345678"),
        ("F\u0430tim\u0430", "Fatima"),
        ("𝐅𝐚𝐭𝐢𝐦𝐚", "Fatima"),
        ("ﬁets", "fiets"),
        ("Олена", "Олена"),
        ("koffie – en thee…", "koffie – en thee…"),
        ("gewoon één tekst 🌹", "gewoon één tekst 🌹"),
    ],
)
def test_what_looks_the_same_is_written_the_same(raw: str, wanted: str) -> None:
    assert plain(raw).text == wanted


def test_a_plain_text_is_left_alone() -> None:
    assert plain("Gülşen woont op nr. 12 “hoog”") == Plain("Gülşen woont op nr. 12 “hoog”")


def test_a_place_covers_the_marks_and_the_invisible_after_a_letter() -> None:
    raw = "met Zoe\u0308\u200b weg"
    found = plain(raw)
    start = found.text.index("Zoë")
    first, last = found.raw_place(start, start + 3)
    assert raw[first:last] == "Zoe\u0308\u200b"


@given(st.text(max_size=60))
def test_places_stay_inside_the_raw_text_and_in_order(raw: str) -> None:
    found = plain(raw)
    places = [found.raw_place(at, at + 1) for at in range(len(found.text))]
    assert all(0 <= start < end <= len(raw) for start, end in places)
    assert places == sorted(places)


@given(st.text(st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=0x24F), max_size=40))
def test_a_decomposed_text_reads_as_the_composed_one(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert plain(unicodedata.normalize("NFD", composed)).text == plain(composed).text


@given(st.sampled_from(sorted(LOOK_ALIKES)))
def test_a_look_alike_among_latin_letters_is_read_as_latin(letter: str) -> None:
    assert plain(f"mm{letter}mm").text == f"mm{LOOK_ALIKES[letter]}mm"
