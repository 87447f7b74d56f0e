"""The stage as a whole: a raw batch goes in, one without personal data comes out."""

from collections.abc import Sequence

import pandas as pd

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.roles import Published, publish, record_ids
from signaal.anonymise.table.suppress import smallest_class, suppress
from signaal.anonymise.text.batch_names import BatchNames
from signaal.anonymise.text.engine import TextEngine
from signaal.anonymise.text.operators.invented import words_to_avoid
from signaal.anonymise.text.operators.replacement import Replacements
from signaal.anonymise.text.people import Known, names_nobody
from signaal.anonymise.text.replace import Replacer
from signaal.anonymise.texts import CleanText, FreeText, clean_texts, findings_of, signals_of
from signaal.schemas.batch import Batch, CleanBatch
from signaal.schemas.declaration import TEXT_COLUMN, Declaration, Role, variable_name


class Anonymiser:
    """Strips batches of their personal data with one engine, one project's keys and replacements."""

    def __init__(self, engine: TextEngine, keys: Keys, replacements: Replacements | None = None) -> None:
        self._engine = engine
        self._keys = keys
        self._replacer = Replacer(keys, replacements)

    @property
    def engine_version(self) -> str:
        """Version of the program and of the Dutch pipeline in it."""
        return self._engine.version

    def anonymise(self, batch: Batch) -> CleanBatch:
        """What may go on of a batch; nothing is decided here about whether it does."""
        declaration, frame = batch.declaration, batch.table.frame
        ids = record_ids(frame, declaration, batch.content_id, self._keys)
        published = publish(frame, declaration, ids, self._replacer)
        known = _known(frame, declaration)
        names = BatchNames(term for terms in known for term in terms)
        avoid = words_to_avoid(term.value for terms in known for term in terms)
        free_texts = _free_texts(frame, declaration, ids, known)
        texts = clean_texts(free_texts, self._engine, self._replacer, names, avoid=avoid)
        passed = [text for text in texts if text.text is not None]
        quasi = [
            variable_name(heading)
            for heading in declaration.with_role(Role.QUASI_IDENTIFIER)
            if heading in frame
        ]
        records = pd.DataFrame({"record_id": ids, **published.columns}).reset_index(drop=True)
        suppressed = suppress(records, quasi, declaration.thresholds.k)
        return CleanBatch(
            batch_id=batch.batch_id,
            content_id=batch.content_id,
            file_id=batch.file_id,
            declaration=declaration,
            key_id=self._keys.key_id,
            engine_version=self._engine.version,
            records=suppressed.table,
            signals=signals_of(passed, [self._signal_id(text, batch) for text in passed]),
            findings=_all_findings(published, passed),
            dropped=self._masked(batch.undeclared),
            failed=len(texts) - len(passed),
            duplicates=int(ids.isna().sum() + ids.dropna().duplicated(keep=False).sum()),
            k_before=smallest_class(
                frame, [name for name in declaration.with_role(Role.QUASI_IDENTIFIER) if name in frame]
            ),
            k_after=smallest_class(suppressed.table, quasi),
            suppressed=suppressed.share,
            unparsed=published.unparsed,
            known=frozenset(term.value for terms in known for term in terms),
        )

    def clean(self, texts: Sequence[str]) -> list[CleanText]:
        """Loose texts with their personal data replaced, and where that was."""
        nobody = BatchNames(())
        return clean_texts([FreeText("", "", text) for text in texts], self._engine, self._replacer, nobody)

    def _masked(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """Headings that nobody declared may hold anything: they are masked like a text."""
        return tuple(heading.text or "[KOLOM]" for heading in self.clean(headings))

    def _signal_id(self, text: CleanText, batch: Batch) -> str:
        place = f"{batch.declaration.name}:{text.source.record_id}:{text.source.variable}"
        return self._keys.keyed("signal", place.encode())[:20]


def _known(frame: pd.DataFrame, declaration: Declaration) -> list[tuple[Known, ...]]:
    """What the direct identifiers of each record say, row by row."""
    columns = [
        (column.entity, frame[heading])
        for heading, column in declaration.with_role(Role.DIRECT_IDENTIFIER).items()
        if heading in frame and column.entity is not None
    ]
    rows = zip(*(cells for _, cells in columns), strict=True) if columns else ([()] * len(frame))
    return [
        tuple(
            Known(entity, cell)
            for (entity, _), cell in zip(columns, row, strict=True)
            if isinstance(cell, str) and not names_nobody(cell)
        )
        for row in rows
    ]


def _free_texts(
    frame: pd.DataFrame, declaration: Declaration, ids: "pd.Series[str]", known: list[tuple[Known, ...]]
) -> list[FreeText]:
    headings = [TEXT_COLUMN] if not declaration.columns else list(declaration.with_role(Role.FREE_TEXT))
    return [
        FreeText(record_id, variable_name(heading), cell, terms)
        for heading in headings
        if heading in frame
        for record_id, cell, terms in zip(ids, frame[heading], known, strict=True)
        if isinstance(cell, str) and isinstance(record_id, str)
    ]


def _all_findings(published: Published, texts: list[CleanText]) -> pd.DataFrame:
    frames = [frame for frame in (*published.findings, findings_of(texts)) if not frame.empty]
    if not frames:
        return findings_of([])
    return pd.concat([frame.astype(object) for frame in frames], ignore_index=True)
