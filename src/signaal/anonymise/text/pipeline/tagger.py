"""Which tokens are personal data, and of what kind, with how sure the network is."""

from collections.abc import Iterable
from dataclasses import asdict

import numpy as np
from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.tokens import Doc, Span
from spacy.util import registry
from thinc.api import Model
from thinc.types import Floats2d

from signaal.anonymise.text.pipeline.certainty import Certainty

OUTSIDE = "O"
SCORES, SHARES = "signaal_scores", "signaal_shares"


class PersonalDataTagger(Tagger):  # type: ignore[misc]
    """spaCy's tagger with tags B-…, I-… and O, whose answer is ``doc.ents``.

    A token is taken where the network gives the kinds of personal data together ``certainty`` or more,
    far less than half: a missed name costs more than a masked word. How much is enough depends on
    where the token stands (``Certainty``). That sum is the score, in ``doc.user_data[SCORES]`` by the
    first and last character of each entity.

    Args:
        certainty: how sure the network must be that a token is personal data, from 0 to 1.
    """

    def __init__(
        self,
        vocab: object,
        model: Model[list[Doc], list[Floats2d]],
        name: str = "personal_data",
        *,
        certainty: Certainty,
    ) -> None:
        super().__init__(vocab, model, name)
        self.certainty = certainty

    def predict(self, docs: Iterable[Doc]) -> list[np.ndarray]:
        """What the network gives each tag (columns) of each token (rows), for every text."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [np.zeros((0, len(self.labels)), dtype="float32") for _ in docs]
        scores: list[np.ndarray] = self.model.predict(docs)
        return scores

    def set_annotations(self, docs: Iterable[Doc], batch_tag_ids: list[np.ndarray]) -> None:
        """Sets the entities and their scores."""
        kinds = sorted({label[2:] for label in self.labels if label != OUTSIDE})
        columns = [[i for i, label in enumerate(self.labels) if label[2:] == kind] for kind in kinds]
        begins = np.array([label.startswith("B-") for label in self.labels])
        for doc, scores in zip(docs, batch_tag_ids, strict=True):
            by_kind = np.stack([scores[:, column].sum(axis=1) for column in columns], axis=1)
            doc.user_data[SHARES] = by_kind.sum(axis=1)
            spans = self._spans(doc, by_kind, scores[:, begins].sum(axis=1))
            doc.set_ents([Span(doc, start, end, label=kinds[kind]) for start, end, kind, _ in spans])
            doc.user_data[SCORES] = {
                (span.start_char, span.end_char): score
                for span, (_, _, _, score) in zip(doc.ents, spans, strict=True)
            }

    def _spans(self, doc: Doc, by_kind: np.ndarray, begins: np.ndarray) -> list[tuple[int, int, int, float]]:
        """Stretches of taken tokens: first, one past the last, kind, score."""
        sure = by_kind.sum(axis=1)
        spans: list[tuple[int, int, int, float]] = []
        start = end = 0
        for at in self._taken(doc, sure):
            apart = at > end or begins[at] > sure[at] / 2
            if apart or by_kind[at].argmax() != by_kind[start:end].sum(axis=0).argmax():
                spans += _span(start, end, by_kind, sure)
                start = at
            end = at + 1
        return [*spans, *_span(start, end, by_kind, sure)]

    def _taken(self, doc: Doc, sure: np.ndarray) -> list[int]:
        """The tokens that are personal data, by their place."""
        perhaps = {at: float(sure[at]) for at in np.flatnonzero(sure >= self.certainty.lowest).tolist()}
        taken = {at for at, share in perhaps.items() if share >= self.certainty.alone(doc, at)}
        fresh = taken
        while fresh:
            near = {at + step for at in fresh for step in (-1, 1)} & perhaps.keys() - taken
            fresh = {at for at in near if perhaps[at] >= self.certainty.beside(doc, at)}
            taken |= fresh
        return sorted(at for at in taken if not doc[at].is_space)


def _span(start: int, end: int, by_kind: np.ndarray, sure: np.ndarray) -> list[tuple[int, int, int, float]]:
    if end == start:
        return []
    kind = int(by_kind[start:end].sum(axis=0).argmax())
    return [(start, end, kind, float(sure[start:end].mean()))]


@Language.factory(
    "personal_data",
    default_config={"certainty": asdict(Certainty())},
    assigns=["doc.ents"],
)
def make_tagger(
    nlp: Language, name: str, model: Model[list[Doc], list[Floats2d]], certainty: dict[str, float]
) -> PersonalDataTagger:
    """The component as spaCy makes it from a pipeline's configuration."""
    return PersonalDataTagger(nlp.vocab, model, name, certainty=Certainty(**certainty))


__all__ = ["SCORES", "PersonalDataTagger", "registry"]
