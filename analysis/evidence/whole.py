"""The resamples as they stand for the whole table, and not only for the customers on whom they ran."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.basics.arrays import Labels
from analysis.basics.sample import sample
from analysis.preparation.features import Features
from analysis.statistics.resampled import Resampled


def of_the_whole(
    resampled: Resampled, features: Features, labels: Labels, fitted: int, seed: np.random.SeedSequence
) -> Resampled:
    """With those who were set apart or lack a value, and with how far figures of so many customers stray.

    Who took no part in the fit is drawn, too, each by itself (a Poisson number of times with mean 1, as large resamples
    draw anybody), and stays in the segment that `labels` gives; of a sample as many as belong to it. `fitted` is the
    number of customers to whom the segments were fitted in the end.
    """
    measured = len(resampled.rows)
    choosing, drawing = (np.random.default_rng(each) for each in seed.spawn(2))
    others = _others(features, measured, choosing)
    weights = drawing.poisson(1, (len(resampled.weights), len(others))).astype(np.float64)
    own = np.broadcast_to(labels[others].astype(resampled.labels.dtype), weights.shape)
    return replace(
        resampled,
        labels=np.concatenate([resampled.labels, own], axis=1),
        weights=np.concatenate([resampled.weights, weights], axis=1),
        rows=np.concatenate([resampled.rows, others]),
        refitting=float(np.sqrt(measured / max(fitted, measured))),
        counting=float(np.sqrt((measured + len(others)) / features.size)),
    )


def _others(features: Features, measured: int, generator: np.random.Generator) -> Labels:
    """Customers who took no part in the fit, as large a share of them as was measured of those who did."""
    part = measured / int(features.kept.sum())
    apart = features.looked_at[~features.kept[features.looked_at]]
    incomplete = np.flatnonzero(features.incomplete)
    looked = len(features.looked_at) / (features.size - len(incomplete))
    some = [(apart, part), (incomplete, part * looked)]
    chosen = [each[_some(len(each), round(share * len(each)), generator)] for each, share in some]
    return np.sort(np.concatenate(chosen)).astype(np.intp)


def _some(rows: int, most: int, generator: np.random.Generator) -> Labels:
    return sample(rows, most, np.random.SeedSequence(int(generator.integers(2**32))))
