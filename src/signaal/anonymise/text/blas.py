"""Which library multiplies the matrices of a pipeline's networks, and on how many threads."""

from spacy.language import Language
from thinc.api import Model, NumpyOps
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

QUICK = NumpyOps(use_blis=False)
"""thinc's operations with NumPy's own BLAS: three times as quick as the one that thinc brings (ADR 11)."""


def multiply_quickly(pipeline: Language) -> None:
    """Lets the networks of a pipeline use NumPy's BLAS, on one thread in this process.

    On more than one thread it would cost the same CPU time, compete with the other processes
    (``processes`` in the settings), and round otherwise on a machine with another number of cores.
    """
    threadpool_limits(limits=1, user_api="blas")
    for _, component in pipeline.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for layer in model.walk():
                layer.ops = QUICK
