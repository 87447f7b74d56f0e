"""How the network's answers for single tokens become entities."""

from collections.abc import Mapping

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from signaal.anonymise.text.lexicon import bundled_lexicon
from signaal.anonymise.text.pipeline import SCORES, PersonalDataTagger
from signaal.anonymise.text.pipeline.words import FEATURES, signature, word_embedding, word_features

LABELS = ("O", "B-PERSON", "I-PERSON", "B-AGE", "I-AGE")
CERTAINTY = {
    "word": 0.5,
    "number": 0.4,
    "unknown": 0.2,
    "capital": 0.15,
    "listed": 0.12,
    "titled": 0.1,
    "word_beside": 0.35,
    "name_beside": 0.05,
}
NETWORK = {
    "@architectures": "spacy.Tagger.v2",
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "signaal.WordEmbedding.v1", "width": 8, "rows": [50] * FEATURES},
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 8,
            "window_size": 1,
            "maxout_pieces": 2,
            "depth": 1,
        },
    },
}


@pytest.fixture(scope="module")
def tagger() -> PersonalDataTagger:
    nlp = spacy.blank("nl")
    made = nlp.add_pipe("personal_data", config={"certainty": CERTAINTY, "model": NETWORK})
    assert isinstance(made, PersonalDataTagger)
    for label in LABELS:
        made.add_label(label)
    return made


def read(tagger: PersonalDataTagger, words: str, answers: Mapping[str, Mapping[str, float]]) -> Doc:
    """A text after the tagger gave these tags to these words, and the rest to "outside"."""
    doc = Doc(tagger.vocab, words.split())
    rows = np.zeros((len(doc), len(LABELS)), dtype="float32")
    for at, token in enumerate(doc):
        for label, score in answers.get(token.text, {}).items():
            rows[at, tagger.labels.index(label)] = score
        rows[at, tagger.labels.index("O")] = 1 - rows[at].sum()
    tagger.set_annotations([doc], [rows])
    return doc


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in doc.ents]


def test_tokens_of_one_name_become_one_entity_with_its_mean_score(tagger: PersonalDataTagger) -> None:
    doc = read(tagger, "met Kees Vos gebeld", {"Kees": {"B-PERSON": 0.9}, "Vos": {"I-PERSON": 0.7}})
    assert entities(doc) == [("Kees Vos", "PERSON")]
    assert doc.user_data[SCORES] == {(4, 12): pytest.approx(0.8)}


def test_two_names_side_by_side_stay_two(tagger: PersonalDataTagger) -> None:
    doc = read(tagger, "met Kees Fatima gebeld", {"Kees": {"B-PERSON": 0.9}, "Fatima": {"B-PERSON": 0.9}})
    assert entities(doc) == [("Kees", "PERSON"), ("Fatima", "PERSON")]


def test_kinds_side_by_side_are_told_apart(tagger: PersonalDataTagger) -> None:
    doc = read(tagger, "met Kees negen gebeld", {"Kees": {"B-PERSON": 0.9}, "negen": {"B-AGE": 0.9}})
    assert entities(doc) == [("Kees", "PERSON"), ("negen", "AGE")]


def test_a_word_that_no_list_knows_is_taken_sooner(tagger: PersonalDataTagger) -> None:
    doubts = {"tafel": {"B-PERSON": 0.3}, "Bouzambou": {"B-PERSON": 0.3}}
    assert entities(read(tagger, "een tafel met Bouzambou", doubts)) == [("Bouzambou", "PERSON")]


def doubtful(tagger: PersonalDataTagger, words: str, doubts: Mapping[str, float]) -> list[str]:
    """What is taken of a text where the network thinks it this likely that these words are a person."""
    doc = read(tagger, words, {word: {"I-PERSON": share} for word, share in doubts.items()})
    return [entity.text for entity in doc.ents]


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("hij gaf Advocaat de sleutel", "Advocaat"),
        ("Wolf kwam binnen", "Wolf"),
        ("met mevrouw peper gebeld", "peper"),
        ("dhr. peper belde", "peper"),
    ],
)
def test_where_a_name_is_likely_less_is_enough(tagger: PersonalDataTagger, words: str, word: str) -> None:
    assert doubtful(tagger, words, {word: 0.16}) == [word]


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("Formulier en pen", "Formulier"),
        ("hij zei : Formulier", "Formulier"),
        ("met een formulier gebeld", "formulier"),
        ("HIJ GAF FORMULIER", "FORMULIER"),
    ],
)
def test_a_capital_that_says_nothing_is_no_reason(tagger: PersonalDataTagger, words: str, word: str) -> None:
    assert doubtful(tagger, words, {word: 0.16}) == []


def test_what_stands_beside_a_name_is_taken_sooner(tagger: PersonalDataTagger) -> None:
    assert doubtful(tagger, "met Fatima Tafel gebeld", {"Fatima": 0.9, "Tafel": 0.06}) == ["Fatima Tafel"]
    assert doubtful(tagger, "met kleine Fatima gebeld", {"kleine": 0.36, "Fatima": 0.9}) == ["kleine Fatima"]
    assert doubtful(tagger, "met kleine Fatima gebeld", {"kleine": 0.3, "Fatima": 0.9}) == ["Fatima"]
    assert doubtful(tagger, "Fatima", {"Fatima": 0.9}) == ["Fatima"]


def test_what_is_doubtful_in_kind_but_sure_to_be_personal_is_taken(tagger: PersonalDataTagger) -> None:
    doc = read(tagger, "hij is negen", {"negen": {"B-AGE": 0.4, "B-PERSON": 0.3}})
    assert entities(doc) == [("negen", "AGE")]


def test_a_text_without_tokens_has_no_entities(tagger: PersonalDataTagger) -> None:
    assert tagger.predict([]) == []
    assert not tagger(Doc(tagger.vocab)).ents


def test_what_was_read_is_not_written_with_the_weights() -> None:
    nlp = spacy.blank("nl")
    model = word_embedding(8, [50] * FEATURES)
    model.initialize([nlp.make_doc("een tafel")])
    written = model.to_bytes()
    model.predict([nlp.make_doc("Xqzimra Vbold kwam langs met Adjakwo")])
    assert model.to_bytes() == written


def test_words_of_equal_letters_have_equal_features_and_digits_are_one() -> None:
    lexicon = bundled_lexicon()
    capital, small = word_features("Fatima", lexicon), word_features("fatima", lexicon)
    assert capital.shape == (FEATURES,)
    assert (capital == small).sum() == FEATURES - 1
    assert (word_features("1234", lexicon) == word_features("5678", lexicon)).all()


def test_the_lexicon_tells_a_name_from_a_compound_and_from_a_slip_of_the_pen() -> None:
    lexicon = bundled_lexicon()
    marks = [
        signature(word, lexicon) for word in ("Bouzambou", "fietsenmakersbrood", "gesprok", "tafel", "12")
    ]
    assert len(set(marks)) == len(marks)
