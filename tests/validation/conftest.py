"""Batches as they come out of anonymising, all data invented."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from signaal.schemas.batch import CleanBatch
from signaal.schemas.declaration import Declaration
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
    "Postcode": {"role": "quasi_identifier", "generalise": "postcode4"},
    "Leeftijd": {"role": "quasi_identifier", "generalise": "band10"},
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
            "zorg": "geen zorg",
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
    return replace(_batch(declaration, records, signals), **({"k_after": rows // 2} | changes))


def note_batch(
    text: object = "Gesproken met [PERSOON-BCDFGHJKLMNP] in [PLAATS].", **changes: object
) -> CleanBatch:
    """A field note that passes; ``text`` is what is left of it."""
    declaration = Declaration(name="notities", kind="field_notes", **_ABOUT)
    records = pd.DataFrame({"record_id": [hex_id(1)]})
    row = (hex_id(2), hex_id(1), "text", text, 30, 10)
    signals = pd.DataFrame([row], columns=list(SIGNAL_COLUMNS))
    return replace(_batch(declaration, records, signals), **changes)


@pytest.fixture
def survey() -> MakeBatch:
    """Makes a survey."""
    return survey_batch


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
