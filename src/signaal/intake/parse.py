"""Makes a batch of a file: reads it by its format and keeps the columns that its source declares."""

from signaal.intake.declared import declared
from signaal.intake.delimited import read_delimited
from signaal.intake.docx import read_docx
from signaal.intake.formats import NOTES, Format, format_of
from signaal.intake.spreadsheet import read_spreadsheet
from signaal.intake.spss import read_spss
from signaal.intake.text import read_text
from signaal.schemas.batch import Batch, Snapshot, Table
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError

READERS = {
    Format.TEXT: read_text,
    Format.DOCX: read_docx,
    Format.DELIMITED: read_delimited,
    Format.SPREADSHEET: read_spreadsheet,
    Format.SPSS: read_spss,
}


def parse(
    snapshot: Snapshot, declaration: Declaration, *, content_id: str, batch_id: str, max_text_characters: int
) -> Batch:
    """The records of a file under its declaration: declared columns under their declared names.

    Headings are compared as tables have them (composed characters, single blanks). Columns and
    sheets that are not declared are left out and only named in ``undeclared``, a sheet as ``blad NAME``.

    Raises:
        FileNotTakenError: as ``read_table``; a whole note for a source with columns or a table for
            one without (``NO_DECLARATION``); declared columns or repeat groups that are not there and
            not optional (``MISSING_COLUMNS``).
    """
    _check_kind(snapshot, declaration)
    table = read_table(snapshot, max_text_characters)
    batch = Batch(batch_id, content_id, snapshot.file.file_id, declaration, table)
    return declared(batch, snapshot.file.label) if declaration.columns else batch


def read_table(snapshot: Snapshot, max_text_characters: int) -> Table:
    """All that a file holds: the rows of a table, or a whole note as one row with the column ``text``.

    Of the label, the notes and other properties of a file nothing is passed on.

    Raises:
        FileNotTakenError: it cannot be read (``UNKNOWN_FORMAT``, ``UNREADABLE``), holds no record
            (``EMPTY``), or a cell or text of more than ``max_text_characters`` (``TOO_LARGE``).
    """
    reader = READERS[format_of(snapshot.file, snapshot.content)]
    return reader(snapshot.content, snapshot.file.label, max_text_characters)


def _check_kind(snapshot: Snapshot, declaration: Declaration) -> None:
    is_note = format_of(snapshot.file, snapshot.content) in NOTES
    if is_note == (not declaration.columns):
        return
    label, source = snapshot.file.label, declaration.name
    if is_note:
        problem = f"is a whole note, and source {source} has columns; take it out of its files"
    else:
        problem = f"is a table, and source {source} has no columns; run `signaal propose {label}`"
    raise FileNotTakenError(Code.NO_DECLARATION, f"file {label} {problem}")
