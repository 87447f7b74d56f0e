"""The stage as a whole, with the engine that ships."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaal.anonymise.anonymise import Anonymiser
from signaal.anonymise.pseudonyms import Keys
from signaal.anonymise.text.engine import TextEngine
from signaal.anonymise.text.operators.replacement import How, Replacement, Replacements, default_replacements
from signaal.anonymise.text.pieces import LONGEST_PIECE, LONGEST_STRETCH, pieces
from signaal.anonymise.text.recognizers.bsn import NlBsnRecognizer
from signaal.schemas.batch import Batch, CleanBatch, Table
from signaal.schemas.declaration import Declaration
from signaal.schemas.entities import Entity

ABOUT = {"owner": "toets", "purpose": "toets", "legal_basis": "toets", "retention_days": 1}
SURVEY = Declaration.model_validate(
    {
        "name": "enquete",
        "kind": "survey",
        "files": ["*.csv"],
        **ABOUT,
        "columns": {
            "Nr": {"role": "record_id"},
            "Naam": {"role": "direct_identifier", "entity": "PERSON", "action": "pseudonym"},
            "Telefoon": {"role": "direct_identifier", "entity": "PHONE_NUMBER"},
            "Huur": {"role": "keep", "type": "number"},
            "Intern": {"role": "drop"},
            "Opmerking": {"role": "free_text"},
        },
    }
)


def batch(*rows: tuple[str | None, ...]) -> Batch:
    frame = pd.DataFrame(rows, columns=list(SURVEY.columns), dtype=object)
    return Batch("b" * 32, "c" * 32, "file", SURVEY, Table(frame), undeclared=("Partner Jan de Vries",))


def texts(clean: CleanBatch) -> list[str]:
    return list(clean.signals["text"])


def test_what_a_row_says_of_its_respondent_is_found_in_the_rows_text(anonymiser: Anonymiser) -> None:
    clean = anonymiser.anonymise(
        batch(
            (
                "1",
                "Xqzimra Vbold",
                "06-48291735",
                "1",
                "z",
                "xqzimra hier, bel 0648291735 of vraag naar vbold",
            )
        )
    )
    (text,) = texts(clean)
    pseudonym = clean.records["naam"].iloc[0]
    assert text == f"[{pseudonym}] hier, bel [TELEFOON] of vraag naar [{pseudonym}]"


def test_a_project_replaces_as_it_chose_and_invents_no_name_that_the_batch_knows(
    engine: TextEngine, keys: Keys
) -> None:
    chosen = default_replacements().of | {Entity.PERSON: Replacement(word="PERSOON", how=How.STAND_IN)}
    inventing = Anonymiser(engine, keys, Replacements(of=chosen))
    row = ("1", "Xqzimra Vbold", None, None, None, "met Xqzimra Vbold gebeld")
    (once,) = texts(inventing.anonymise(batch(row)))
    invented = once.removeprefix("met ").removesuffix(" gebeld")
    assert "[" not in once
    assert "Xqzimra" not in once
    (again,) = texts(inventing.anonymise(batch(row, ("2", invented, None, None, None, None))))
    assert not set(again.split()) & set(invented.split())


def test_a_name_in_one_row_is_found_in_the_text_of_another(anonymiser: Anonymiser) -> None:
    clean = anonymiser.anonymise(
        batch(
            ("1", "Xqzimra Vbold", None, None, None, None),
            ("2", "Anders", None, None, None, "ik ken xqzimra vbold wel"),
        )
    )
    assert texts(clean) == [f"ik ken [{clean.records['naam'].iloc[0]}] wel"]


def test_a_cell_that_says_nothing_is_not_searched_for(anonymiser: Anonymiser) -> None:
    clean = anonymiser.anonymise(batch(("1", "geen", "n.v.t.", None, None, "er is geen bankje in het park")))
    assert texts(clean) == ["er is geen bankje in het park"]
    assert clean.known == frozenset()


def test_columns_come_out_by_their_role_only(anonymiser: Anonymiser) -> None:
    clean = anonymiser.anonymise(batch(("1", "Xqzimra Vbold", "06-48291735", "1.234,50", "intern", "goed")))
    assert list(clean.records.columns) == ["record_id", "naam", "huur"]
    assert clean.records["huur"].tolist() == [1234.5]
    assert clean.dropped[0].startswith("Partner [PERSOON-")


def test_a_record_whose_detection_fails_is_counted_and_not_passed(
    anonymiser: Anonymiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyze = NlBsnRecognizer.analyze

    def slow(self: NlBsnRecognizer, text: str, *rest: object, **more: object) -> object:
        if "moeilijk" in text:
            raise TimeoutError
        return analyze(self, text, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(NlBsnRecognizer, "analyze", slow)
    clean = anonymiser.anonymise(
        batch(
            ("1", None, None, None, None, "dit is moeilijk"), ("2", None, None, None, None, "dit gaat goed")
        )
    )
    assert (clean.failed, texts(clean)) == (1, ["dit gaat goed"])


def test_a_record_id_that_is_double_or_missing_is_counted(anonymiser: Anonymiser) -> None:
    empty: tuple[None, ...] = (None,) * 5
    assert (
        anonymiser.anonymise(batch(("1", *empty), ("1", *empty), (None, *empty), ("2", *empty))).duplicates
        == 3
    )


@given(st.text(st.sampled_from("ab .\n"), max_size=3 * LONGEST_PIECE))
def test_pieces_are_the_text_and_none_is_too_long(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.start :].startswith(piece.text) for piece in found)
    assert all(len(piece.text) <= LONGEST_PIECE for piece in found)


def test_a_stretch_without_a_blank_is_cut_short_and_the_rest_is_left_whole() -> None:
    found = pieces(f"een zin {'a' * (2 * LONGEST_STRETCH + 5)} en nog een")
    assert [len(piece.text) for piece in found] == [8 + LONGEST_STRETCH, LONGEST_STRETCH, 16]


def test_a_name_in_a_very_long_text_is_found_at_its_place(anonymiser: Anonymiser) -> None:
    text = "De straat is te donker. " * 1_000 + "Bel 06-48291735."
    (clean,) = anonymiser.clean([text])
    (span,) = [span for span in clean.spans if span.entity == "PHONE_NUMBER"]
    assert text[span.start : span.end] == "06-48291735"


def test_the_same_person_has_one_pseudonym_throughout_a_text(anonymiser: Anonymiser) -> None:
    text = "Naam: Xqzimra el Vbold\nMw. el Vbold belde. xqzimras zus, X. el Vbold en Vbold zelf."
    (clean,) = anonymiser.clean([text])
    assert clean.text is not None
    (who,) = set(re.findall(r"\[(PERSOON-\w+)\]", clean.text))
    assert clean.text == f"Naam: [{who}]\nMw. [{who}] belde. [{who}] zus, [{who}] en [{who}] zelf."
