import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.intake.text import read_text
from signaal.schemas.errors import Code, FileNotTakenError

DUTCH = [
    "Gesprek met één cliënt, ze was geïrriteerd.",
    "café",
    "Zoë",
    "’s Ochtends kost het € 5,00 – prima",
    "De coördinator zei: “nee”, ’t kon niet. Ruïne, België, Peña.",
    "FRANÇOIS WAS TE LAAT IN BELGIË",
    "naam;plaats\nZoë;Curaçao\nAndré;Genève\n",
    "Gonçalves heeft astma. Aït Taleb belde.",
]
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


def read(content: bytes, limit: int = 100_000) -> str:
    frame = read_text(content, "0123456789.txt", limit).frame
    assert list(frame.columns) == ["text"]
    (text,) = frame["text"]
    return str(text)


def refusal(content: bytes, limit: int = 100_000) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        read(content, limit)
    assert caught.value.message.startswith("file 0123456789.txt ")
    return caught.value


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso8859_15", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("text", DUTCH)
def test_dutch_is_read_right_from_every_encoding_that_offices_use(text: str, encoding: str) -> None:
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        # Not every encoding has every character; that one cannot have written this text.
        return
    assert read(content) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Mevrouw Güneş en Işık, Çağla uit Iğdır", "cp1254"),
        ("Zdzisław Wójcik, Małgorzata Żak uit Łódź", "cp1250"),
    ],
)
def test_turkish_and_polish_names_are_read_right(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == text


def test_another_language_that_is_recognised_is_read_right() -> None:
    text = "Сегодня мы говорили с семьёй о здоровье детей, о школе и о долгах за квартиру. " * 5
    assert read(text.encode("cp1251")) == text


def test_what_fits_no_language_is_refused_rather_than_guessed_at() -> None:
    assert refusal(bytes(range(0x80, 0x100)) * 3).code is Code.UNREADABLE


def test_utf8_with_one_damaged_character_is_refused_rather_than_garbled() -> None:
    text = "De cliënt zei dat ze geïrriteerd was over de situatie in de buurt en belde de gemeente. " * 5
    assert refusal(text.encode() + b"\xe9").code is Code.UNREADABLE


def test_text_with_signs_only_is_read_as_windows_writes_it() -> None:
    text = "drie kamers van 12 m² op ½ km, ±20°, foto’s"
    assert read(text.encode("cp1252")) == text


def test_only_the_place_of_what_is_not_ascii_matters_in_a_long_text() -> None:
    text = "Gewoon een zin zonder iets. " * 20_000 + "één"
    assert read(text.encode("cp1252"), 10**6) == text


@settings(deadline=None)
@given(TEXTS)
def test_utf8_comes_back_character_for_character(text: str) -> None:
    assert read(text.encode("utf-8")) == text.removeprefix("\ufeff")


def test_only_line_ends_change() -> None:
    assert read(b"  een\r\n\r\ntwee\rdrie\n\t vier  \n") == "  een\n\ntwee\ndrie\n\t vier  \n"


def test_a_form_feed_or_a_stray_control_character_is_still_text() -> None:
    assert read(b"bladzijde een\x0cbladzijde twee\x1a") == "bladzijde een\x0cbladzijde twee\x1a"


@pytest.mark.parametrize(
    "content",
    [
        b"een\0twee",
        bytes(range(1, 32)) * 3,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        codecs.BOM_UTF16_LE + b"\x00\xd8x\0",
        codecs.BOM_UTF8 + b"\xe9\xe9n",
        "Привет, это текст".encode("utf-16-le"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert refusal(content).code is Code.UNREADABLE


def test_a_text_that_is_too_long_is_refused() -> None:
    assert read(b"x" * 10, 10) == "x" * 10
    assert refusal(b"x" * 11, 10).code is Code.TOO_LARGE


def test_blanks_that_only_unicode_knows_are_no_text() -> None:
    assert refusal("\u00a0\u2003\n".encode()).code is Code.EMPTY
