from pathlib import Path

import pytest

from signaal.intake.sources import load_declarations
from signaal.schemas.column import Role
from signaal.schemas.errors import ConfigurationError

NOTES = """
name: notities
kind: field_notes
files: ["notities/*.txt"]
owner: Wijkteam Zuid
purpose: onderzoek naar eenzaamheid
legal_basis: AVG art. 6 lid 1 onder e
retention_days: 365
"""
SURVEY = (
    NOTES.replace("notities", "enquete").replace("field_notes", "survey")
    + """
columns:
  Naam: {role: direct_identifier, entity: PERSON, action: pseudonym}
  No: {role: keep}
  2024: {role: keep, type: number}
"""
)


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_folder_or_files_there_are_no_declarations(tmp_path: Path) -> None:
    assert load_declarations(tmp_path / "nergens") == ()
    assert load_declarations(tmp_path) == ()


def test_declarations_come_sorted_from_yaml_and_yml(tmp_path: Path) -> None:
    write(tmp_path, notities=NOTES)
    (tmp_path / "enquete.yml").write_text(SURVEY)
    (tmp_path / "leesmij.txt").write_text("geen bron")
    assert [source.name for source in load_declarations(tmp_path)] == ["enquete", "notities"]


def test_headings_that_yaml_takes_for_something_else_stay_as_they_are_written(tmp_path: Path) -> None:
    (source,) = load_declarations(write(tmp_path, enquete=SURVEY))
    assert list(source.columns) == ["Naam", "No", "2024"]
    assert source.columns["No"].role is Role.KEEP


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (NOTES.replace("name: notities", "name: andere"), "notities.yaml: name must be that of the file"),
        (NOTES + "retention_days: 3\n", "notities.yaml: line 9 says again what was said before"),
        (NOTES + "kleur: Fatima\n", "kleur: is not something a declaration can say; remove it"),
        (NOTES.replace("owner: Wijkteam Zuid\n", ""), "owner: is missing; add it"),
        (
            NOTES.replace("field_notes", "Fatima"),
            "kind: Input should be 'field_notes' or 'survey'; correct it",
        ),
        (NOTES.replace("365", "Fatima"), "retention_days: .*; correct it"),
        (
            NOTES + "columns:\n  Naam: {role: direct_identifier}\n",
            "columns.Naam: a direct_identifier needs its entity, such as PERSON; correct it",
        ),
        (NOTES.replace("field_notes", "survey"), "the declaration: a survey needs the role"),
        (NOTES + "files: [Fatima\n", "line .* is not valid YAML"),
        (NOTES + "thresholds: !!python/object:os.system {}\n", "line 9 is not valid YAML"),
        ("Fatima", "notities.yaml: the declaration: "),
        ("", "notities.yaml: the declaration: "),
    ],
)
def test_a_declaration_in_disorder_says_where_and_what_without_its_values(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        load_declarations(write(tmp_path, notities=text))
    assert "Fatima" not in str(caught.value)
    assert "pydantic" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notities.yaml").write_bytes(NOTES.replace("Zuid", "één").encode("cp1252"))
    with pytest.raises(ConfigurationError, match=r"notities.yaml: is not valid YAML in UTF-8"):
        load_declarations(tmp_path)


def test_two_files_for_one_source_are_refused(tmp_path: Path) -> None:
    write(tmp_path, notities=NOTES)
    (tmp_path / "notities.yml").write_text(NOTES)
    with pytest.raises(ConfigurationError, match="source notities is declared in two files"):
        load_declarations(tmp_path)
