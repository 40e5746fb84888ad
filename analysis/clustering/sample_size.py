"""Whether a sample of the customers decides what it was drawn to decide, or more of them should be looked at.

Two decisions hang on figures with an error of their own: which number of segments is taken (the stability of each one's
weakest segment against its threshold), and the verdict (the same, and the agreement of resamples and the mean
silhouette against the best of any structureless table). They are settled when both would be the same with all of these
figures two standard errors up, or down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.choose import ChoiceRule, choose
from analysis.clustering.trials import Trial
from analysis.clustering.verdict import verdict

ERRORS = 2.0
"""Standard errors that a figure may lie from where it was found."""


def settled(trials: Sequence[Trial], rule: ChoiceRule) -> bool:
    """Whether neither the number of segments nor the verdict could fall the other way by chance."""
    up, down = (choose([shifted(trial, way) for trial in trials], rule) for way in (ERRORS, -ERRORS))
    return up.taken.k == down.taken.k and up.auto.k == down.auto.k and verdict(up.taken) == verdict(down.taken)


def shifted(trial: Trial, errors: float) -> Trial:
    """A trial with each figure that decides so many standard errors of its mean higher."""
    measures = trial.measures
    known = np.isfinite(measures.jaccard)
    spread = np.nanstd(np.where(known.any(axis=0), measures.jaccard, 0), axis=0) / np.sqrt(np.maximum(known.sum(0), 1))
    return replace(
        trial,
        silhouettes=trial.silhouettes + errors * _error(trial.silhouettes),
        measures=replace(
            measures,
            jaccard=measures.jaccard + errors * spread,
            agreement=measures.agreement + errors * _error(measures.agreement),
        ),
    )


def _error(values: Matrix) -> float:
    """The standard error of a mean."""
    return float(values.std() / np.sqrt(max(len(values), 1)))
