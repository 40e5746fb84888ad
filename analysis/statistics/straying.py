"""How far segments' figures stray over resamples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.contract import Feature
from analysis.preparation.features import Features
from analysis.statistics.effect_size import hedges_g
from analysis.statistics.medians import medians
from analysis.statistics.moments import moments
from analysis.statistics.resampled import Resampled, around
from analysis.statistics.scale import judged

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Columns:
    """The numeric columns of all customers, (customers, columns)."""

    raw: Matrix
    """In their own units."""
    judged: Matrix
    """On the scale on which differences are judged."""
    of_middle: Sequence[int]
    """Those whose typical figure is the median."""

    def of(self, rows: Labels, labels: NDArray[np.signedinteger], weights: Matrix, k: int) -> tuple[Matrix, Matrix]:
        """Hedges' g and typical figures of some rows, in many draws at once, each (draws, segments, columns)."""
        raw = self.raw[rows]
        inside, outside = moments(np.hstack([self.judged[rows], raw]), labels, weights, k)
        g, typical = np.split(hedges_g(inside, outside), 2, axis=-1)[0], np.split(inside.mean, 2, axis=-1)[1]
        if self.of_middle:
            typical[..., self.of_middle] = medians(raw[:, self.of_middle], labels, weights, k)
        return g, typical


def numeric(features: Features, out: Mask | None = None) -> Columns:
    """The numeric columns, of which there is one at least; differences and means do without who is left `out`."""
    return Columns(
        raw=np.column_stack([_raw(features, feature, out) for feature in features.numeric]),
        judged=np.column_stack([judged(features, feature, out) for feature in features.numeric]),
        of_middle=[place for place, feature in enumerate(features.numeric) if feature.typical == "median"],
    )


def _raw(features: Features, feature: Feature, out: Mask | None) -> Matrix:
    """A column in its own units; where its mean is told, without who counts in none (`preparation.set_apart`)."""
    values = features.values(feature)
    if out is None or feature.typical != "mean" or not features.leaves_out(feature):
        return values
    return np.where(out, np.nan, values)


def straying(columns: Columns, told: tuple[Matrix, Matrix], resampled: Resampled) -> tuple[Matrix, Matrix]:
    """Bounds around Hedges' g and typical figures, `told` (segments, columns) each, each (2, segments, columns)."""
    rows, k = resampled.rows, resampled.k
    lost = ~resampled.came_back[..., None, None]

    def both(found: NDArray[np.signedinteger], weights: Matrix) -> Matrix:
        return np.where(lost, np.nan, np.stack(columns.of(rows, found, weights, k), axis=-1))

    ends = around(np.stack(told, axis=-1), resampled.figures(both)[:, : len(told[0])])
    # No share of yes is more than all.
    return ends[..., 0], np.clip(ends[..., 1], np.nanmin(columns.raw, axis=0), np.nanmax(columns.raw, axis=0))
