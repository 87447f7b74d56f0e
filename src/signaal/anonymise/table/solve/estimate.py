"""Guesses how much fails at levels that were not counted yet, from those that were."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
PER_BIT = 0.3
"""What a bit that stays adds to the logarithm of what fails, before anything is counted."""
DOUBT = 0.3
"""A guess is never taken to be nearer than this, in the same logarithm."""
LOGISTIC = 1.7
"""The logistic curve with this slope is nearly the normal distribution."""


@dataclass(repr=False)
class Estimate:
    """A ridge regression of the logarithm of what fails, as a multiple of what may, on bits that stay.

    It only says which question to ask next. A bad guess costs time; where all is to be settled it never
    changes the answer.
    """

    bits: list[Numbers] = field(default_factory=list)
    found: list[float] = field(default_factory=list)

    def learn(self, bits: Numbers, failing: float, allowed: int) -> None:
        """Takes in what was counted at levels that leave so many bits of each attribute."""
        self.bits.append(np.append(bits, 1.0))
        self.found.append(float(np.log((failing + 1) / (allowed + 1))))

    def guess(self, bits: Numbers) -> tuple[Numbers, Numbers]:
        """For each row of bits the guessed logarithm, and the chance that it is above nought."""
        known, found = np.array(self.bits), np.array(self.found)
        prior = np.append(np.full(bits.shape[1], PER_BIT), 0.0)
        ridge = np.diag(np.append(np.ones(bits.shape[1]), 1e-3))
        near = np.exp(-np.abs(found))
        weighed = known.T * near
        weights = prior + np.linalg.solve(weighed @ known + ridge, weighed @ (found - known @ prior))
        spread = np.sum(near * (found - known @ weights) ** 2) / np.sum(near)
        doubt = max(float(np.sqrt(spread)), DOUBT)
        guessed = np.column_stack([bits, np.ones(len(bits))]) @ weights
        chance = 1 / (1 + np.exp(np.clip(-LOGISTIC * guessed / doubt, -50, 50)))
        return guessed, chance
