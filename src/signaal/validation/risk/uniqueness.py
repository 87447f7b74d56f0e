"""Who is alone in the sample, and who is estimated to be alone in the population it was drawn from."""

from enum import StrEnum

from signaal.validation.risk.classes import Classes
from signaal.validation.risk.pitman import population_uniques
from signaal.validation.risk.zayatz import still_alone

SMALL_SAMPLE = 0.1
"""Share of the population up to which Pitman's model is the better one (Dankar et al. 2012)."""


class Model(StrEnum):
    """By which model uniqueness in the population is estimated.

    ``NO_ESTIMATE``: a model should have been fitted and none fits, so that whoever is alone in the sample
    is taken to be alone in the population as well. ``CENSUS``: the sample is all of it.
    """

    CENSUS = "census"
    PITMAN = "pitman"
    ZAYATZ = "zayatz"
    NO_ESTIMATE = "no_estimate"


def model_for(records: int, population: int) -> Model:
    """The model that the decision rule of Dankar et al. takes.

    Pitman's up to a tenth of the population, else Zayatz's (Dankar, El Emam, Neisa and Roffey 2012,
    Estimating the re-identification risk of clinical data sets, BMC Medical Informatics and Decision
    Making 12:66; as in ARX). Their rule takes the slide negative binomial model instead of Zayatz's
    where it estimates less; it is left out here, so that the estimate is never below theirs.
    """
    if population <= records:
        return Model.CENSUS
    return Model.PITMAN if records <= SMALL_SAMPLE * population else Model.ZAYATZ


def population_unique(classes: Classes, population: int, model: Model) -> float | None:
    """Estimated share of the records that are alone in the population too; None where no model fits.

    Of S people who are alone among N, S n / N come into a sample of n records, which is S / N of them.
    Nobody is alone in the population who is not alone in the sample, which bounds the estimate.
    """
    alone = classes.share_alone
    if model not in {Model.PITMAN, Model.ZAYATZ} or alone in {0.0, 1.0}:
        # Where everybody is alone, no class says how many others there are like them.
        return alone
    if model is Model.ZAYATZ:
        return alone * min(1.0, still_alone(classes.sizes, population))
    uniques = population_uniques(classes.sizes, population)
    return None if uniques is None else min(alone, uniques / population)
