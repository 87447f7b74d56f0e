import io
import zipfile
from collections.abc import Callable

import pytest

from signaal.intake.parse import parse, read_table
from signaal.schemas.batch import Batch, Snapshot
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError

Declared = Callable[..., Declaration]
ShownAs = Callable[[str, bytes], Snapshot]

COLUMNS = {
    "Naam": {"role": "direct_identifier", "entity": "PERSON"},
    "Privé telefoon": {"role": "drop"},
    "Klacht": {"role": "free_text", "optional": True},
}


def parsed(snapshot: Snapshot, declaration: Declaration) -> Batch:
    return parse(snapshot, declaration, content_id="c" * 32, batch_id="b" * 32, max_text_characters=1000)


def refusal(snapshot: Snapshot, declaration: Declaration) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        parsed(snapshot, declaration)
    assert caught.value.__context__ is None
    return caught.value


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", "b")
    return stream.getvalue()


def test_a_note_becomes_a_batch_of_one_record(snapshot: ShownAs, declared: Declared) -> None:
    declaration = declared()
    batch = parsed(snapshot("a.TXT", b"een\r\ntwee"), declaration)
    assert batch.table.frame.to_dict("list") == {"text": ["een\ntwee"]}
    assert (batch.batch_id, batch.content_id, batch.file_id) == ("b" * 32, "c" * 32, "0123456789")
    assert batch.declaration is declaration
    assert batch.undeclared == ()


def test_a_table_keeps_declared_columns_and_only_names_the_others(
    snapshot: ShownAs, declared: Declared
) -> None:
    text = "E-mail;Prive\u0301  telefoon;Naam;Klacht\na@b.nl;06;Fatima;lek\n;;Zoë;\n"
    batch = parsed(snapshot("a.csv", text.encode()), declared(columns=COLUMNS))
    assert batch.undeclared == ("E-mail",)
    assert list(batch.table.frame.columns) == ["Privé telefoon", "Naam", "Klacht"]
    assert batch.table.frame.to_numpy().tolist() == [["06", "Fatima", "lek"], [None, "Zoë", None]]


def test_an_optional_column_need_not_be_there(snapshot: ShownAs, declared: Declared) -> None:
    batch = parsed(snapshot("a.csv", "Naam;Privé telefoon\nx;y\n".encode()), declared(columns=COLUMNS))
    assert list(batch.table.frame.columns) == ["Naam", "Privé telefoon"]


def test_missing_columns_are_named_as_declared_and_headings_of_the_file_are_not(
    snapshot: ShownAs, declared: Declared
) -> None:
    error = refusal(snapshot("a.csv", b"Fatima;Klacht\nx;y\n"), declared(columns=COLUMNS))
    assert error.code is Code.MISSING_COLUMNS
    assert '"Naam", "Privé telefoon"' in error.message
    assert "Fatima" not in error.message
    assert "Klacht" not in error.message


def test_a_source_of_notes_takes_no_table_and_the_other_way_round(
    snapshot: ShownAs, declared: Declared
) -> None:
    table = refusal(snapshot("a.csv", b"a;b\n1;2\n"), declared())
    note = refusal(snapshot("a.txt", b"tekst"), declared(columns=COLUMNS))
    assert table.code is note.code is Code.NO_DECLARATION
    assert "`signaal propose 0123456789.csv`" in table.message
    assert "take it out of its files" in note.message


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("a.pdf", b"%PDF-1.7", Code.UNKNOWN_FORMAT, "save it as .csv, .docx, .md, .sav, .txt or .xlsx"),
        ("verslag van Fatima", b"tekst", Code.UNKNOWN_FORMAT, "cannot be read"),
        ("a.csv", zipped(), Code.UNREADABLE, "not what its ending says"),
        ("a.txt", b"%PDF-1.7 tekst", Code.UNREADABLE, "not what its ending says"),
        ("a.md", rb"{\rtf1\ansi Fatima}", Code.UNREADABLE, "not what its ending says"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Code.UNREADABLE, "not a text"),
        ("a.docx", b"gewoon tekst", Code.UNREADABLE, "save it as .docx"),
        ("a.xlsx", b"a;b\n1;2\n", Code.UNREADABLE, "save it as .xlsx"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), Code.UNREADABLE, "save it as .docx"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), Code.UNREADABLE, "a password"),
        ("a.docx", zipped(), Code.UNREADABLE, "is damaged"),
        ("a.xlsx", zipped(), Code.UNREADABLE, "is damaged"),
    ],
)
def test_what_a_file_is_is_found_out_from_its_content_too(
    snapshot: ShownAs, name: str, content: bytes, code: Code, says: str
) -> None:
    with pytest.raises(FileNotTakenError) as caught:
        read_table(snapshot(name, content), 1000)
    assert caught.value.code is code
    assert says in caught.value.message
    assert "Fatima" not in caught.value.message
    assert caught.value.__context__ is None
