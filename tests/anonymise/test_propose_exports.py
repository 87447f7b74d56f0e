"""`propose` on exports of survey programmes, against lists of what each of their columns is."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from signaal.anonymise.propose import propose
from signaal.intake.parse import read_table
from signaal.schemas.batch import InboxFile, Snapshot
from signaal.schemas.column import Role
from signaal.schemas.declaration import Declaration

PLAIN = [
    *("google_forms.csv", "limesurvey.csv", "messy.csv", "microsoft_forms.xlsx"),
    *("surveymonkey.csv", "spss.sav", "kobotoolbox.xlsx"),
]
WITHOUT_QUESTIONS = "qualtrics.csv"
"""Its headings are numbers of questions, so that the cells alone have to tell."""
EVERY = [*PLAIN, WITHOUT_QUESTIONS]


@dataclass(frozen=True)
class Export:
    """A proposal with what its columns really are."""

    text: str
    kinds: list[str]
    roles: list[Role]
    secrets: list[str]

    def of(self, kind: str) -> list[Role]:
        """The proposed roles of the columns of one kind."""
        return [role for role, each in zip(self.roles, self.kinds, strict=False) if kind in each]


@cache
def export(shared: Path, name: str) -> Export:
    path = shared / "fixtures" / "surveys" / name
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    table = read_table(Snapshot(InboxFile(path, name, "0" * 10), path.read_bytes(), 0), 1_000_000)
    text = propose(table, name)
    made = Declaration.model_validate(yaml.safe_load(text))
    roles = [made.columns[heading].role for heading in table.frame.columns]
    first, *sheets = gold["sheets"].values() if table.repeats else [gold]
    kinds = [column["kind"] for column in first["columns"]]
    for (sheet, repeat), listed in zip(table.repeats.items(), sheets, strict=True):
        declared = made.repeats[sheet].columns
        known = [heading for heading in repeat.frame.columns if heading in declared]
        roles += [declared[heading].role for heading in known]
        kinds += [column["kind"] for column in listed["columns"] if column["name"] in declared]
    return Export(text, kinds, roles, gold["must_not_survive"])


@pytest.mark.parametrize("name", EVERY)
def test_no_direct_identifier_is_missed(shared: Path, name: str) -> None:
    assert set(export(shared, name).of("direct")) == {Role.DIRECT_IDENTIFIER}


@pytest.mark.parametrize("name", EVERY)
def test_no_free_text_is_missed(shared: Path, name: str) -> None:
    assert set(export(shared, name).of("free")) == {Role.FREE_TEXT}


def test_nineteen_in_twenty_quasi_identifiers_are_found(shared: Path) -> None:
    roles = [role for name in PLAIN for role in export(shared, name).of("quasi")]
    assert roles.count(Role.QUASI_IDENTIFIER) >= 0.95 * len(roles)


@pytest.mark.parametrize("name", PLAIN)
def test_nothing_sensitive_is_kept_as_harmless(shared: Path, name: str) -> None:
    assert Role.KEEP not in export(shared, name).of("sensitive")


@pytest.mark.parametrize("name", PLAIN)
def test_what_was_closed_stays_usable(shared: Path, name: str) -> None:
    found = export(shared, name)
    assert not {Role.DROP, Role.DIRECT_IDENTIFIER, Role.FREE_TEXT} & set(found.of("scale"))


@pytest.mark.parametrize("name", EVERY)
def test_nothing_personal_is_in_the_proposal(shared: Path, name: str) -> None:
    found = export(shared, name)
    assert not [secret for secret in found.secrets if secret in found.text]
