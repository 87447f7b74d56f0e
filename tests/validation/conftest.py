"""Batches as they come out of anonymising, all data invented."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from signaal.schemas.batch import CleanBatch
from signaal.schemas.column import PARENT_ID, Role, variable_name
from signaal.schemas.declaration import Declaration
from signaal.schemas.risk import Solution
from signaal.validation.published import FINDING_COLUMNS, SIGNAL_COLUMNS

MakeBatch = Callable[..., CleanBatch]

_ABOUT = {
    "files": ("*.csv",),
    "owner": "Team onderzoek",
    "purpose": "Signalen",
    "legal_basis": "AVG art. 6 lid 1 onder e",
    "retention_days": 365,
}
_COLUMNS = {
    "Nummer": {"role": "record_id"},
    "Naam": {"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"},
    "E-mail": {"role": "direct_identifier", "entity": "EMAIL_ADDRESS"},
    "Postcode": {"role": "quasi_identifier", "generalise": "postcode"},
    "Leeftijd": {"role": "quasi_identifier", "generalise": "age"},
    "Score": {"role": "keep", "type": "number"},
    "Wijk": {"role": "keep", "optional": True},
    "Zorg": {"role": "sensitive"},
    "Toelichting": {"role": "free_text"},
    "Weg": {"role": "drop"},
}


def hex_id(number: int) -> str:
    """Twenty hex digits, as a keyed id has."""
    return f"{number:020x}"


def survey_batch(rows: int = 10, **changes: object) -> CleanBatch:
    """A survey of ten respondents that passes; keyword arguments change fields of the batch."""
    declaration = Declaration(name="peiling", kind="survey", columns=_COLUMNS, **_ABOUT)
    ids = [hex_id(row) for row in range(rows)]
    records = pd.DataFrame(
        {
            "record_id": ids,
            "naam": [f"PERSOON-BCDFGHJKL{'MNP'[row % 3]}Q{'RST'[row // 3 % 3]}" for row in range(rows)],
            "postcode": ["1234" if row % 2 else "5678" for row in range(rows)],
            "leeftijd": "30-39",
            "score": [row % 10 + 0.5 for row in range(rows)],
            "zorg": ["geen zorg" if row % 4 < 2 else "thuiszorg" for row in range(rows)],
        }
    )
    signals = pd.DataFrame(
        {
            "signal_id": [hex_id(row + 10**6) for row in range(rows)],
            "record_id": ids,
            "variable": "toelichting",
            "text": [
                f"In de wijk van [PERSOON-BCDFGHJKLMNP] is het rustig, dag {row}." for row in range(rows)
            ],
            "letters": 40,
            "masked": 4,
        }
    )
    batch = replace(_batch(declaration, records, signals), **changes)
    return controlled(batch, **changes)


def note_batch(
    text: object = "Gesproken met [PERSOON-BCDFGHJKLMNP] in [PLAATS].", **changes: object
) -> CleanBatch:
    """A field note that passes; ``text`` is what is left of it."""
    declaration = Declaration(name="notities", kind="field_notes", **_ABOUT)
    records = pd.DataFrame({"record_id": [hex_id(1)]})
    row = (hex_id(2), hex_id(1), "text", text, 30, 10)
    signals = pd.DataFrame([row], columns=list(SIGNAL_COLUMNS))
    return replace(_batch(declaration, records, signals), **changes)


def members_batch(parents: Sequence[str | None], **changes: object) -> CleanBatch:
    """The members of the households of a survey, a row for each id of its record."""
    columns = {
        "Leeftijd lid": {"role": "quasi_identifier", "generalise": "age"},
        "Werkt": {"role": "sensitive", "type": "boolean"},
    }
    about = {"name": "peiling_leden", "kind": "survey", "parent": "peiling", "columns": columns}
    records = pd.DataFrame(
        {
            "record_id": [hex_id(row + 10**7) for row in range(len(parents))],
            "parent_id": pd.Series(list(parents), dtype=object),
            "leeftijd_lid": "0-9",
            "werkt": pd.Series([row % 2 == 0 for row in range(len(parents))], dtype=object),
        }
    )
    signals = pd.DataFrame(columns=list(SIGNAL_COLUMNS))
    batch = _batch(Declaration(**(about | _ABOUT)), records, signals)
    return controlled(replace(batch, **changes), **changes)


def controlled(batch: CleanBatch, **changes: object) -> CleanBatch:
    """A batch as if nothing had to be generalised, of a source that had published nothing else."""
    quasi_or_sensitive = batch.declaration.with_role(Role.QUASI_IDENTIFIER, Role.SENSITIVE)
    names = [name for name in map(variable_name, quasi_or_sensitive) if name in batch.records]
    names += [PARENT_ID] if batch.declaration.parent else []
    table = pd.concat([batch.records, batch.rest])
    made = {
        "before": pd.DataFrame({name: pd.factorize(table[name], sort=True)[0] + 1 for name in names}),
        "newcomer": pd.Series(True, index=batch.records.index, dtype=bool),
        "released": len(batch.rest),
        "solution": solution(),
    }
    return replace(batch, **(made | changes))


def solution(**changes: object) -> Solution:
    """What a solver chose that had nothing to do."""
    made = {"columns": (), "optimal": True, "checked": 1, "possible": 1, "lost": 0, "discernibility": 1}
    return Solution.model_validate(made | {"suppressed": 0} | changes)


@pytest.fixture
def survey() -> MakeBatch:
    """Makes a survey."""
    return survey_batch


@pytest.fixture
def members() -> MakeBatch:
    """Makes a repeat group."""
    return members_batch


@pytest.fixture
def solved() -> Callable[..., Solution]:
    """Makes what a solver chose."""
    return solution


@pytest.fixture
def note() -> MakeBatch:
    """Makes a field note."""
    return note_batch


def _batch(declaration: Declaration, records: pd.DataFrame, signals: pd.DataFrame) -> CleanBatch:
    return CleanBatch(
        batch_id="b" * 32,
        content_id="c" * 32,
        file_id="f" * 10,
        declaration=declaration,
        key_id="12345678",
        engine_version="1",
        records=records,
        signals=signals,
        findings=pd.DataFrame(columns=list(FINDING_COLUMNS)),
    )
