"""Words that no Dutch list knows are masked, unless the context says that they are harmless."""

import re
from pathlib import Path

import pytest
import spacy
import yaml
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.engine import TextEngine
from signaal.anonymise.text.recognizers.unknown_term import UnknownTermRecognizer
from signaal.schemas.entities import Entity

CASES = yaml.safe_load((Path(__file__).parent / "unknown_term_cases.yaml").read_text(encoding="utf-8"))


def test_there_are_twenty_of_each() -> None:
    assert all(len(cases) >= 20 for cases in CASES.values())


@pytest.mark.parametrize("case", CASES["hit"])
def test_what_no_list_knows_is_masked(engine: TextEngine, case: str) -> None:
    wanted = re.search("«(.*)»", case)
    assert wanted
    text = case.replace("«", "").replace("»", "")
    (spans,) = engine.find([text])
    masked = {at for span in spans or () for at in range(span.start, span.end)}
    start = text.index(wanted[1])
    assert all(at in masked for at in range(start, start + len(wanted[1])) if text[at].isalpha())


@pytest.mark.parametrize("case", CASES["miss"])
def test_compounds_slips_and_words_in_use_are_known(engine: TextEngine, case: str) -> None:
    (spans,) = engine.find([case])
    assert not [case[span.start : span.end] for span in spans or () if span.entity is Entity.UNKNOWN_TERM]


def test_without_a_pipeline_that_says_how_sure_it_is_every_unknown_word_is_masked() -> None:
    doc = spacy.blank("nl")("de tafel van Adjakwo wiebelt")
    read = NlpArtifacts([], doc, [], [], None, "nl", [])
    (found,) = UnknownTermRecognizer().analyze(doc.text, ["UNKNOWN_TERM"], read)
    assert doc.text[found.start : found.end] == "Adjakwo"


def test_a_text_that_was_not_read_is_not_passed() -> None:
    with pytest.raises(ValueError, match="read by the pipeline"):
        UnknownTermRecognizer().analyze("Adjakwo", ["UNKNOWN_TERM"], None)
