"""How far segments' figures stray over resamples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.arrays import Labels, Mask, Matrix
from analysis.evidence.effect_size import hedges_g
from analysis.evidence.medians import medians
from analysis.evidence.moments import moments
from analysis.evidence.resampled import Resampled, bounds
from analysis.evidence.scale import judged
from analysis.features import Features

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
    """The numeric columns, of which there is one at least; differences are judged without who is left `out`."""
    return Columns(
        raw=np.column_stack([features.values(feature) for feature in features.numeric]),
        judged=np.column_stack([judged(features, feature, out) for feature in features.numeric]),
        of_middle=[place for place, feature in enumerate(features.numeric) if feature.typical == "median"],
    )


def straying(features: Features, columns: Columns, labels: Labels, resampled: Resampled) -> tuple[Matrix, Matrix]:
    """Bounds of Hedges' g and of typical figures over resamples, each (2, segments, columns).

    Of a large table the resamples are of a sample, whose own figures lie beside those of all customers fitted. How far
    resamples stray is told by the sample; what they stray from is the figure of all.
    """
    rows, k, back = resampled.rows, resampled.k, resampled.came_back[..., None]
    found = columns.of(rows, resampled.labels, resampled.weights, k)
    ends = [bounds(np.where(back, each, np.nan)) for each in found]
    fitted = np.flatnonzero(features.kept)
    if len(rows) < len(fitted):
        own, whole = (columns.of(at, labels[at][None], np.ones((1, len(at))), k) for at in (rows, fitted))
        ends = [each + _moved(here, there) for each, here, there in zip(ends, own, whole, strict=True)]
    # No share of yes is more than all.
    return ends[0], np.clip(ends[1], np.nanmin(columns.raw, axis=0), np.nanmax(columns.raw, axis=0))


def _moved(own: Matrix, whole: Matrix) -> Matrix:
    """From the sample's figures to those of all; nothing where either has none, or none that is finite."""
    known = np.isfinite(own) & np.isfinite(whole)
    return np.where(known, whole, 0) - np.where(known, own, 0)
