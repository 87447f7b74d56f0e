"""The stage as a whole: a raw batch goes in, one without personal data comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.control import SourceState, control
from signaal.anonymise.table.hierarchies import Hierarchy, load_hierarchies
from signaal.anonymise.table.links import Links
from signaal.anonymise.table.roles import Published, publish, record_ids, row_ids
from signaal.anonymise.text.engine import TextEngine
from signaal.anonymise.text.operators.replacement import Replacements
from signaal.anonymise.text.replace import Replacer
from signaal.anonymise.texts import (
    CleanText,
    FreeText,
    Told,
    clean_texts,
    findings_of,
    free_texts,
    signals_of,
)
from signaal.schemas.batch import Batch, CleanBatch, Released
from signaal.schemas.column import Role, variable_name

NOTHING = Released(pd.DataFrame({"record_id": pd.Series(dtype=object)}))
NO_RELEASES: Mapping[str, Released] = MappingProxyType({})


class Anonymiser:
    """Strips batches of their personal data with one engine, one project's keys and replacements.

    Args:
        engine: what reads texts.
        keys: the project's.
        replacements: what stands in the place of findings, where that is not the default.
        hierarchies: how quasi-identifiers become coarser, by name; else those that ship.
    """

    def __init__(
        self,
        engine: TextEngine,
        keys: Keys,
        replacements: Replacements | None = None,
        hierarchies: Mapping[str, Hierarchy] | None = None,
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._replacer = Replacer(keys, replacements)
        self._hierarchies = load_hierarchies(None) if hierarchies is None else hierarchies

    @property
    def engine_version(self) -> str:
        """Version of the program and of the Dutch pipeline in it."""
        return self._engine.version

    def anonymise(self, batch: Batch, released: Mapping[str, Released] = NO_RELEASES) -> CleanBatch:
        """What may go on of a batch; nothing is decided here about whether it does.

        Args:
            batch: the records of a file, with their repeat groups.
            released: what was published before, by the name of the source or of the repeat group.
        """
        told = Told(batch, *batch.repeats)
        ids = record_ids(batch.table.frame, batch.declaration, batch.content_id, self._keys)
        before = released.get(batch.declaration.name, NOTHING)
        main = self._part(batch, ids, told, self._source(batch, before, batch))
        repeats = tuple(self._repeat(repeat, ids, main, told, released) for repeat in batch.repeats)
        return replace(main, repeats=repeats)

    def clean(self, texts: Sequence[str]) -> list[CleanText]:
        """Loose texts with their personal data replaced, and where that was."""
        return clean_texts([FreeText("", "", text) for text in texts], self._engine, self._replacer, Told())

    def _repeat(
        self,
        repeat: Batch,
        record_ids: "pd.Series[str]",
        main: CleanBatch,
        told: Told,
        released: Mapping[str, Released],
    ) -> CleanBatch:
        """A repeat group, once it is known how the records are published that it hangs on."""
        parents = pd.Series([record_ids.iloc[at] if at >= 0 else None for at in repeat.parents], dtype=object)
        quasi = [
            name
            for name in map(variable_name, main.declaration.with_role(Role.QUASI_IDENTIFIER))
            if name in main.records
        ]
        links = Links.to(parents, pd.concat([main.records, main.rest], ignore_index=True), quasi)
        ids = row_ids(parents.tolist(), repeat.declaration, self._keys)
        before = _without_rows_of(released.get(repeat.declaration.name, NOTHING), record_ids, ids)
        clean = self._part(repeat, ids, told, self._source(repeat, before, main), links)
        return replace(clean, orphans=repeat.parents.count(-1))

    def _part(
        self,
        batch: Batch,
        ids: "pd.Series[str]",
        told: Told,
        source: SourceState,
        links: Links | None = None,
    ) -> CleanBatch:
        """One table of a file."""
        declaration = batch.declaration
        published = publish(batch, ids, self._replacer, self._hierarchies)
        controlled = control(published, ids, source, links)
        texts = clean_texts(free_texts(batch, ids, told), self._engine, self._replacer, told)
        passed = [text for text in texts if text.text is not None]
        return CleanBatch(
            batch_id=batch.batch_id,
            content_id=batch.content_id,
            file_id=batch.file_id,
            declaration=declaration,
            key_id=self._keys.key_id,
            engine_version=self._engine.version,
            records=controlled.records,
            signals=signals_of(passed, [self._signal_id(text, batch) for text in passed]),
            findings=_all_findings(published, passed),
            dropped=self._masked(batch.undeclared),
            failed=len(texts) - len(passed),
            duplicates=int(ids.isna().sum() + ids.dropna().duplicated(keep=False).sum()),
            misfits=tuple(published.misfits),
            unparsed=published.unparsed,
            solution=controlled.solution,
            newcomer=pd.Series(controlled.newcomer),
            first_class=pd.Series(controlled.first_class, dtype="int64"),
            released=len(source.released.rows),
            deferred=controlled.deferred,
            finer=controlled.finer,
            rest=controlled.rest,
            before=controlled.before,
            known=told.values,
        )

    def _source(self, part: Batch, released: Released, whole: Batch | CleanBatch) -> SourceState:
        """What a table of a file is measured with; all of them are one release.

        What tells a release from others is a secret: its classes are kept, and with an id that stands
        in the store whoever has that could try which finer cells a class was made of.
        """
        release = self._keys.keyed("release", self._keys.origin(whole.batch_id).encode())
        return SourceState(part.declaration, released, self._hierarchies, release)

    def _masked(self, headings: tuple[str, ...]) -> tuple[str, ...]:
        """Headings that nobody declared may hold anything: they are masked like a text."""
        return tuple(heading.text or "[KOLOM]" for heading in self.clean(headings))

    def _signal_id(self, text: CleanText, batch: Batch) -> str:
        record = self._keys.origin(text.source.record_id)
        place = f"{batch.declaration.name}:{record}:{text.source.variable}"
        return self._keys.short("signal", place.encode(), 20)


def _without_rows_of(released: Released, record_ids: "pd.Series[str]", ids: "pd.Series[str]") -> Released:
    """What was published of a repeat group, without rows of these records that are there no more."""
    if released.rows.empty:
        return released
    gone = released.rows["parent_id"].isin(record_ids.dropna()) & ~released.rows["record_id"].isin(ids)
    return replace(
        released,
        rows=released.rows[~gone].reset_index(drop=True),
        first_class=released.first_class[~gone].reset_index(drop=True),
    )


def _all_findings(published: Published, texts: list[CleanText]) -> pd.DataFrame:
    frames = [frame for frame in (*published.findings, findings_of(texts)) if not frame.empty]
    if not frames:
        return findings_of([])
    return pd.concat([frame.astype(object) for frame in frames], ignore_index=True)
