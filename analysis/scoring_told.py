"""What is told of quintile scores, as precisely as a public site may tell it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.arrays import Labels, Matrix
from analysis.contract import Feature, ScoredSegment
from analysis.features import Features
from analysis.reach import Reach, reach, told_share, value_step
from analysis.rounding import Rounding, step_of


def told_edge(edge: float, values: Matrix, rounding: Rounding) -> float:
    """A bound between two scores: to a step within which as many customers lie as make a small group."""
    if rounding.open:
        return edge
    share = float(np.mean(values <= edge))
    found = reach(values, np.zeros(len(values), dtype=np.bool_), rounding.least, {"edge": share})
    return rounding.figure(edge, found.widest or step_of(float(np.ptp(values))))


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
    worth = None if value is None else value_step(value, given)
    return tuple(
        one.model_copy(
            update={
                "value_share": None
                if one.value_share is None or worth is None
                else told_share(one.value_share, worth, rounding),
                "means": {
                    each.name: reached.told_mean(one.means[each.name], rounding)
                    for each in measures
                    if each.name in one.means
                    for reached in [_reach(each, features, given == place, rounding)]
                    if not reached.dominated
                },
            }
        )
        for place, one in enumerate(found)
    )


def _reach(feature: Feature, features: Features, inside: Matrix, rounding: Rounding) -> Reach:
    nobody = np.zeros(features.size, dtype=np.bool_)
    out = features.apart if features.apart is not None and features.leaves_out(feature) else nobody
    return reach(features.values(feature)[inside], out[inside], rounding.least)
