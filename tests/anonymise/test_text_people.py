"""What is known of a record is found again in its texts."""

import pytest

from signaal.anonymise.text.batch_names import BatchNames
from signaal.anonymise.text.people import Known, find_known, find_repeated, name_parts
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity


def places(text: str, *known: Known) -> list[str]:
    return [text[span.start : span.end] for span in find_known(text, known)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Fatima El Amrani", "mijn naam is Fatima El Amrani", "Fatima El Amrani"),
        ("Fatima El Amrani", "ik ben fatima", "fatima"),
        ("El Amrani, Fatima", "mw. El Amrani belde", "Amrani"),
        ("Fatima El Amrani", "Fatima's broer", "Fatima"),
        ("Mohammed Bakkali", "mohammeds broer", "mohammed"),
        ("Jan de Vries", "groet, Jan", "Jan"),
        ("Roos Visser", "groet, Roos", "Roos"),
    ],
)
def test_a_name_is_found_in_full_and_in_part(name: str, text: str, found: str) -> None:
    assert found in places(text, Known(Entity.PERSON, name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Wil de Boer", "ik wil naar de boer"),
        ("Jan de Vries", "de januaridip"),
        ("Anna Bos", "bossen en banana's"),
    ],
)
def test_ordinary_words_are_no_names(name: str, text: str) -> None:
    assert places(text, Known(Entity.PERSON, name)) == []


@pytest.mark.parametrize(
    "written", ["06 12 34 56 78", "0612345678", "+31 6 12345678", "0031612345678", "06-12345678"]
)
def test_a_number_is_found_in_other_groups(written: str) -> None:
    assert written in places(f"bel {written} graag", Known(Entity.PHONE_NUMBER, "06-12345678"))


def test_a_mailbox_is_found_without_its_host() -> None:
    known = Known(Entity.EMAIL_ADDRESS, "f.elamrani@voorbeeld.nl")
    assert places("ik heet daar f.elamrani", known) == ["f.elamrani"]


def test_particles_and_initials_are_no_parts_of_a_name() -> None:
    assert name_parts("J. van der Berg") == ("Berg",)
    assert name_parts("Fatima") == ()


def test_a_full_name_found_once_is_found_again_in_part() -> None:
    text = "Fatima Amrani kwam langs. Later belde Fatima. Het amrani-effect."
    people: list[Known] = []
    spans = find_repeated(text, [Span(0, 13, Entity.PERSON, 0.85, "ner")], people)
    assert [text[span.start : span.end] for span in spans] == ["Fatima Amrani", "Fatima"]
    assert people == [Known(Entity.PERSON, "Fatima Amrani")]


def test_everybody_in_the_batch_is_looked_for_in_every_text() -> None:
    names = BatchNames([Known(Entity.PERSON, "Hoop"), Known(Entity.PERSON, "Anna  van Dam")])
    text = "ik hoop dat anna van dam komt, zei Hoop"
    assert [text[span.start : span.end] for span in names.find(text)] == ["anna van dam", "Hoop"]
