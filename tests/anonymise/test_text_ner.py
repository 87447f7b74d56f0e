"""What the pipeline calls personal data, less what says nothing by itself."""

import pytest
import spacy
from presidio_analyzer.nlp_engine import NlpArtifacts

from signaal.anonymise.text.recognizers.ner import SURE, DutchNerRecognizer

KEPT = [
    ("met «Fatima» gebeld", "PERSON", 0.5, "Fatima"),
    ("bij «de Kom» geweest", "ORGANIZATION", 0.5, "Kom"),
    ("in de loods van «van der Ent» gezien", "ORGANIZATION", 0.5, "van der Ent"),
    ("Bedrijf: «Van Tilburg» BV", "ORGANIZATION", 0.5, "Van Tilburg"),
    ("«Van Tilburg» belde", "LOCATION", 0.5, "Tilburg"),
    ("zij is «14» geworden", "AGE", 0.5, "14"),
    ("op kamer «14» geworden", "AGE", 0.9, "14"),
    ("mevrouw «EU» belde", "PERSON", 0.84, "EU"),
    ("op «wil»", "PERSON", 0.5, "wil"),
    ("en «Max» kwam", "PERSON", 0.5, "Max"),
    ("en «Nader» kwam", "PERSON", 0.5, "Nader"),
]
DROPPED = [
    ("naar «hij»", "PERSON", 0.9),
    ("«Dossiernr» volgt", "PERSON", 0.9),
    ("hij is «EU» burger", "PERSON", 0.5),
    ("in kamer «14» gewacht", "AGE", 0.5),
    ("nrs «14» en 15", "AGE", 0.5),
    ("een wiel van «28» inch", "AGE", 0.5),
    ("ze is «7» mnd zwanger", "AGE", 0.5),
    ("verlof: «2») koffie", "AGE", 0.5),
]


def found(marked: str, kind: str, score: float) -> list[str]:
    start, text = marked.index("«"), marked.replace("«", "").replace("»", "")
    doc = spacy.blank("nl")(text)
    span = doc.char_span(start, marked.index("»") - 1, label=kind, alignment_mode="expand")
    read = NlpArtifacts([span], doc, [], [], None, "nl", [score])
    results = DutchNerRecognizer().analyze(text, [kind], read)
    return [text[result.start : result.end] for result in results]


@pytest.mark.parametrize(("marked", "kind", "score", "left"), KEPT)
def test_what_tells_somebody_is_kept(marked: str, kind: str, score: float, left: str) -> None:
    assert found(marked, kind, score) == [left]


@pytest.mark.parametrize(("marked", "kind", "score"), DROPPED)
def test_what_tells_nobody_is_let_go(marked: str, kind: str, score: float) -> None:
    assert found(marked, kind, score) == []


def test_a_pipeline_that_is_sure_is_believed() -> None:
    assert found("hij is «EU» burger", "PERSON", SURE) == ["EU"]


def test_a_text_that_was_not_read_is_not_passed() -> None:
    with pytest.raises(ValueError, match="read by the pipeline"):
        DutchNerRecognizer().analyze("Fatima", ["PERSON"], None)
