"""What is told of quintile scores, as precisely as a public site may tell it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.arrays import Labels, Mask, Matrix
from analysis.contract import Feature, ScoredSegment
from analysis.features import Features
from analysis.reach import any_dominated, moved_share, reach
from analysis.rounding import Rounding, step_of


def edge_step(values: Matrix, edges: Sequence[float], rounding: Rounding) -> float:
    """The step of the bounds between scores, within which as many customers lie as make a small group; 0: as it is.

    Of each bound, how far the last of so many customers nearest to it lies: else it would be one customer's value.
    """
    known = values[~np.isnan(values)]
    if rounding.open or not len(known):
        return 0.0
    last = min(max(rounding.least, 1), len(known)) - 1
    return step_of(max((float(np.partition(np.abs(known - edge), last)[last]) for edge in edges), default=0.0))


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
    worth = None if value is None or any_dominated(value, given) else step_of(moved_share(value))
    return tuple(
        one.model_copy(
            update={
                "value_share": None
                if one.value_share is None or worth is None
                else min(rounding.figure(one.value_share, worth), 1.0),
                "means": {
                    each.name: rounding.figure(one.means[each.name], step)
                    for each in measures
                    if each.name in one.means
                    for step in [_step(each, features, (given == place, left), rounding)]
                    if step is not None
                },
            }
        )
        for place, one in enumerate(found)
    )


def _step(feature: Feature, features: Features, groups: tuple[Mask, Mask], rounding: Rounding) -> float | None:
    """`groups`: who is in the segment, and who counts in no mean of an amount, as where the mean was taken."""
    inside, left = groups
    out = left if features.leaves_out(feature) else np.zeros(features.size, dtype=np.bool_)
    found = reach(features.values(feature)[inside], out[inside], rounding.least)
    return None if found.dominated else found.mean
