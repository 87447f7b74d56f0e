"""Zayatz's estimate of how many records that are alone in a sample are alone in its population too."""

import numpy as np
import numpy.typing as npt


def still_alone(sizes: npt.NDArray[np.int64], population: int) -> float:
    """The chance, from 0 to 1, that a record that is alone in the sample is alone in the population.

    By Bayes: p_1 h(1 | 1) / sum_j p_j h(1 | j), where p_j is the share of classes of j people in the
    population, taken from the sample, and h(1 | j) the chance that a sample of n out of N people has one
    of j: hypergeometric, j n / N times the product of (N - n - i) / (N - 1 - i) over i = 0 to j - 2
    (Zayatz 1991, Estimation of the number of unique population elements using a sample; Dankar et al.
    2012, appendix A).

    Args:
        sizes: records in each class of the sample.
        population: N, at least the number of records.
    """
    records = int(sizes.sum())
    number = np.bincount(sizes)[1:].astype(np.float64)
    i = np.arange(len(number) - 1)
    others = np.maximum(population - records - i, 0) / np.maximum(population - 1 - i, 1)
    chance = np.arange(1, len(number) + 1) * np.concatenate(([1.0], np.cumprod(others)))
    return float(number[0] / (number * chance).sum()) if number[0] else 0.0
