"""Makes a batch of a file: reads it by its format and keeps the columns that its source declares."""

from signaal.intake.delimited import read_delimited
from signaal.intake.docx import read_docx
from signaal.intake.formats import NOTES, Format, format_of
from signaal.intake.spreadsheet import read_spreadsheet
from signaal.intake.tabular import heading
from signaal.intake.text import read_text
from signaal.schemas.batch import Batch, Snapshot, Table
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError

READERS = {
    Format.TEXT: read_text,
    Format.DOCX: read_docx,
    Format.DELIMITED: read_delimited,
    Format.SPREADSHEET: read_spreadsheet,
}


def parse(
    snapshot: Snapshot, declaration: Declaration, *, content_id: str, batch_id: str, max_text_characters: int
) -> Batch:
    """The records of a file under its declaration: declared columns under their declared names.

    Headings are compared as tables have them (composed characters, single blanks). Columns that
    are not declared are left out of the table and only named in ``undeclared``.

    Raises:
        FileNotTakenError: as ``read_table``; a whole note for a source with columns or a table for
            one without (``NO_DECLARATION``); declared columns that are not there and not optional
            (``MISSING_COLUMNS``).
    """
    _check_kind(snapshot, declaration)
    table = read_table(snapshot, max_text_characters)
    undeclared: tuple[str, ...] = ()
    if declaration.columns:
        table, undeclared = _declared(table, declaration, snapshot.file.label)
    return Batch(batch_id, content_id, snapshot.file.file_id, declaration, table, undeclared)


def read_table(snapshot: Snapshot, max_text_characters: int) -> Table:
    """All that a file holds: the rows of a table, or a whole note as one row with the column ``text``.

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


def _declared(table: Table, declaration: Declaration, label: str) -> tuple[Table, tuple[str, ...]]:
    """The declared columns of a table, under their declared names, and the headings of the others."""
    names = {heading(name): name for name in declaration.columns}
    frame = table.frame
    missing = [
        name
        for shown, name in names.items()
        if shown not in frame.columns and not declaration.columns[name].optional
    ]
    if missing:
        listed = ", ".join(f'"{name}"' for name in missing)
        problem = f"lacks columns that source {declaration.name} declares: {listed}"
        advice = "correct them in the declaration or mark them as optional"
        raise FileNotTakenError(Code.MISSING_COLUMNS, f"file {label} {problem}; {advice}")
    kept = [shown for shown in frame.columns if shown in names]
    undeclared = tuple(shown for shown in frame.columns if shown not in names)
    return Table(frame[kept].rename(columns=names)), undeclared
