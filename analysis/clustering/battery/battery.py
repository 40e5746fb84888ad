"""The battery: everything that is measured of every number of segments tried, on one and the same customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.bootstrap import Bootstrap, bootstrap
from analysis.clustering.battery.copula import copulas, independent
from analysis.clustering.battery.dividing import Divide, Ways
from analysis.clustering.battery.gap import Gap, gaps
from analysis.clustering.battery.inertia import inertia
from analysis.clustering.battery.prediction_strength import prediction_strength
from analysis.clustering.battery.references import TABLES, Reference, references
from analysis.clustering.battery.tables import LARGEST_HELD, ColumnWeights, Sample, boxes
from analysis.clustering.battery.together import one_by_one, together


@dataclass(frozen=True, eq=False)
class Measures:
    """What the battery says of one number of segments."""

    k: int
    jaccard: Matrix
    """Likeness of each segment to its best match in each resample, (resamples, k); NaN where none of it was drawn."""
    agreement: Matrix
    """Adjusted Rand index of pairs of resamples, (resamples // 2,)."""
    normal: Reference
    """The same on clouds with one peak in each column, of the same skew and correlations."""
    box: Reference
    """The same on uniform boxes along the principal axes, categories at random."""
    gap: Gap
    prediction_strength: Matrix
    """Of each split, the mean of its two halves, (splits,); as many as it takes."""

    @cached_property
    def stability(self) -> Matrix:
        """Mean Jaccard similarity of each segment over the resamples that drew some of it, (k,)."""
        known = ~np.isnan(self.jaccard)
        return np.asarray(np.nansum(self.jaccard, axis=0) / np.maximum(known.sum(axis=0), 1))

    @property
    def weakest(self) -> float:
        """Stability of the least stable segment."""
        return float(self.stability.min())


@dataclass(frozen=True, eq=False)
class Battery:
    """What was measured of every number of segments, and the resamples behind it."""

    measures: Mapping[int, Measures]
    bootstrap: Bootstrap
    undivided: Gap | None = None
    """The gap of the whole table, the first that the gap's rule looks at; None where two segments were not tried."""


def battery(
    sample: Sample,
    labels: Mapping[int, Labels],
    divide: Divide,
    sequence: tuple[int, np.random.SeedSequence],
    *,
    side_by_side: bool = False,
    fewer: Ways | None = None,
) -> Battery:
    """Measure each number of segments.

    `labels` holds the segment (0…k−1) of each row for each number of segments k, `sequence` the number of resamples
    and the seed; `fewer` gives what divides tables into some of these numbers only. Each part has a stream of its own,
    so that it changes nothing whether they run `side_by_side`.
    """
    resamples, seed = sequence
    first, second, third, fourth = (np.random.default_rng(each) for each in seed.spawn(4))
    table = np.asarray(sample.standardised(sample.table[None]).rows[0], dtype=np.float64)
    ks = sorted(labels)
    uniform = _scattered(table, sample.kinds, third)
    whole = {1: np.zeros(len(table), dtype=np.intp)} if 2 in ks else {}
    own = {
        k: float(inertia(table[None], each[None].astype(np.uint8), k)[0]) for k, each in (whole | {**labels}).items()
    }
    # About as much on either side; what is large when it is found is found here.
    here = (
        lambda: _bootstrap(sample, divide, resamples, first),
        lambda: prediction_strength(sample, divide, fourth, fewer),
    )
    there = (lambda: references((_connected(table, sample.kinds, second), uniform), divide, second, sample),)
    run = together if side_by_side else one_by_one
    (drawn, strength), (structureless,) = run(here, there)
    gap = gaps(own, structureless.inertia)
    measures = {
        k: Measures(
            k=k,
            jaccard=drawn.jaccard(labels[k], k),
            agreement=drawn.agreement(k),
            normal=structureless.normal[k],
            box=structureless.box[k],
            gap=gap[k],
            prediction_strength=strength[k],
        )
        for k in ks
    }
    return Battery(measures, drawn, gap.get(1))


def _bootstrap(sample: Sample, divide: Divide, resamples: int, generator: np.random.Generator) -> Bootstrap:
    """As many resamples at once as a few hundred megabytes hold."""
    together = max(1, LARGEST_HELD // max(1, sample.table.size))
    counts = [min(together, resamples - done) for done in range(0, resamples, together)]
    parts = [bootstrap(sample, divide, count, generator) for count in counts]
    found = {k: np.concatenate([part.found[k] for part in parts]) for k in parts[0].found}
    return replace(parts[0], rows=np.concatenate([part.rows for part in parts]), found=found)


def _connected(table: Matrix, kinds: ColumnWeights, generator: np.random.Generator) -> Matrix:
    """Structureless tables whose columns hang together as the table's do."""
    return copulas(table, kinds, TABLES, generator)


def _scattered(table: Matrix, kinds: ColumnWeights, generator: np.random.Generator) -> Matrix:
    """Structureless tables as wide as the table, evenly filled."""
    return independent(table, kinds, TABLES, generator) if kinds.discrete else boxes(table, TABLES, generator)
