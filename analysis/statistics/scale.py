"""The scale on which differences are judged: a skewed column's own transformation where it has one."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Mask, Matrix
from analysis.contract import Feature
from analysis.preparation.features import Features


def judged(features: Features, feature: Feature, out: Mask | None = None) -> Matrix:
    """A numeric column on the scale on which segments are found, (customers,); else in its own units.

    On money as it stands, a few large customers make up the standard deviation, and nothing seems to differ. Of an
    amount whoever is left `out` has no value: see `analysis.preparation.set_apart`.
    """
    place = _place(features, feature)
    values = features.values(feature) if place is None else np.asarray(features.transformed[:, place])
    return values if out is None or not features.leaves_out(feature) else np.where(out, np.nan, values)


def transformed(features: Features, feature: Feature) -> bool:
    """Whether the column is judged on another scale than its own."""
    place = _place(features, feature)
    if place is None:
        return False
    return not np.array_equal(features.transformed[:, place], features.matrix[:, place], equal_nan=True)


def _place(features: Features, feature: Feature) -> int | None:
    """The axis of a numeric column that clusters."""
    return next(iter(features.design.of(feature.name)), None)
