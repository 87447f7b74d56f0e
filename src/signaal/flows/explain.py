"""One text with its findings, each explained. It goes to the terminal that asked for it and nowhere else."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine
from signaal.anonymise.text.operators.replacement import Replacements
from signaal.anonymise.text.people import Known
from signaal.anonymise.text.replace import Replaced, Replacer
from signaal.anonymise.text.spans import Span
from signaal.anonymise.texts import FreeText, Told, clean_texts
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code, FileNotTakenError

STANDARD_INPUT = "-"
TEXT_FILE = ".txt"
WHOLE_DOCUMENT = "the whole document"
_COLOURS = ("cyan", "magenta", "yellow", "green", "blue", "red")
_STYLES = {
    entity: f"bold {_COLOURS[at % len(_COLOURS)]}{' underline' if at // len(_COLOURS) % 2 else ''}"
    for at, entity in enumerate(Entity)
}


@dataclass(frozen=True, repr=False)
class Explained:
    """One finding, and what stands in its place ("" for nothing)."""

    span: Span
    stand_in: str

    @property
    def found_by(self) -> str:
        """The recogniser; for what follows from other findings the document."""
        recognizer, rule, _ = self.span.recognizer.partition(":")
        return recognizer if rule else WHOLE_DOCUMENT

    @property
    def rule(self) -> str:
        """The name of the pattern, list or pipeline."""
        return self.span.recognizer.partition(":")[2] or self.span.recognizer


class _NotingReplacer(Replacer):
    """A replacer that keeps what it put in the place of each finding of the last text."""

    made = Replaced("")

    def replaced(
        self,
        text: str,
        spans: Sequence[Span],
        people: Sequence[Known] = (),
        document: str | None = None,
        avoid: frozenset[str] = frozenset(),
    ) -> Replaced:
        self.made = super().replaced(text, spans, people, document, avoid)
        return self.made


def read_text(given: str, standard_input: BinaryIO, most: int) -> str:
    """The text that is meant: itself, that of a .txt file, or for "-" what standard input holds.

    Raises:
        FileNotTakenError: the file can't be read or is no UTF-8, or the text has over ``most`` characters.
    """
    text = None
    try:
        if given == STANDARD_INPUT:
            text = standard_input.read().decode("utf-8-sig")
        elif given.endswith(TEXT_FILE) and "\n" not in given:
            text = Path(given).read_text(encoding="utf-8-sig")
        else:
            text = given
    except (OSError, UnicodeDecodeError):
        text = None
    if text is None:
        raise FileNotTakenError(Code.UNREADABLE, "the text cannot be read: give a .txt file in UTF-8")
    if len(text) > most:
        raise FileNotTakenError(Code.TOO_LARGE, f"the text has over {most} characters: give a part of it")
    return text


def explained(
    text: str, engine: TextEngine, keys: Keys, replacements: Replacements
) -> list[Explained] | None:
    """What is found in a text by itself, in order; None where detection failed."""
    replacer = _NotingReplacer(keys, replacements)
    (clean,) = clean_texts([FreeText("", "", text)], engine, replacer, Told())
    if clean.text is None:
        return None
    return [Explained(*pair) for pair in zip(clean.spans, replacer.made.stand_ins, strict=True)]


def show(console: Console, text: str, found: Sequence[Explained]) -> None:
    """Prints the text with its findings numbered and coloured, and a table that explains them."""
    console.print(_marked(text, [each.span for each in found]), soft_wrap=True)
    console.print()
    if not found:
        console.print("nothing was found")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("no.", "kind", "score", "found by", "rule", "becomes"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "kind")
    for number, each in enumerate(found, start=1):
        kind = Text(each.span.entity, style=_STYLES[each.span.entity])
        cells = (each.found_by, each.rule, each.stand_in or "nothing")
        table.add_row(
            str(number), kind, f"{each.span.score:.2f}", *(Text(_printable(cell)) for cell in cells)
        )
    console.print(table)


def _marked(text: str, spans: Sequence[Span]) -> Text:
    """The text with ``[1 …]`` around the first finding, and so on; readable without colours."""
    shown, at = Text(), 0
    for number, span in enumerate(spans, start=1):
        shown.append(_printable(text[at : span.start]))
        shown.append(f"[{number} ", style="dim")
        shown.append(_printable(text[span.start : span.end]), style=_STYLES[span.entity])
        shown.append("]", style="dim")
        at = span.end
    return shown.append(_printable(text[at:]))


def _printable(text: str) -> str:
    """Without characters that a terminal would obey: a raw text may hold any."""
    return "".join("�" if _is_control(letter) else letter for letter in text)


def _is_control(letter: str) -> bool:
    return letter not in "\n\t" and unicodedata.category(letter) in {"Cc", "Cs"}
