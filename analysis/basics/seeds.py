"""Independent random streams, all grown from the one seed of the configuration.

`SeedSequence.spawn` gives streams that do not overlap (O'Neill 2015, as documented by NumPy); each purpose has its
own, so that trying more numbers of segments does not change which customers a bootstrap draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Seeds:
    """One stream for each purpose."""

    sample: np.random.SeedSequence
    fits: np.random.SeedSequence
    comparison: np.random.SeedSequence
    resamples: np.random.SeedSequence
    lifetimes: np.random.SeedSequence
    apart: np.random.SeedSequence

    def fit(self, k: int) -> int:
        """The seed of the fit with `k` segments."""
        return _number(np.random.SeedSequence(self.fits.entropy, spawn_key=(*self.fits.spawn_key, k)))


def seeds(seed: int) -> Seeds:
    """Grow every stream from one number."""
    return Seeds(*np.random.SeedSequence(seed).spawn(6))


def _number(stream: np.random.SeedSequence) -> int:
    return int(stream.generate_state(1)[0])
