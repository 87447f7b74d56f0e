"""The free texts of a batch: detected together, replaced with what is known of each record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from signaal.anonymise.table.dates import parse_date
from signaal.anonymise.text.batch_names import BatchNames
from signaal.anonymise.text.engine import TextEngine
from signaal.anonymise.text.operators.invented import words_to_avoid
from signaal.anonymise.text.people import Known, names_nobody
from signaal.anonymise.text.people.document import whole_document
from signaal.anonymise.text.people.forms import IsWord
from signaal.anonymise.text.people.ordinary import is_ordinary
from signaal.anonymise.text.replace import Replacer
from signaal.anonymise.text.spans import Span
from signaal.anonymise.text.structure import find_named
from signaal.schemas.batch import Batch
from signaal.schemas.column import Column, DateOrder, Role, variable_name
from signaal.schemas.declaration import TEXT_COLUMN
from signaal.schemas.entities import Entity

Document = tuple[tuple[Span, ...], list[Known]]
"""The spans of a text, and the people that they point at."""


@dataclass(frozen=True, repr=False)
class FreeText:
    """One filled cell of free text: whose, in which variable, and what is known of its record."""

    record_id: str
    variable: str
    text: str
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, repr=False)
class CleanText:
    """A free text without personal data; ``text`` is None where detection failed."""

    source: FreeText
    text: str | None
    spans: tuple[Span, ...] = ()

    @property
    def masked(self) -> int:
        """Letters and digits of the raw text that were replaced."""
        return sum(letters(self.source.text[span.start : span.end]) for span in self.spans)


class Told:
    """What the columns of a whole file tell of everybody in it.

    ``values`` are the identifiers as they stand in the file.

    Args:
        tables: the records of the file, and its repeat groups.
    """

    def __init__(self, *tables: Batch) -> None:
        self._rows = {table.batch_id: terms_of(table) for table in tables}
        self._terms = {term: None for rows in self._rows.values() for row in rows for term in row}
        self.values = frozenset(term.value for term in self._terms)

    def of(self, table: Batch) -> list[tuple[Known, ...]]:
        """What is told of each row of one of the tables."""
        return self._rows[table.batch_id]

    @cached_property
    def names(self) -> BatchNames:
        """Finds any of it in a text; made once a text asks for it, since a large file has many names."""
        return BatchNames(self._terms)

    @cached_property
    def avoid(self) -> frozenset[str]:
        """The words that are in no invented name."""
        return words_to_avoid(self.values)


def terms_of(batch: Batch) -> list[tuple[Known, ...]]:
    """What the direct identifiers of each record say, row by row."""
    frame = batch.table.frame
    columns = [
        (column, frame[heading])
        for heading, column in batch.declaration.with_role(Role.DIRECT_IDENTIFIER).items()
        if heading in frame
    ]
    rows = zip(*(cells for _, cells in columns), strict=True) if columns else ([()] * len(frame))
    return [
        tuple(
            term
            for (column, _), cell in zip(columns, row, strict=True)
            if isinstance(cell, str) and not names_nobody(cell)
            for term in _terms(column, cell)
        )
        for row in rows
    ]


def _terms(column: Column, cell: str) -> Iterator[Known]:
    """A cell as it stands, and a date that puts the month first also as it is read elsewhere."""
    if column.entity is None:
        return
    yield Known(column.entity, cell)
    if column.date_order is DateOrder.MONTH_FIRST and column.entity is Entity.DATE_TIME:
        day = parse_date(cell, month_first=True)
        if day is not None:
            yield Known(column.entity, day.isoformat())


def free_texts(batch: Batch, ids: "pd.Series[str]", told: Told) -> list[FreeText]:
    """The filled cells of the columns that are free text, with what is known of their records."""
    frame, declaration = batch.table.frame, batch.declaration
    headings = [TEXT_COLUMN] if not declaration.columns else list(declaration.with_role(Role.FREE_TEXT))
    return [
        FreeText(record_id, variable_name(heading), cell, terms)
        for heading in headings
        if heading in frame
        for record_id, cell, terms in zip(ids, frame[heading], told.of(batch), strict=True)
        if isinstance(cell, str) and isinstance(record_id, str)
    ]


def clean_texts(
    texts: Sequence[FreeText],
    engine: TextEngine,
    replacer: Replacer,
    told: Told,
    *,
    is_word: IsWord = is_ordinary,
) -> list[CleanText]:
    """Each text with its personal data replaced; equal texts are analysed once.

    ``is_word`` says whether something in small letters is an ordinary Dutch word.
    """
    different = list(dict.fromkeys(text.text for text in texts))
    found = dict(zip(different, engine.find(different), strict=True))
    documents = [_known_and_found(text, found[text.text], told.names, is_word) for text in texts]
    return [
        _replaced(text, document, replacer, told.avoid)
        for text, document in zip(texts, documents, strict=True)
    ]


def signals_of(texts: Sequence[CleanText], ids: Sequence[str]) -> pd.DataFrame:
    """The ``signals`` of a ``CleanBatch``."""
    return pd.DataFrame(
        {
            "signal_id": list(ids),
            "record_id": [text.source.record_id for text in texts],
            "variable": [text.source.variable for text in texts],
            "text": [text.text for text in texts],
            "letters": [letters(text.source.text) for text in texts],
            "masked": [text.masked for text in texts],
        }
    )


def findings_of(texts: Sequence[CleanText]) -> pd.DataFrame:
    """The ``findings`` of a ``CleanBatch`` in its free texts."""
    rows = [
        (
            text.source.record_id,
            text.source.variable,
            str(span.entity),
            span.start,
            span.end,
            span.score,
            span.recognizer,
        )
        for text in texts
        for span in text.spans
    ]
    columns = ["record_id", "variable", "entity_type", "start", "end", "score", "recognizer"]
    return pd.DataFrame(rows, columns=columns)


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(letter.isalnum() for letter in text)


def _known_and_found(
    text: FreeText, found: tuple[Span, ...] | None, names: BatchNames, is_word: IsWord
) -> Document | None:
    """What a text holds of the people known of its record and found in it; None where detection failed."""
    if found is None:
        return None
    told = [*found, *find_named(text.text, is_word)]
    return whole_document(text.text, told, text.known, names.find(text.text), is_word)


def _replaced(
    text: FreeText, document: Document | None, replacer: Replacer, avoid: frozenset[str]
) -> CleanText:
    if document is None:
        return CleanText(text, None)
    spans, people = document
    return CleanText(text, replacer.replace(text.text, spans, people, text.record_id or None, avoid), spans)
