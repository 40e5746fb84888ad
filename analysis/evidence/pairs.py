"""How far any two segments lie apart, on the column that tells them apart best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.contract import Feature
from analysis.evidence.effect_size import hedges_g
from analysis.evidence.moments import Moments, moments
from analysis.evidence.scale import judged
from analysis.features import Features, Labels


@dataclass(frozen=True)
class Closest:
    """The segment that one differs from least."""

    other: int
    """Its position, 0…k−1."""
    effect: float
    """|Hedges' g| on the column where the two differ most; may be infinite."""
    feature: Feature


def closest(features: Features, labels: Labels) -> tuple[Closest, ...]:
    """For every segment the one it differs from least; empty with one segment. `labels` (0…k−1) are canonical.

    Segments found by distance nearly always differ on a column they were found by, so this refuses only divisions
    that cut through one crowd.
    """
    k = int(labels.max()) + 1
    if k < 2:
        return ()
    numeric = features.numeric
    values = np.column_stack([judged(features, feature) for feature in numeric])
    inside, _ = moments(values, labels[None], np.ones((1, len(labels))), k)
    # What a segment lacks altogether tells it from nobody.
    effects = np.nan_to_num(np.abs(hedges_g(_across(inside, 1), _across(inside, 0))), nan=0.0, posinf=np.inf)
    largest = effects.max(axis=2)
    np.fill_diagonal(largest, np.nan)
    others = [int(np.nanargmin(np.round(row, 9))) for row in largest]
    return tuple(
        Closest(other, float(largest[segment, other]), numeric[int(effects[segment, other].argmax())])
        for segment, other in enumerate(others)
    )


def _across(inside: Moments, axis: int) -> Moments:
    """The segments' moments along one of two axes, for every pair, (k, 1, columns) or (1, k, columns)."""
    return Moments(*(np.expand_dims(part[0], axis) for part in (inside.count, inside.mean, inside.squares)))
