"""Pitman's model of a population: how many of its people are alone in their class.

Notation of Hoshino 2001 (Applying Pitman's sampling formula to microdata disclosure risk assessment,
Journal of Official Statistics 17(4)): n records in u classes, of which s_j have j records; parameters
theta and alpha.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Sums = npt.NDArray[np.float64]
Point = npt.NDArray[np.float64]

_MOST_STEPS = 200
_FLAT = 1e-7
"""Slope of the likelihood, per record, from which the top is reached."""
_EDGE = 30.0
"""How far the transformed parameters may go: alpha within 1e-13 of 0 or 1, theta from 1e-13 to 1e13."""


def population_uniques(sizes: npt.NDArray[np.int64], population: int) -> float | None:
    """The expected number of people who are alone in a population; None where no model fits.

    With N people that is N (theta + alpha)_(N-1) / (theta + 1)_(N-1) in rising factorials, of which
    Hoshino's Gamma(theta + 1) / Gamma(theta + alpha) N^alpha is the limit for large N. The parameters
    are those of the greatest likelihood (Hoshino 2001, section 3).

    Args:
        sizes: records in each class of the sample.
        population: N.
    """
    fitted = _fitted(_Likelihood.of(sizes))
    if fitted is None:
        return None
    theta, alpha = fitted
    logarithm = (
        math.lgamma(theta + alpha + population - 1)
        - math.lgamma(theta + alpha)
        + math.lgamma(theta + 1)
        - math.lgamma(theta + population)
    )
    uniques = population * math.exp(logarithm)
    return uniques if math.isfinite(uniques) else None


@dataclass(frozen=True, repr=False)
class _Likelihood:
    """The logarithm of Pitman's sampling formula, but for a constant.

    L = sum_{i=1}^{u-1} ln(theta + i alpha) - sum_{i=1}^{n-1} ln(theta + i)
        + sum_j s_j sum_{i=1}^{j-1} ln(i - alpha)

    ``larger`` has for i = 1, 2, ... the number of classes with more than i records.
    """

    records: int
    classes: int
    larger: Sums

    @classmethod
    def of(cls, sizes: npt.NDArray[np.int64]) -> "_Likelihood":
        """The likelihood of a sample with classes of these sizes."""
        at_most = np.cumsum(np.bincount(sizes))
        larger = (len(sizes) - at_most[1:-1]).astype(np.float64)
        return cls(int(sizes.sum()), len(sizes), larger)

    def value(self, theta: float, alpha: float) -> float:
        """L."""
        i, j, m = self._ranges()
        return float(
            np.log(theta + i * alpha).sum()
            - np.log(theta + j).sum()
            + (self.larger * np.log(m - alpha)).sum()
        )

    def slopes(self, theta: float, alpha: float) -> tuple[Point, Sums]:
        """The first derivatives of L to theta and alpha, and the matrix of the second ones."""
        i, j, m = self._ranges()
        x, y, z = 1 / (theta + i * alpha), 1 / (theta + j), 1 / (m - alpha)
        first = np.array([x.sum() - y.sum(), (i * x).sum() - (self.larger * z).sum()])
        both = -(i * x * x).sum()
        second = np.array(
            [
                [(y * y).sum() - (x * x).sum(), both],
                [both, -(i * i * x * x).sum() - (self.larger * z * z).sum()],
            ]
        )
        return first, second

    def _ranges(self) -> tuple[Sums, Sums, Sums]:
        return (
            np.arange(1.0, self.classes),
            np.arange(1.0, self.records),
            np.arange(1.0, len(self.larger) + 1),
        )


def _fitted(likelihood: _Likelihood) -> tuple[float, float] | None:
    """Theta and alpha of the greatest likelihood; None where the search does not end.

    Newton's method on ln(theta) and ln(alpha / (1 - alpha)), which keeps theta above 0 and alpha between
    0 and 1, with steps that are shortened until the likelihood rises (Levenberg-Marquardt).
    """
    place = np.array([math.log(max(1.0, likelihood.classes / 2)), 0.0])
    value, damping = likelihood.value(*_parameters(place)), 1e-3
    for _ in range(_MOST_STEPS):
        first, second = _transformed(likelihood, place)
        if np.abs(first).max() <= _FLAT * likelihood.records:
            return _parameters(place)
        step = _uphill(first, second, damping)
        there = np.clip(place + step, -_EDGE, _EDGE)
        reached = likelihood.value(*_parameters(there))
        if not math.isfinite(reached) or reached < value:
            damping *= 10
        else:
            place, value, damping = there, reached, max(damping / 10, 1e-9)
    return None


def _parameters(place: Point) -> tuple[float, float]:
    return math.exp(place[0]), 1 / (1 + math.exp(-place[1]))


def _transformed(likelihood: _Likelihood, place: Point) -> tuple[Point, Sums]:
    """The derivatives to the transformed parameters, by the chain rule."""
    theta, alpha = _parameters(place)
    first, second = likelihood.slopes(theta, alpha)
    inner = np.array([theta, alpha * (1 - alpha)])
    bend = np.array([theta, alpha * (1 - alpha) * (1 - 2 * alpha)])
    return first * inner, second * np.outer(inner, inner) + np.diag(first * bend)


def _uphill(first: Point, second: Sums, damping: float) -> Point:
    """A step along which the likelihood rises: the curvature is made to be that of a top."""
    values, vectors = np.linalg.eigh(-second)
    curvature = np.abs(values) + damping * max(1e-12, float(np.abs(values).max()))
    step: Point = vectors @ ((vectors.T @ first) / curvature)
    return np.clip(step, -3.0, 3.0)
