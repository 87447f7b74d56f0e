"""Tables of any shape: what would be published meets the thresholds, or the batch is held."""

from collections import defaultdict
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.control import Controlled, SourceState, control
from signaal.anonymise.table.hierarchies import load_hierarchies
from signaal.anonymise.table.links import Links
from signaal.anonymise.table.roles import publish, record_ids
from signaal.anonymise.text.replace import Replacer
from signaal.schemas.batch import Batch, Released, Table
from signaal.schemas.declaration import Declaration

ABOUT = {"owner": "toets", "purpose": "toets", "legal_basis": "toets", "retention_days": 1}
HIERARCHIES = load_hierarchies()
NOTHING = Released(pd.DataFrame({"record_id": pd.Series(dtype=object)}))
CELLS = {
    "Postcode": st.sampled_from(["3011 AA", "3011 AB", "3012", "9711 XX", None]),
    "Leeftijd": st.sampled_from(["21", "22", "34", "67", "93", None]),
    "Land": st.sampled_from(["Nederland", "Marokko", "Turkije", None]),
    "Soort": st.sampled_from(["a", "b", "c", None]),
}
HIERARCHY = {"Postcode": "postcode", "Leeftijd": "age", "Land": "country", "Soort": "category"}
ANSWERS = {
    "Ziek": st.sampled_from(["ja", "nee", None]),
    "Schuld": st.sampled_from(["0", "250", "9000", None]),
}


@st.composite
def surveys(draw: st.DrawFn) -> tuple[Declaration, pd.DataFrame]:
    """A declaration with some of these columns, thresholds, and some records."""
    quasi = draw(st.lists(st.sampled_from(sorted(CELLS)), unique=True, max_size=4))
    sensitive = draw(st.lists(st.sampled_from(sorted(ANSWERS)), unique=True, max_size=2))
    columns: dict[str, Any] = {"Nr": {"role": "record_id"}}
    columns |= {name: {"role": "quasi_identifier", "generalise": HIERARCHY[name]} for name in quasi}
    types = {"Ziek": "boolean", "Schuld": "number"}
    columns |= {name: {"role": "sensitive", "type": types[name]} for name in sensitive}
    thresholds = {
        "k": draw(st.integers(2, 5)),
        "l": draw(st.integers(1, 3)),
        "t": draw(st.none() | st.sampled_from([0.2, 0.6])),
        "max_suppressed": draw(st.sampled_from([0.0, 0.1, 0.5, 1.0])),
    }
    declared = {"name": "bron", "kind": "survey", "files": ["*"], **ABOUT}
    rows = draw(st.integers(1, 40))
    cells = {**CELLS, **ANSWERS}
    frame = pd.DataFrame(
        {"Nr": [str(row) for row in range(rows)]}
        | {name: draw(st.lists(cells[name], min_size=rows, max_size=rows)) for name in (*quasi, *sensitive)},
        dtype=object,
    )
    return Declaration.model_validate(declared | {"columns": columns, "thresholds": thresholds}), frame


def controlled(declaration: Declaration, frame: pd.DataFrame, released: Released = NOTHING) -> Controlled:
    keys = Keys(bytes(32))
    batch = Batch("b" * 32, "c" * 32, "file", declaration, Table(frame))
    ids = record_ids(frame, declaration, batch.content_id, keys)
    published = publish(batch, ids, Replacer(keys), HIERARCHIES)
    return control(published, ids, SourceState(declaration, released, HIERARCHIES, batch.batch_id))


def classes(table: pd.DataFrame, names: list[str]) -> list[list[dict[str, Any]]]:
    found: defaultdict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in table.astype(object).where(table.notna(), None).to_dict("records"):
        found[tuple(row[name] for name in names)].append(row)
    return list(found.values())


@given(surveys())
@settings(max_examples=60, deadline=None)
def test_no_published_table_is_below_its_thresholds(survey: tuple[Declaration, pd.DataFrame]) -> None:
    declaration, frame = survey
    made, thresholds = controlled(declaration, frame), declaration.thresholds
    if made.solution is None or made.solution.obstacle is not None:
        assert made.solution is not None or not set(CELLS) & set(frame)
        return
    quasi = [column.variable for column in made.solution.columns]
    sensitive = [
        name.lower() for name in ANSWERS if name in frame and made.records[name.lower()].notna().any()
    ]
    for group in classes(made.records, quasi):
        assert len(group) >= thresholds.k
        for name in sensitive:
            assert len({row[name] for row in group}) >= thresholds.l
    emptied = sum(column.emptied for column in made.solution.columns)
    assert emptied <= thresholds.max_suppressed * len(frame) * len(quasi)
    assert made.solution.suppressed == pytest.approx(emptied / (len(frame) * len(quasi)))


@given(surveys())
@settings(max_examples=30, deadline=None)
def test_no_cell_says_more_than_the_raw_one(survey: tuple[Declaration, pd.DataFrame]) -> None:
    declaration, frame = survey
    made = controlled(declaration, frame)
    if made.solution is None:
        return
    for column in made.solution.columns:
        heading = column.variable.capitalize()
        hierarchy = HIERARCHIES[column.hierarchy].fit(
            frame[heading].value_counts().to_dict(), None, declaration.thresholds.k
        )
        read = hierarchy.reader(declaration.columns[heading])
        for raw, cell in zip(frame[heading], made.records[column.variable], strict=True):
            label = read(raw) if isinstance(raw, str) else None
            assert cell is None or cell == (label and hierarchy.lift(label, 0, column.level))


REPEATS = Declaration.model_validate(
    {
        "name": "bron_leden",
        "kind": "survey",
        "files": ["*"],
        **ABOUT,
        "parent": "bron",
        "columns": {
            "Soort": {"role": "quasi_identifier", "generalise": "category"},
            "Ziek": {"role": "sensitive", "type": "boolean"},
        },
        "thresholds": {"k": 3, "max_suppressed": 1.0},
    }
)


def test_the_link_of_a_row_that_its_record_gives_away_is_cut() -> None:
    """Five households are alike but one: whoever knows that one would find its only child."""
    records = pd.DataFrame(
        {"record_id": list("abcdefgh"), "wijk": ["noord"] * 4 + ["zuid"] * 4}, dtype=object
    )
    parents = pd.Series(["a", "a", "b", "c", "d", "e"], dtype=object)
    frame = pd.DataFrame(
        {"Soort": ["kind"] * 6, "Ziek": ["ja", "nee", "ja", "nee", "ja", "nee"]}, dtype=object
    )
    batch = Batch("b" * 32, "c" * 32, "file", REPEATS, Table(frame))
    ids = pd.Series([f"row{row}" for row in range(6)], dtype=object)
    published = publish(batch, ids, Replacer(Keys(bytes(32))), HIERARCHIES)
    source = SourceState(REPEATS, NOTHING, HIERARCHIES, "release")
    made = control(published, ids, source, Links.to(parents, records, ["wijk"]))
    assert made.solution is not None
    assert made.solution.obstacle is None
    linked = dict(zip(ids, made.records["parent_id"], strict=True))
    assert linked["row5"] is None
    wards = made.records["parent_id"].map(records.set_index("record_id")["wijk"])
    for group in classes(made.records.assign(wijk=wards), ["wijk", "soort"]):
        assert len(group) >= 3
        assert len({row["ziek"] for row in group}) >= 2
