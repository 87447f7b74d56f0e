import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml

from signaal.intake.docx import read_docx
from signaal.schemas.errors import Code, FileNotTakenError

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
BOX = "<w:txbxContent><w:p><w:r><w:t>in de kantlijn</w:t></w:r></w:p></w:txbxContent>"


def paragraph(inner: str) -> Callable[[], bytes]:
    """A document of three paragraphs, the middle one of this XML."""

    def content() -> bytes:
        document = docx.Document()
        document.add_paragraph("voor")
        document.add_paragraph("na")._p.addprevious(parse_xml(f"<w:p {NAMESPACES}>{inner}</w:p>"))
        return saved(document)

    return content


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return stream.getvalue()


def read(content: bytes, limit: int = 100_000) -> str:
    frame = read_docx(content, "0123456789.docx", limit).frame
    assert list(frame.columns) == ["text"]
    (text,) = frame["text"]
    return str(text)


def refusal(content: bytes, limit: int = 100_000) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        read(content, limit)
    assert caught.value.message.startswith("file 0123456789.docx ")
    assert caught.value.__context__ is None
    return caught.value


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param(run("een ") + run("zin"), "een zin", id="runs"),
        pytest.param(
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc", id="tab and break"
        ),
        pytest.param(
            "<w:r><w:t>Pieter</w:t><w:noBreakHyphen/><w:t>Jan</w:t></w:r>", "Pieter-Jan", id="hyphen"
        ),
        pytest.param(
            "<w:r><w:t>zie</w:t><w:softHyphen/><w:t>kenhuis</w:t></w:r>", "ziekenhuis", id="soft hyphen"
        ),
        pytest.param(
            "<w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>" + run("x"), "x", id="tab stops"
        ),
        pytest.param(f"<w:ins w:author='Fatima'>{run('erbij')}</w:ins>", "erbij", id="insertion"),
        pytest.param("<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>" + run("x"), "x", id="deletion"),
        pytest.param(
            f"<w:moveFrom>{run('van')}</w:moveFrom><w:moveTo>{run('naar')}</w:moveTo>", "naar", id="move"
        ),
        pytest.param(
            '<w:r><w:instrText>HYPERLINK "mailto:a@b.nl"</w:instrText></w:r>' + run("mail"),
            "mail",
            id="field",
        ),
        pytest.param(f"<w:hyperlink>{run('website')}</w:hyperlink>", "website", id="link"),
        pytest.param(f"<w:fldSimple w:instr='DATE'>{run('1 mei')}</w:fldSimple>", "1 mei", id="simple field"),
        pytest.param(
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
            + run("ingevuld")
            + "</w:sdtContent></w:sdt>",
            "ingevuld",
            id="content control",
        ),
        pytest.param(
            run("tekst")
            + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            + run(" gaat door"),
            "tekst gaat door\nin de kantlijn",
            id="text box, drawn in two ways",
        ),
        pytest.param(
            run("tekst") + f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>",
            "tekst\nin de kantlijn",
            id="text box of an old Word",
        ),
        pytest.param("<w:r><w:t>a<!-- b -->c</w:t></w:r>", "ac", id="comment in the XML"),
        pytest.param(run("&lt;Fatima&gt; &amp; Zoë"), "<Fatima> & Zoë", id="escaped characters"),
    ],
)
def test_a_paragraph_is_read_as_word_shows_it(inner: str, text: str) -> None:
    assert read(paragraph(inner)()) == f"voor\n{text}\nna"


def test_headers_body_tables_comments_and_footers_come_in_reading_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "kop"
    document.sections[0].footer.paragraphs[0].text = "voet"
    first = document.add_paragraph("eerst")
    table = document.add_table(2, 3)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcdef", strict=True):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).add_paragraph("g")
    document.add_paragraph("laatst")
    document.add_comment(first.runs, "opmerking", author="Fatima Yilmaz", initials="FY")
    document.core_properties.author = "Fatima Yilmaz"
    text = read(saved(document))
    assert text == "kop\neerst\na\nb\tc\nd\te\tf\ng\nlaatst\nopmerking\nvoet"


def test_a_table_in_a_table_is_read_once() -> None:
    document = docx.Document()
    inner = document.add_table(1, 1).cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"
    assert read(saved(document)).split() == ["x", "y"]


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_notes_below_the_text_are_read(kind: str) -> None:
    note = f"<w:{kind} {NAMESPACES}><w:note><w:p>{run('zie Fatima')}</w:p></w:note></w:{kind}>"
    declared = (
        f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument'
        f'.wordprocessingml.{kind}+xml"/></Types>'
    )
    content = with_part(
        paragraph(run("x"))(), "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", declared.encode())
    )
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(f"word/{kind}.xml", note)
    assert read(stream.getvalue()) == "voor\nx\nna\nzie Fatima"


def test_a_document_without_text_is_empty() -> None:
    assert refusal(saved(docx.Document())).code is Code.EMPTY


def test_a_text_that_is_too_long_is_refused() -> None:
    assert refusal(paragraph(run("x" * 100))(), 100).code is Code.TOO_LARGE


def test_another_document_that_is_still_to_be_merged_is_not_lost() -> None:
    document = docx.Document()
    document.add_paragraph("x")._p.addnext(parse_xml(f"<w:altChunk {NAMESPACES}/>"))
    error = refusal(saved(document))
    assert error.code is Code.UNREADABLE
    assert "holds another document" in error.message


def damage_start(content: bytes) -> bytes:
    return content[: len(content) // 2]


def damage_middle(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo("word/document.xml").header_offset + 60
    return content[:place] + bytes(100) + content[place + 100 :]


def break_xml(content: bytes) -> bytes:
    return with_part(content, "word/document.xml", lambda xml: xml[:-20])


def add_entities(content: bytes) -> bytes:
    entities = b'<!DOCTYPE x [<!ENTITY a "Fatima"><!ENTITY b "&a;&a;&a;&a;">]>'
    return with_part(content, "word/document.xml", lambda xml: xml.replace(b"?>", b"?>" + entities, 1))


def lose_document(content: bytes) -> bytes:
    return content.replace(b"word/document.xml", b"word/dokument.xml")


@pytest.mark.parametrize("change", [damage_start, damage_middle, break_xml, add_entities, lose_document])
def test_a_broken_document_says_so_and_quotes_nothing(change: Callable[[bytes], bytes]) -> None:
    error = refusal(change(paragraph(run("Fatima Yilmaz"))()))
    assert error.code is Code.UNREADABLE
    assert "is damaged; open it in the program" in error.message
    assert "Fatima" not in error.message


def test_an_archive_that_is_no_document_says_so() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "no Word document" in refusal(stream.getvalue()).message


def test_a_document_that_unpacks_into_more_than_memory_holds_is_refused() -> None:
    stream = io.BytesIO(paragraph(run("x"))())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("x/filling", "w") as out:
        for _ in range(510):
            out.write(bytes(1_000_000))
    assert refusal(stream.getvalue()).code is Code.TOO_LARGE


def test_a_part_that_is_too_large_to_be_read_as_a_whole_is_refused() -> None:
    content = with_part(paragraph(run("x"))(), "word/document.xml", lambda xml: xml + b" " * 51_000_000)
    assert refusal(content).code is Code.TOO_LARGE
