"""Releases of one source laid side by side: what differs must not point at anybody."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.table.hierarchies import load_hierarchies
from signaal.anonymise.text.engine import TextEngine
from signaal.schemas.batch import Batch, CleanBatch, Table
from signaal.schemas.declaration import Declaration
from signaal.schemas.verdict import Check, Verdict
from signaal.store import open_store
from signaal.validation.validate import validate

K, L = 3, 2
COLUMNS = {
    "Nr": {"role": "record_id"},
    "Postcode": {"role": "quasi_identifier", "generalise": "postcode"},
    "Leeftijd": {"role": "quasi_identifier", "generalise": "age"},
    "Geslacht": {"role": "quasi_identifier", "generalise": "category"},
    "Gezondheid": {"role": "sensitive"},
    "Cijfer": {"role": "keep", "type": "number"},
}
HIERARCHIES = {"postcode": "postcode", "leeftijd": "age", "geslacht": "category"}
Row = dict[str, Any]
Release = dict[str, Row]
"""A survey's table as somebody kept it: its rows by the pseudonym of the record."""


def declaration(**changes: object) -> Declaration:
    about = {"owner": "toets", "purpose": "toets", "legal_basis": "toets", "retention_days": 1}
    thresholds = {"k": K, "l": L, "max_suppressed": 0.6}
    content = {"name": "enquete", "kind": "survey", "files": ["*"], **about, "columns": COLUMNS}
    return Declaration.model_validate(content | {"thresholds": thresholds} | changes)


@dataclass
class Source:
    """A source with its store, and every release of it that somebody may have kept."""

    path: Path
    anonymiser: Anonymiser
    releases: list[Release] = field(default_factory=list)
    levels: list[dict[str, int]] = field(default_factory=list)

    def take_in(self, people: Iterable[Row], declared: Declaration) -> Verdict:
        """A file with these people, through the stages; a release only where it passes."""
        clean = self.clean(people, declared)
        verdict = validate(clean)
        if verdict.passed:
            open_store(self.path).load(clean)
            assert clean.solution is not None
            self.releases.append(self.table())
            self.levels.append({column.variable: column.level for column in clean.solution.columns})
        return verdict

    def clean(self, people: Iterable[Row], declared: Declaration) -> CleanBatch:
        people = list(people)
        headings = [name for name in declared.columns if name in people[0]]
        frame = pd.DataFrame(people, columns=headings, dtype=object)
        marks = f"{len(self.releases)}-{frame.to_csv()}-{declared.version}"
        batch = Batch(f"b{hash(marks)}", f"c{hash(frame.to_csv())}", "file", declared, Table(frame))
        released = {declared.name: open_store(self.path).released(declared)}
        return self.anonymiser.anonymise(batch, released)

    def table(self) -> Release:
        with duckdb.connect(str(self.path), read_only=True) as store:
            rows = store.execute("select * exclude (batch_id) from survey_enquete").df().astype(object)
        rows = rows.where(rows.notna(), None)
        return {row["record_id"]: row for row in rows.to_dict("records")}


@pytest.fixture
def source(tmp_path: Path, anonymiser: Anonymiser) -> Source:
    return Source(tmp_path / "store.duckdb", anonymiser)


def person(number: int, chance: random.Random) -> Row:
    return {
        "Nr": str(number),
        "Postcode": f"30{chance.randint(11, 14)} {chance.choice('AB')}{chance.choice('AB')}",
        "Leeftijd": str(chance.randint(20, 39)),
        "Geslacht": chance.choice(["man", "vrouw", "vrouw"]),
        "Gezondheid": chance.choice(["goed", "slecht", "matig"]),
        "Cijfer": str(chance.randint(1, 3)),
    }


def history(chance: random.Random) -> Iterator[list[Row]]:
    """Exports of a survey that goes on: respondents join, some answers are corrected, some people move."""
    people = [person(number, chance) for number in range(chance.randint(40, 90))]
    yield people
    for _ in range(5):
        start = len(people)
        joined = [person(start + number, chance) for number in range(chance.choice([0, 1, 4, 12, 40]))]
        changed = [dict(each) for each in people]
        for each in changed:
            if chance.random() < chance.choice([0.02, 0.3]):
                each |= {"Cijfer": str(chance.randint(1, 3)), "Gezondheid": chance.choice(["goed", "slecht"])}
            if chance.random() < 0.05:
                each["Postcode"] = "3019 ZZ"
        people = changed + joined
        yield joined if chance.random() < 0.2 and joined else people


def groups(rows: Iterable[Row]) -> list[list[Row]]:
    found: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in HIERARCHIES)].append(row)
    return list(found.values())


def assert_nobody_stands_out(rows: Iterable[Row]) -> None:
    for group in groups(rows):
        assert len(group) >= K
        assert len({row["gezondheid"] for row in group}) >= L


def differences(first: Release, second: Release) -> Iterator[list[Row]]:
    """What somebody sees who has both: who joined, and whose answers changed, as both describe them."""
    yield [row for key, row in second.items() if key not in first]
    changed = [key for key in first.keys() & second.keys() if answers(first[key]) != answers(second[key])]
    yield [first[key] for key in changed]


def answers(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in HIERARCHIES}


@pytest.mark.parametrize("seed", range(8))
def test_who_keeps_every_release_singles_nobody_out(seed: int, source: Source) -> None:
    declared = declaration()
    for people in history(random.Random(seed)):
        source.take_in(people, declared)
    assert source.releases
    for release in source.releases:
        assert_nobody_stands_out(release.values())
    for first, second in combinations(source.releases, 2):
        joined, changed = differences(first, second)
        assert_nobody_stands_out(joined)
        assert all(len(group) >= K for group in groups(changed))
        still_alike = [{**second[key], **quasi(row)} for key, row in first.items() if key in second]
        assert_nobody_stands_out(still_alike)


def quasi(row: Row) -> Row:
    return {name: row[name] for name in HIERARCHIES}


@pytest.mark.parametrize("seed", range(4))
def test_no_cell_ever_gets_finer(seed: int, source: Source) -> None:
    known = load_hierarchies(None)
    for people in history(random.Random(seed)):
        source.take_in(people, declaration())
    pairs = zip(source.releases, source.levels, strict=True)
    for (first, at), (second, to) in combinations(pairs, 2):
        for name, hierarchy in HIERARCHIES.items():
            assert at[name] <= to[name]
            for key in first.keys() & second.keys():
                before, after = first[key][name], second[key][name]
                if hierarchy == "category":
                    assert after in {before, None, "overig"}
                else:
                    lifted = before and known[hierarchy].lift(before, at[name], to[name])
                    assert after in {lifted, None}


def test_one_new_respondent_waits_until_there_are_k(source: Source) -> None:
    chance = random.Random(1)
    people = [person(number, chance) for number in range(60)]
    assert source.take_in(people, declaration()).passed
    verdict = source.take_in([*people, person(60, chance)], declaration())
    assert not verdict.passed
    assert Check.NEWCOMERS in {outcome.check for outcome in verdict.reasons}
    more = [{**people[0], "Nr": str(60 + number), "Gezondheid": answer} for number, answer in enumerate(
        ["goed", "slecht", "matig"]
    )]  # fmt: skip
    assert source.take_in([*people, *more], declaration()).passed


def test_one_corrected_answer_is_not_shown(source: Source) -> None:
    chance = random.Random(2)
    people = [person(number, chance) for number in range(60)]
    assert source.take_in(people, declaration()).passed
    corrected = [{**people[0], "Cijfer": "9"}, *people[1:]]
    clean = source.clean(corrected, declaration())
    assert clean.deferred == 1
    assert source.take_in(corrected, declaration()).passed
    assert source.releases[0] == source.releases[1]


def test_a_declaration_that_allows_more_detail_publishes_no_more(source: Source) -> None:
    chance = random.Random(3)
    people = [person(number, chance) for number in range(60)]
    coarse = COLUMNS | {
        "Postcode": {
            "role": "quasi_identifier",
            "generalise": {"hierarchy": "postcode", "finest": "postcode2"},
        }
    }
    assert source.take_in(people, declaration(columns=coarse)).passed
    assert source.take_in(people, declaration()).passed
    assert source.levels[1]["postcode"] >= source.levels[0]["postcode"]
    assert {row["postcode"] for row in source.releases[1].values()} <= {"30", None}


@pytest.mark.parametrize("role", [{"role": "keep"}, {"role": "quasi_identifier", "generalise": "category"}])
def test_another_treatment_that_could_show_more_is_held(role: Row, source: Source) -> None:
    chance = random.Random(4)
    people = [person(number, chance) for number in range(60)]
    assert source.take_in(people, declaration()).passed
    verdict = source.take_in(people, declaration(columns=COLUMNS | {"Postcode": role}))
    assert Check.STILL_AS_COARSE in {outcome.check for outcome in verdict.reasons}


def test_a_column_that_a_later_file_lacks_stays_as_it_was_published(source: Source) -> None:
    chance = random.Random(5)
    people = [person(number, chance) for number in range(60)]
    optional = declaration(columns=COLUMNS | {"Geslacht": COLUMNS["Geslacht"] | {"optional": True}})
    assert source.take_in(people, optional).passed
    fewer = [{name: cell for name, cell in each.items() if name != "Geslacht"} for each in people]
    assert source.take_in(fewer, optional).passed
    assert [quasi(row) for row in source.releases[1].values()] == [
        quasi(source.releases[0][key]) for key in source.releases[1]
    ]


def test_a_column_that_is_new_counts_everybody_as_a_newcomer(source: Source) -> None:
    chance = random.Random(6)
    people = [person(number, chance) for number in range(60)]
    without = {name: column for name, column in COLUMNS.items() if name != "Leeftijd"}
    assert source.take_in(people, declaration(columns=without)).passed
    assert source.take_in(people, declaration()).passed
    assert_nobody_stands_out(source.releases[1].values())
    lone = source.clean(people[:2], declaration())
    assert lone.newcomer.sum() == 0
    assert {row["leeftijd"] for row in source.releases[1].values()} != {None}


def test_nobody_without_the_key_can_try_out_of_which_cells_a_class_was_made(
    source: Source, engine: TextEngine
) -> None:
    chance = random.Random(7)
    people = [person(number, chance) for number in range(60)]
    ours = source.clean(people, declaration())
    others = Source(source.path, Anonymiser(engine, Keys(bytes(32)))).clean(people, declaration())
    assert ours.batch_id == others.batch_id
    assert list(ours.records["postcode"]) == list(others.records["postcode"])
    assert not set(ours.first_class) & set(others.first_class)
    assert ours.first_class.nunique() == others.first_class.nunique() > 1
