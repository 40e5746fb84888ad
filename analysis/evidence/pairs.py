"""How far any two segments lie apart, on the column that tells them apart best."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.contract import Feature
from analysis.preparation.features import Features
from analysis.profiling.profile import group_means
from analysis.rounding.random_rounding import Rounding, step_of
from analysis.statistics.effect_size import hedges_g
from analysis.statistics.moments import Moments, moments
from analysis.statistics.scale import judged

TENTH = 0.1
"""The least step to which a public site tells an effect."""


@dataclass(frozen=True)
class Closest:
    """The segment that one differs from least."""

    other: int
    """Its position, 0…k−1."""
    effect: float
    """On the column where the two differ most: |Hedges' g|, which may be infinite, or Cohen's h of a category."""
    feature: Feature
    category: str | None = None
    moved: float = 0.0
    """How far one customer moves an effect in numbers."""

    def as_told(self, rounding: Rounding) -> Closest:
        """The effect in numbers to a step that no customer moves it by; that of a category is told in tenths."""
        if rounding.open or self.category is not None:
            return self
        return replace(self, effect=rounding.figure(self.effect, step_of(max(TENTH, self.moved))))


def closest(features: Features, labels: Labels) -> tuple[Closest, ...]:
    """For every segment the one it differs from least; empty with one segment. `labels` (0…k−1) are canonical.

    Segments found by distance nearly always differ on a column they were found by, so this refuses only divisions
    that cut through one crowd.
    """
    k = int(labels.max()) + 1
    if k < 2:
        return ()
    angle = _angle(_shares(features, labels, k))
    numbers, moved = _by_numbers(features, labels, k)
    effects = np.concatenate([numbers, np.abs(angle[:, None] - angle)], axis=2)
    largest = np.round(effects.max(axis=2), 9)
    # Not by NaN on the diagonal: an argmin takes it for infinite, as the effects of all others may be.
    others = [min((one for one in range(k) if one != at), key=lambda one: row[one]) for at, row in enumerate(largest)]
    return tuple(
        _closest(features, other, effects[segment, other], moved[segment, other])
        for segment, other in enumerate(others)
    )


def _closest(features: Features, other: int, effects: Matrix, moved: Matrix) -> Closest:
    most = int(effects.argmax())
    effect = float(effects[most])
    if most < len(features.numeric):
        return Closest(other, effect, features.numeric[most], moved=float(moved[most]))
    categories = [axis for axis in features.design.axes if axis.category is not None]
    axis = categories[most - len(features.numeric)]
    return Closest(other, effect, next(one for one in features.clustering if one.name == axis.feature), axis.category)


def _by_numbers(features: Features, labels: Labels, k: int) -> tuple[Matrix, Matrix]:
    """|Hedges' g| between each two segments on every column of numbers, and how far one customer moves it.

    (k, k, columns) each. Of the smaller segment a customer moves the mean by the column's range over its customers.
    """
    if not features.numeric:
        return np.empty((k, k, 0)), np.empty((k, k, 0))
    values = np.column_stack([judged(features, feature, features.left_out(labels)) for feature in features.numeric])
    inside, _ = moments(values, labels[None], np.ones((1, len(labels))), k)
    one, other = _across(inside, 1), _across(inside, 0)
    # What a segment lacks altogether tells it from nobody.
    effect = np.nan_to_num(np.abs(hedges_g(one, other)), nan=0.0, posinf=np.inf)
    apart = np.abs(one.mean - other.mean) * np.minimum(one.count, other.count)
    ranges = np.broadcast_to(np.nanmax(values, axis=0) - np.nanmin(values, axis=0), apart.shape)
    return effect, effect * np.divide(ranges, apart, out=np.zeros_like(apart), where=apart > 0)


def _shares(features: Features, labels: Labels, k: int) -> Matrix:
    """Share of each segment in every category by which segments were found, (k, categories)."""
    inside = features.matrix[:, [place for block in features.design.blocks for place in block]]
    return np.column_stack([group_means(column, labels, k) for column in inside.T]) if inside.size else np.empty((k, 0))


def _angle(share: Matrix) -> Matrix:
    """Cohen's (1988, ch. 6): differences of it are read as those of means in standard deviations, .8 being large."""
    return np.asarray(2 * np.arcsin(np.sqrt(np.clip(share, 0, 1))))


def _across(inside: Moments, axis: int) -> Moments:
    """The segments' moments along one of two axes, for every pair, (k, 1, columns) or (1, k, columns)."""
    return Moments(*(np.expand_dims(part[0], axis) for part in (inside.count, inside.mean, inside.squares)))
