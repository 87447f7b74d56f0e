"""The networks multiply with NumPy's BLAS, on one thread, and answer as before."""

import numpy as np
import spacy
from threadpoolctl import threadpool_info

from signaal.anonymise.text.blas import QUICK, multiply_quickly
from signaal.anonymise.text.nlp import BUNDLED_MODEL, DutchNlpEngine
from signaal.anonymise.text.pipeline import SHARES

TEXTS = ["Gisteren sprak ik Fatima over de huur.", "de bakker wil een roos", ""]


def test_the_answers_are_the_same_to_five_digits() -> None:
    slow, quick = spacy.load(BUNDLED_MODEL), spacy.load(BUNDLED_MODEL)
    multiply_quickly(quick)
    for one, other in zip(slow.pipe(TEXTS), quick.pipe(TEXTS), strict=True):
        assert [str(entity) for entity in one.ents] == [str(entity) for entity in other.ents]
        assert np.allclose(one.user_data[SHARES], other.user_data[SHARES], atol=1e-5)


def test_every_layer_of_the_engine_s_pipeline_does_so_on_one_thread() -> None:
    pipeline = DutchNlpEngine().get_nlp("nl")
    assert all(layer.ops is QUICK for layer in pipeline.get_pipe("personal_data").model.walk())  # type: ignore[attr-defined]
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_a_part_without_a_network_is_left_as_it_is() -> None:
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("sentencizer")
    multiply_quickly(pipeline)
    assert len(pipeline("Dag. Hoi.")) == 4
