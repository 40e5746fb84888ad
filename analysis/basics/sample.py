"""Random samples of rows, for what would cost too much on all of them."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Labels


def sample(rows: int, most: int, seed: np.random.SeedSequence) -> Labels:
    """Positions of `most` rows drawn without replacement, ascending; of all rows where there are no more."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
