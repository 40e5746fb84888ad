"""The scale on which differences are judged: a skewed column's own transformation where it has one."""

from __future__ import annotations

import numpy as np

from analysis.contract import Feature
from analysis.features import Features, Matrix


def judged(features: Features, feature: Feature) -> Matrix:
    """A numeric column on the scale on which segments are found, (customers,); else in its own units.

    On money as it stands, a few large customers make up the standard deviation, and nothing seems to differ.
    """
    names = [each.name for each in features.clustering]
    if feature.name in names:
        return np.asarray(features.transformed[:, names.index(feature.name)])
    return features.values(feature)


def transformed(features: Features, feature: Feature) -> bool:
    """Whether the column is judged on another scale than its own."""
    names = [each.name for each in features.clustering]
    if feature.name not in names:
        return False
    place = names.index(feature.name)
    return not np.array_equal(features.transformed[:, place], features.matrix[:, place])
