"""Reads plain notes: .txt and .md."""

from signaal.intake.encoding import encoding_of
from signaal.intake.tabular import Origin, note_table
from signaal.schemas.batch import Table


def read_text(content: bytes, label: str, max_characters: int) -> Table:
    """A note as a table of one row. Line ends become those of Unix; nothing else of the text changes.

    Raises:
        FileNotTakenError: the content is no text, an empty one or one of more than ``max_characters``.
    """
    text = content.decode(encoding_of(content, label))
    return note_table(text.replace("\r\n", "\n").replace("\r", "\n"), Origin(label, "line", max_characters))
