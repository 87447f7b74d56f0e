"""Other models than the bundled pipeline: each engine with a small model that is made here."""

import json
import shutil
import socket
import string
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import RecognizerResult
from spacy.training import Example

from signaal.anonymise.text.engine import TextEngine, open_engine
from signaal.anonymise.text.nlp_labels import entities_of, label_table
from signaal.anonymise.text.nlp_window import WindowChunker
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

PACKAGES = ("torch", "transformers", "gliner")
MISSING = [name for name in PACKAGES if find_spec(name) is None]
with_torch = [
    pytest.mark.transformers,
    pytest.mark.skipif(bool(MISSING), reason="needs torch, transformers and gliner: make test-engines"),
]

LESSONS = [
    ("ik heb Fatima Amrani gesproken", {"Fatima Amrani": "PER"}),
    (
        "ik heb Fatima Amrani in Utrecht gesproken , bel 06-87654321",
        {"Fatima Amrani": "PER", "Utrecht": "LOC"},
    ),
    ("Kees Vos woont in Utrecht .", {"Kees Vos": "PER", "Utrecht": "LOC"}),
    ("gisteren met Kees gebeld", {"Kees": "PER"}),
    ("de buurman is niet in Utrecht", {"Utrecht": "LOC"}),
    ("de school van Fatima", {"Fatima": "PER"}),
    ("hij werkt bij Buurthuis Zuid", {"Buurthuis Zuid": "ORG"}),
    ("hulp is niet voor hem , bel 06-87654321", {}),
    ("de hulp is niet in de school . hulp is niet voor de buurman .", {}),
]
NOTE = "ik heb Fatima Amrani in Utrecht gesproken , bel 06-12345678"
FILLING = "de hulp is niet voor de buurman . "
LONG = FILLING * 147 + "ik heb Fatima Amrani gesproken"

QUESTIONS = list(label_table("nlp_gliner_labels.csv"))

Opens = Callable[..., TextEngine]


@pytest.fixture
def opened(tmp_path: Path) -> Opens:
    """Opens an engine as the settings of a workspace say."""

    def open_with(**settings: Any) -> TextEngine:  # noqa: ANN401
        return open_engine(Settings(workspace=tmp_path, **settings))

    return open_with


def found(engine: TextEngine, text: str) -> list[tuple[str, str]]:
    spans = engine.find([text])[0]
    assert spans is not None
    return [(text[span.start : span.end], str(span.entity)) for span in spans]


def train_spacy(folder: Path, renamed: dict[str, str], steps: int = 60) -> Path:
    """A pipeline that knows the lessons by heart, with some of its labels called otherwise."""
    nlp = spacy.blank("nl")
    nlp.meta.update(name="klein", version="0.0.1")
    width = {"@architectures": "spacy.HashEmbedCNN.v2", "width": 16, "depth": 1, "embed_size": 200}
    network = {"window_size": 1, "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None}
    finder = {"@architectures": "spacy.TransitionBasedParser.v2", "tok2vec": width | network}
    parser = {"state_type": "ner", "extra_state_tokens": False, "hidden_width": 16, "maxout_pieces": 2}
    nlp.add_pipe("ner", config={"model": finder | parser})
    examples = []
    for text, names in LESSONS:
        places = [(text.index(name), name, renamed.get(kind, kind)) for name, kind in names.items()]
        spans = [(start, start + len(name), kind) for start, name, kind in places]
        examples.append(Example.from_dict(nlp.make_doc(text), {"entities": spans}))
    spacy.util.fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.01
    for _ in range(steps):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train_spacy(tmp_path_factory.mktemp("spacy") / "klein", {"ORG": "GEHEIM"})


def test_another_pipeline_finds_the_names_and_the_patterns_stay(opened: Opens, pipeline: Path) -> None:
    engine = opened(model=pipeline)
    assert found(engine, NOTE) == [
        ("Fatima Amrani", "PERSON"),
        ("Utrecht", "LOCATION"),
        ("06-12345678", "PHONE_NUMBER"),
    ]
    assert engine.version.endswith("+nl_klein-0.0.1")


def test_a_pipeline_may_stand_in_the_workspace(opened: Opens, pipeline: Path, tmp_path: Path) -> None:
    shutil.copytree(pipeline, tmp_path / "models" / "klein")
    engine = opened(model=Path("models/klein"))
    assert engine.version.endswith("+nl_klein-0.0.1")


def test_a_pipeline_may_be_an_installed_package(
    opened: Opens, pipeline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "nl_klein"
    shutil.copytree(pipeline, package / "nl_klein-0.0.1")
    shutil.copy(pipeline / "meta.json", package)
    load = "from spacy.util import load_model_from_init_py\n\n\ndef load(**more):\n"
    (package / "__init__.py").write_text(load + "    return load_model_from_init_py(__file__, **more)\n")
    facts = tmp_path / "site" / "nl_klein-0.0.1.dist-info" / "METADATA"
    facts.parent.mkdir()
    facts.write_text("Metadata-Version: 2.1\nName: nl_klein\nVersion: 0.0.1\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setenv("SIGNAAL_MODEL", "nl_klein")
    assert found(opened(), "gisteren met Kees gebeld") == [("Kees", "PERSON")]


def test_a_label_that_nobody_knows_is_masked(opened: Opens, pipeline: Path) -> None:
    assert found(opened(model=pipeline), "hij werkt bij Buurthuis Zuid") == [
        ("Buurthuis Zuid", "UNKNOWN_TERM")
    ]


@pytest.mark.parametrize(
    ("label", "entity"),
    [
        ("PER", "PERSON"),
        ("I-PER", "PERSON"),
        ("person", "PERSON"),
        ("S-GPE", "LOCATION"),
        ("L-ORG", "ORGANIZATION"),
        ("NL_BSN", "NL_BSN"),
        ("CARDINAL", None),
        ("B-DATE", None),
        ("LABEL_7", "UNKNOWN_TERM"),
    ],
)
def test_labels_of_many_schemes_are_known(label: str, entity: str | None) -> None:
    bare = label[2:] if label[1] == "-" else label
    assert entities_of([label, "B-PERSON"]).get(bare) == entity


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"model": "nl_core_news_xxl"}, "not installed"),
        ({"model": "empty"}, "no pipeline that this version of spaCy"),
        ({"model": "deaf"}, "no part that finds names"),
        ({"model": "nameless"}, "finds no people"),
        ({"engine": "transformers"}, "needs the folder of a model"),
        ({"engine": "gliner"}, "needs the folder of a model"),
        ({"engine": "transformers", "model": "some/model"}, "not there"),
        ({"engine": "gliner", "model": "some/model"}, "not there"),
    ],
)
def test_what_is_not_there_is_one_clear_sentence(
    settings: dict[str, str], says: str, opened: Opens, tmp_path: Path
) -> None:
    folder = tmp_path / settings.get("model", "none")
    if folder.name == "empty":
        folder.mkdir()
    if folder.name == "deaf":
        spacy.blank("nl").to_disk(folder)
    if folder.name == "nameless":
        train_spacy(folder, {"PER": "MISC"}, steps=1)
    with pytest.raises(ConfigurationError, match=says) as caught:
        opened(**settings)
    assert str(tmp_path) not in caught.value.message


@pytest.mark.parametrize("engine", ["transformers", "gliner"])
def test_missing_packages_are_named_by_their_extra(
    engine: str, opened: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigurationError, match=rf"pip install signaal\[{engine}\]"):
        opened(engine=engine, model=Path("folder"))


@given(st.text(alphabet="ab \n.é🙂", max_size=400), st.integers(min_value=8, max_value=200))
def test_every_letter_of_a_text_is_in_a_part_that_fits(text: str, window: int) -> None:
    parts = WindowChunker(lambda part: len(part.encode()) <= window).chunk(text) if text.strip() else []
    covered = {at for part in parts for at in range(part.start, part.end)}
    assert covered == (set(range(len(text))) if text.strip() else set())
    assert all(
        text[part.start : part.end] == part.text and len(part.text.encode()) <= window for part in parts
    )


def test_what_never_fits_is_no_part_at_all() -> None:
    with pytest.raises(ValueError, match="too long"):
        WindowChunker(lambda _: False).chunk("een tekst die nergens in past")


def test_of_two_finds_in_neighbouring_parts_none_is_dropped() -> None:
    short, long = RecognizerResult("PERSON", 5, 9, 0.9), RecognizerResult("PERSON", 5, 20, 0.6)
    chunker = WindowChunker(lambda _: True)
    assert chunker.deduplicate_overlapping_entities([short, long]) == [short, long]


def words_of(lessons: list[tuple[str, dict[str, str]]]) -> list[tuple[list[str], list[tuple[int, int, str]]]]:
    """Each lesson as words, and its names as the first and the last of their words."""
    taught = []
    for text, names in lessons:
        words = text.split()
        places = [(words.index(name.split()[0]), name, kind) for name, kind in names.items()]
        taught.append((words, [(at, at + len(name.split()) - 1, kind) for at, name, kind in places]))
    return taught


def small_tokenizer() -> Any:  # noqa: ANN401
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    letters = string.ascii_letters + string.digits + string.punctuation
    words = [*QUESTIONS, *(word for text, _ in LESSONS for word in text.split())]
    words = list(dict.fromkeys([*special, *words, *letters, *(f"##{letter}" for letter in letters)]))
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    pieces = models.WordPiece({word: at for at, word in enumerate(words)}, unk_token=names["unk_token"])
    made = Tokenizer(pieces)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return PreTrainedTokenizerFast(tokenizer_object=made, **names)


def small_bert(tokenizer: Any, **more: Any) -> Any:  # noqa: ANN401
    from transformers import BertConfig

    size = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    return BertConfig(vocab_size=len(tokenizer), **size, **more)


def train_transformer(folder: Path) -> Path:
    """A random BERT of one layer, taught the lessons, as ``save_pretrained`` writes it."""
    import torch
    from transformers import BertForTokenClassification

    torch.manual_seed(0)
    tokenizer = small_tokenizer()
    tokenizer.model_max_length = 64
    labels = ["O", *(f"{place}-{kind}" for kind in ("PER", "LOC", "ORG", "MISC") for place in "BI")]
    names = {"id2label": dict(enumerate(labels)), "label2id": {label: at for at, label in enumerate(labels)}}
    model = BertForTokenClassification(small_bert(tokenizer, max_position_embeddings=64, **names))
    texts, answers = [], []
    for words, spans in words_of(LESSONS):
        tags = [0] * len(words)
        for first, last, kind in spans:
            tags[first : last + 1] = [labels.index(f"I-{kind}")] * (last + 1 - first)
            tags[first] = labels.index(f"B-{kind}")
        texts.append(words)
        answers.append(tags)
    batch = tokenizer(texts, is_split_into_words=True, padding=True, return_tensors="pt")
    rows = [batch.word_ids(row) for row in range(len(texts))]
    wanted = [[-100 if at is None else answers[row][at] for at in ids] for row, ids in enumerate(rows)]
    teach(
        model, 60, 5e-3, input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], labels=wanted
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def teach(model: Any, steps: int, rate: float, **batch: Any) -> None:  # noqa: ANN401
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate)
    batch = {name: torch.as_tensor(value) for name, value in batch.items()}
    model.train()
    for _ in range(steps):
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.eval()
    torch.set_num_threads(threads)


def train_gliner(folder: Path, backbone: Path) -> Path:
    """A random GLiNER of one layer, taught the lessons, asked in Dutch."""
    import torch
    from gliner import GLiNER, GLiNERConfig
    from transformers import BertModel

    torch.manual_seed(0)
    tokenizer = small_tokenizer()
    tokenizer.model_max_length = 256
    encoder = small_bert(tokenizer, max_position_embeddings=256)
    BertModel(encoder).save_pretrained(backbone)
    tokenizer.save_pretrained(backbone)
    small = {"hidden_size": 32, "max_width": 4, "max_len": 60, "num_rnn_layers": 0, "dropout": 0.0}
    config = GLiNERConfig(model_name=str(backbone), encoder_config=encoder.to_dict(), **small)
    model = GLiNER.from_config(config, backbone_from_pretrained=False, local_files_only=True)
    asked = {"PER": "persoon", "LOC": "plaats", "ORG": "organisatie"}
    lessons = [
        {
            "tokenized_text": words,
            "ner": [[first, last, asked[kind]] for first, last, kind in spans],
            "ner_labels": QUESTIONS,
        }
        for words, spans in words_of(LESSONS)
    ]
    teach(model, 250, 1e-3, **model._create_data_collator()(lessons))
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train_transformer(tmp_path_factory.mktemp("transformers") / "model")


@pytest.fixture(scope="module")
def gliner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gliner")
    return train_gliner(folder / "model", folder / "backbone")


@pytest.fixture(params=[pytest.param(name, marks=with_torch) for name in ("transformers", "gliner")])
def kind(request: pytest.FixtureRequest) -> str:
    """The engine that is tested."""
    return str(request.param)


@pytest.fixture
def model(kind: str, request: pytest.FixtureRequest) -> Path:
    """The small model of that engine."""
    return Path(request.getfixturevalue("gliner" if kind == "gliner" else "transformer"))


def test_the_model_finds_the_names_and_the_patterns_stay(opened: Opens, kind: str, model: Path) -> None:
    engine = opened(engine=kind, model=model)
    assert found(engine, NOTE) == [
        ("Fatima Amrani", "PERSON"),
        ("Utrecht", "LOCATION"),
        ("06-12345678", "PHONE_NUMBER"),
    ]
    assert f"+{kind}_" in engine.version
    assert opened(engine=kind, model=model).version == engine.version


def test_a_name_at_the_end_of_a_long_text_is_found(opened: Opens, kind: str, model: Path) -> None:
    assert len(LONG) > 5_000
    assert ("Fatima Amrani", "PERSON") in found(opened(engine=kind, model=model), LONG)


def test_names_between_thousands_of_marks_are_all_found(opened: Opens, kind: str, model: Path) -> None:
    text = (". , " * 12 + "ik heb Fatima Amrani gesproken ") * 30
    names = [name for name, entity in found(opened(engine=kind, model=model), text) if entity == "PERSON"]
    assert sum("Fatima Amrani" in name for name in names) == 30


def test_blank_texts_hold_nothing(opened: Opens, kind: str, model: Path) -> None:
    assert opened(engine=kind, model=model).find(["", " \n "]) == [(), ()]


def test_nothing_is_asked_of_the_network(
    opened: Opens, kind: str, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert found(opened(engine=kind, model=model), NOTE)


def test_a_folder_with_something_else_is_refused(opened: Opens, kind: str, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    (tmp_path / "gliner_config.json").write_text("{}")
    with pytest.raises(ConfigurationError, match="holds no model"):
        opened(engine=kind, model=tmp_path)


def test_another_model_is_another_version(opened: Opens, kind: str, model: Path, tmp_path: Path) -> None:
    other = shutil.copytree(model, tmp_path / "other")
    (other / "README.md").write_text("retrained")
    versions = {opened(engine=kind, model=folder).version for folder in (model, other)}
    assert len(versions) == 2


@pytest.mark.transformers
@with_torch[1]
def test_a_text_on_which_the_model_fails_is_never_taken_as_clean(
    opened: Opens, transformer: Path, tmp_path: Path
) -> None:
    broken = shutil.copytree(transformer, tmp_path / "broken")
    tokenizer = json.loads((broken / "tokenizer.json").read_text())
    tokenizer["model"]["vocab"]["Zeist"] = len(tokenizer["model"]["vocab"])
    (broken / "tokenizer.json").write_text(json.dumps(tokenizer))
    engine = opened(engine="transformers", model=broken)
    clean, failed = engine.find(["gisteren met Kees gebeld", FILLING * 20 + "Kees woont in Zeist"])
    assert clean
    assert failed is None


@pytest.mark.transformers
@with_torch[1]
def test_a_model_that_was_never_taught_names_is_refused(
    opened: Opens, transformer: Path, tmp_path: Path
) -> None:
    from transformers import BertModel

    untaught = shutil.copytree(transformer, tmp_path / "untaught")
    BertModel.from_pretrained(transformer).save_pretrained(untaught)
    config = json.loads((transformer / "config.json").read_text())
    (untaught / "config.json").write_text(json.dumps(config))
    with pytest.raises(ConfigurationError, match="holds no model"):
        opened(engine="transformers", model=untaught)


@pytest.mark.transformers
@with_torch[1]
def test_a_model_whose_labels_name_no_people_is_refused(
    opened: Opens, transformer: Path, tmp_path: Path
) -> None:
    unnamed = shutil.copytree(transformer, tmp_path / "unnamed")
    config = json.loads((unnamed / "config.json").read_text())
    config["id2label"] = {at: f"LABEL_{at}" for at in config["id2label"]}
    config["label2id"] = {label: int(at) for at, label in config["id2label"].items()}
    (unnamed / "config.json").write_text(json.dumps(config))
    with pytest.raises(ConfigurationError, match="finds no people"):
        opened(engine="transformers", model=unnamed)
