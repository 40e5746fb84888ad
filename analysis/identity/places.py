"""Where old segments lie among today's customers: their published figures, put into today's design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.cells.spellings import OTHER
from analysis.contract import CategoryShare, Contract, GoneSegment, Segment
from analysis.preparation.features import Features

Figures = Mapping[str, float | None]
Shares = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class Published:
    """What was published of where a segment lies, in the data's own units."""

    figures: Figures
    """Column of numbers → its typical figure."""
    shares: Shares
    """Column of categories → category → share."""


def published(segment: Segment) -> Published:
    """Of a segment: the median where it is the column's typical figure, else the mean; null where it is withheld."""
    shares: dict[str, dict[str, float | None]] = {}
    for one in segment.categories:
        shares.setdefault(one.feature, {})[one.category] = one.share if isinstance(one, CategoryShare) else None
    return Published({one.feature: one.typical for one in segment.profile}, shares)


def kept(segment: GoneSegment) -> Published:
    """Of a segment that no longer exists."""
    return Published(segment.figures, segment.shares)


def common(last: Contract, features: Features) -> Labels:
    """The axes of today's design whose columns segments were found by in the last build, too."""
    before = {one.name: one.kind for one in last.data.features if one.used_for == "clustering"}
    return np.array(
        [
            place
            for place, axis in enumerate(features.design.axes)
            if before.get(axis.feature) == ("numeric" if axis.category is None else "category")
        ],
        dtype=np.intp,
    )


def centres(segments: Sequence[Published], features: Features) -> Matrix:
    """Coordinates in today's design, (segments, axes); NaN where nothing is known."""
    axes = features.design.axes
    own = {
        feature: [axis.category for axis in axes if axis.feature == feature and axis.category != OTHER]
        for feature in dict.fromkeys(axis.feature for axis in axes)
    }
    raw = [[_coordinate(one, axis.feature, axis.category, own[axis.feature]) for axis in axes] for one in segments]
    table = np.array(raw, dtype=np.float64).reshape(len(segments), len(axes))
    return features.design.scaled(features.design.transformed(table))


def _coordinate(one: Published, feature: str, category: str | None, own: Sequence[str | None]) -> float | None:
    if category is None:
        return one.figures.get(feature)
    shares = one.shares.get(feature)
    if not shares:
        return None
    if category != OTHER:
        return shares.get(category, 0.0)  # nobody was in a category that did not exist
    named = [shares.get(str(each), 0.0) for each in own]
    return None if None in named else max(0.0, 1 - sum(each or 0.0 for each in named))
