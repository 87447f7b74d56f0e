"""Problems for the solver, made up by hypothesis."""

import numpy as np
from hypothesis import strategies as st

from signaal.anonymise.table.solve import Attribute, Problem, Sensitive

LIMITS = [0.0511234, 0.2111234, 0.3411234, 0.5711234, 0.8311234]
"""Limits of closeness that no distance between few rows comes up to exactly."""


@st.composite
def problems(draw: st.DrawFn, most_attributes: int = 6, most_levels: int = 3, most_rows: int = 45) -> Problem:
    """A table of any shape with any thresholds: nested levels, empty cells, newcomers among others."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows = draw(st.integers(0, most_rows))
    attributes = draw(st.integers(0, most_attributes))
    emptiness = draw(st.sampled_from([0.0, 0.1, 0.4]))
    cells = rows * attributes
    return Problem(
        attributes=tuple(
            _attribute(f"q{place}", chance, rows, draw(st.integers(1, most_levels)), emptiness)
            for place in range(attributes)
        ),
        sensitive=tuple(
            _sensitive(f"s{place}", chance, rows, draw(st.integers(1, 6)), draw(st.booleans()))
            for place in range(draw(st.integers(0, 2)))
        ),
        newcomer=chance.random(rows) < draw(st.sampled_from([1.0, 1.0, 0.0, 0.6, 0.2])),
        k=draw(st.integers(2, 6)),
        l=draw(st.integers(1, 4)),
        t=draw(st.one_of(st.none(), st.sampled_from(LIMITS))),
        allowed=int(cells * draw(st.sampled_from([0.0, 0.05, 0.2, 0.5, 1.0]))),
    )


def _attribute(name: str, chance: np.random.Generator, rows: int, levels: int, emptiness: float) -> Attribute:
    values = int(chance.integers(1, 9))
    codes = np.minimum(chance.geometric(0.35, rows), values).astype(np.int32)
    codes[chance.random(rows) < emptiness] = 0
    made = [codes]
    for _ in range(levels - 1):
        coarser = np.append(0, chance.integers(1, max(2, values // 2 + 1), values)).astype(np.int32)
        made.append(coarser[made[-1]])
    return Attribute(name, tuple(made))


def _sensitive(name: str, chance: np.random.Generator, rows: int, values: int, ordered: bool) -> Sensitive:
    codes = chance.integers(0, values + 1, rows).astype(np.int32)
    return Sensitive(name, codes, ordered)
