"""Repeat groups on the road: a household's members hide among those of households that look like it."""

import random
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from signaal.anonymise.anonymise import Anonymiser
from signaal.schemas.batch import Batch, Table
from signaal.schemas.declaration import Declaration
from signaal.store import open_store
from signaal.validation.validate import validate

K, L = 3, 2
HOUSEHOLDS = Declaration.model_validate(
    {
        "name": "bezoek",
        "kind": "survey",
        "files": ["*"],
        "owner": "toets",
        "purpose": "toets",
        "legal_basis": "toets",
        "retention_days": 1,
        "thresholds": {"k": K, "l": L, "max_suppressed": 0.9},
        "columns": {
            "_index": {"role": "record_id"},
            "Postcode": {"role": "quasi_identifier", "generalise": "postcode"},
            "Geloof": {"role": "sensitive"},
        },
        "repeats": {
            "leden": {
                "parent": "_parent_index",
                "key": "_index",
                "columns": {
                    "Naam": {"role": "direct_identifier", "entity": "PERSON"},
                    "Soort": {"role": "quasi_identifier", "generalise": "category"},
                    "Zorg": {"role": "sensitive"},
                },
            }
        },
    }
)


def batch(households: int, seed: int) -> Batch:
    """The first households of a survey, each with members of its own; the same for the same seed."""
    records, members, parents = [], [], []
    for number in range(households):
        chance = random.Random(f"{seed}-{number}")
        records.append(
            [str(number), f"30{chance.randint(11, 13)} AB", chance.choice(["geen", "islam", "joods"])]
        )
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            parents.append(number)
            members.append(
                ["Testa Testers", chance.choice(["kind", "kind", "ouder"]), chance.choice(["ja", "nee"])]
            )
    declared = HOUSEHOLDS.of_repeat("leden")
    table = Table(pd.DataFrame(members, columns=list(declared.columns), dtype=object))
    whole = Table(pd.DataFrame(records, columns=list(HOUSEHOLDS.columns), dtype=object))
    marks = (f"b{households}-{seed}", f"c{households}-{seed}", "file")
    repeat = Batch(f"r{marks[0]}", f"r{marks[1]}", "file", declared, table, parents=tuple(parents))
    return Batch(*marks, HOUSEHOLDS, whole, repeats=(repeat,))


def members(store: Path) -> list[dict[str, Any]]:
    """The members as somebody has them who joins both tables."""
    with duckdb.connect(str(store), read_only=True) as connection:
        found = connection.execute(
            """select leden.record_id, parent_id, soort, zorg, postcode from survey_bezoek_leden as leden
            left join survey_bezoek as record on parent_id = record.record_id"""
        ).df()
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def assert_nobody_stands_out(rows: list[dict[str, Any]]) -> None:
    groups: defaultdict[tuple[object, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        # A row whose link was cut is told from one whose record has an empty postcode.
        groups[row["parent_id"] is not None, row["postcode"], row["soort"]].append(row)
    for group in groups.values():
        assert len(group) >= K
        assert len({row["zorg"] for row in group}) >= L


@pytest.mark.parametrize("seed", range(4))
def test_members_hide_in_every_release_and_between_two(
    seed: int, tmp_path: Path, anonymiser: Anonymiser
) -> None:
    path, releases = tmp_path / "store.duckdb", []
    for households in (40, 90, 91, 140):
        names = ("bezoek", "bezoek_leden")
        declared = (HOUSEHOLDS, HOUSEHOLDS.of_repeat("leden"))
        released = {name: open_store(path).released(each) for name, each in zip(names, declared, strict=True)}
        clean = anonymiser.anonymise(batch(households, seed), released)
        if validate(clean).passed:
            open_store(path).load(clean)
            releases.append({row["record_id"]: row for row in members(path)})
    assert len(releases) > 1
    for release in releases:
        assert_nobody_stands_out(list(release.values()))
    for first, second in pairwise(releases):
        assert first.keys() <= second.keys()
        assert_nobody_stands_out([row for key, row in second.items() if key not in first])
