"""What is told of quintile scores, as precisely as a public site may tell it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.contract import Feature, ScoredSegment
from analysis.preparation.features import Features
from analysis.rounding.random_rounding import Rounding, step_of
from analysis.rounding.sensitivity import Reach, reach, told_shares, value_step


def edge_step(values: Matrix, edge: float, rounding: Rounding) -> float:
    """The step of a bound between two scores, within which as many customers lie as make a small group; 0: as it is.

    That is how far the last of so many customers nearest to it lies: else it would be one customer's value.
    """
    known = values[~np.isnan(values)]
    if rounding.open or not len(known):
        return 0.0
    last = min(max(rounding.least, 1), len(known)) - 1
    return step_of(float(np.partition(np.abs(known - edge), last)[last]))


def told_scored(
    found: Sequence[ScoredSegment],
    features: Features,
    groups: tuple[Sequence[Feature], Labels],
    value: Matrix | None,
    rounding: Rounding,
) -> tuple[ScoredSegment, ...]:
    """`groups`: the columns that are scored, and each customer's place among the segments, (customers,).

    No share of value is told where one or two customers make nearly all of a segment's, nor their mean.
    """
    if rounding.open:
        return tuple(found)
    measures, given = groups
    left = features.left_out(given)
    worth = None if value is None else value_step(value, given)
    shares = told_shares([one.value_share for one in found], worth, rounding)
    return tuple(
        one.model_copy(
            update={
                "value_share": shares[place],
                "means": {
                    each.name: reached.told_mean(one.means[each.name], rounding)
                    for each in measures
                    if each.name in one.means
                    for reached in [_reach(each, features, (given == place, left), rounding)]
                    if not reached.dominated
                },
            }
        )
        for place, one in enumerate(found)
    )


def _reach(feature: Feature, features: Features, groups: tuple[Mask, Mask], rounding: Rounding) -> Reach:
    """`groups`: who is in the segment, and who counts in no mean of an amount, as where the mean was taken."""
    inside, left = groups
    return reach(features.values(feature)[inside], features.out_of(feature, left)[inside], rounding.least)
