"""The battery: everything that is measured of every number of segments tried, on one and the same customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.arrays import Labels, Matrix
from analysis.battery.bootstrap import Bootstrap, bootstrap
from analysis.battery.copula import copulas, independent
from analysis.battery.dividing import Divide
from analysis.battery.gap import Gap, gaps
from analysis.battery.inertia import inertia
from analysis.battery.prediction_strength import prediction_strength
from analysis.battery.references import TABLES, Reference, references
from analysis.battery.tables import Kinds, Sample, boxes, normal_clouds


@dataclass(frozen=True, eq=False)
class Measures:
    """What the battery says of one number of segments."""

    k: int
    jaccard: Matrix
    """Likeness of each segment to its best match in each resample, (resamples, k); NaN where none of it was drawn."""
    agreement: Matrix
    """Adjusted Rand index of pairs of resamples, (resamples // 2,)."""
    normal: Reference
    """The same on normal clouds of the same covariance, or what comes nearest to them with categories."""
    box: Reference
    """The same on uniform boxes along the principal axes, categories by lot."""
    gap: Gap
    prediction_strength: Matrix
    """Of each half of each split, (2 × splits,)."""

    @cached_property
    def stability(self) -> Matrix:
        """Mean Jaccard similarity of each segment over the resamples that drew some of it, (k,)."""
        known = ~np.isnan(self.jaccard)
        return np.asarray(np.nansum(self.jaccard, axis=0) / np.maximum(known.sum(axis=0), 1))

    @property
    def weakest(self) -> float:
        """Stability of the segment that comes back least."""
        return float(self.stability.min())


@dataclass(frozen=True, eq=False)
class Battery:
    """What was measured of every number of segments, and the resamples behind it."""

    measures: Mapping[int, Measures]
    bootstrap: Bootstrap


def battery(
    sample: Sample,
    labels: Mapping[int, Labels],
    divide: Divide,
    sequence: tuple[int, np.random.SeedSequence],
    at_once: int = 1,
) -> Battery:
    """Measure each number of segments.

    `labels` holds the segment (0…k−1) of each row for each number of segments k, `sequence` the number of resamples
    and the seed. As many parts as `at_once` run side by side; each has a stream of its own, so that this changes
    nothing.
    """
    resamples, seed = sequence
    first, second, third, fourth, fifth = (np.random.default_rng(each) for each in seed.spawn(5))
    table = np.asarray(sample.standardised(sample.table[None]).rows[0], dtype=np.float64)
    ks = sorted(labels)
    uniform = _scattered(table, sample.kinds, third)
    own = {k: float(inertia(table[None], labels[k][None].astype(np.uint8), k)[0]) for k in ks}
    # The longest first.
    drawn, normal, box, gap, strength = _together(at_once, [
        lambda: bootstrap(sample, divide, resamples, first),
        lambda: references(_connected(table, sample.kinds, second), ks, divide, second, sample),
        lambda: references(uniform, ks, divide, third, sample),
        lambda: gaps(own, uniform, divide, fourth),
        lambda: prediction_strength(sample, divide, fifth),
    ])  # fmt: skip
    measures = {
        k: Measures(
            k=k,
            jaccard=drawn.jaccard(labels[k], k),
            agreement=drawn.agreement(k),
            normal=normal[k],
            box=box[k],
            gap=gap[k],
            prediction_strength=strength[k],
        )
        for k in ks
    }
    return Battery(measures, drawn)


def _together(at_once: int, parts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each part returns; several run at once in threads, which arrays let go side by side."""
    if at_once == 1:
        return [part() for part in parts]
    with ThreadPoolExecutor(at_once) as threads:
        return [begun.result() for begun in [threads.submit(part) for part in parts]]


def _connected(table: Matrix, kinds: Kinds, generator: np.random.Generator) -> Matrix:
    """Structureless tables whose columns hang together as the table's do."""
    return copulas(table, kinds, TABLES, generator) if kinds.discrete else normal_clouds(table, TABLES, generator)


def _scattered(table: Matrix, kinds: Kinds, generator: np.random.Generator) -> Matrix:
    """Structureless tables as wide as the table, evenly filled."""
    return independent(table, kinds, TABLES, generator) if kinds.discrete else boxes(table, TABLES, generator)
