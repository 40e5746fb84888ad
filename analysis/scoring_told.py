"""What is told of quintile scores, as precisely as a public site may tell it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.arrays import Labels, Matrix
from analysis.contract import Feature, ScoredSegment
from analysis.features import Features
from analysis.reach import any_dominated, moved_share, reach
from analysis.rounding import Rounding, step_of

FIFTHS = (0.2, 0.4, 0.6, 0.8)


def edge_step(values: Matrix, rounding: Rounding) -> float:
    """The step of the bounds between scores, within which as many customers lie as make a small group; 0: as it is."""
    if rounding.open:
        return 0.0
    found = reach(values, np.zeros(len(values), dtype=np.bool_), rounding.least, {str(one): one for one in FIFTHS})
    return found.widest or step_of(float(np.ptp(values)))


def told_edge(edge: float, step: float, rounding: Rounding) -> float:
    """A bound between two scores."""
    return edge if rounding.open else rounding.figure(edge, step)


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
                    for step in [_step(each, features, given == place, rounding)]
                    if step is not None
                },
            }
        )
        for place, one in enumerate(found)
    )


def _step(feature: Feature, features: Features, inside: Matrix, rounding: Rounding) -> float | None:
    nobody = np.zeros(features.size, dtype=np.bool_)
    out = features.apart if features.apart is not None and features.leaves_out(feature) else nobody
    found = reach(features.values(feature)[inside], out[inside], rounding.least)
    return None if found.dominated else found.mean
