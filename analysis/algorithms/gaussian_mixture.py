"""Gaussian mixture: each segment a normal cloud with its own size, spread and direction.

Fraley & Raftery (2002), “Model-based clustering, discriminant analysis, and density estimation”, Journal of the
American Statistical Association 97:611. Every component has a full covariance of its own; the EM algorithm starts from
the best K-Means division, and the Bayesian information criterion (Schwarz 1978, Annals of Statistics 6:461) is told of
every number of components. A customer is put into the component that is most probable. A number is left out where some
component is nobody's most probable one.

On the customers it is scikit-learn's; on the battery's tables that of `analysis.algorithms.mixtures`, from the
battery's own K-Means.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from analysis.algorithms.mixtures import FEWEST, MOST_ITERATIONS, RIDGE, TOLERANCE, mixtures
from analysis.battery import kmeans
from analysis.battery.dividing import Divide, Divisions, Single
from analysis.cluster import Partition, Points, partition, summary
from analysis.contract.base import Algorithm as Name
from analysis.features import Labels, Matrix

if TYPE_CHECKING:
    from sklearn.mixture import GaussianMixture as Model


@dataclass(frozen=True, eq=False, kw_only=True)
class Mixture(Partition):
    """A division by the most probable component."""

    model: Model

    def assigned(self, standard: Matrix) -> Labels:
        """The most probable component of any standardised rows, (rows,)."""
        return np.asarray(self.model.predict(standard), dtype=np.intp)


class GaussianMixture:
    """Normal clouds, as probable as they can be made."""

    name: ClassVar[Name] = "gaussian_mixture"
    finds_number: ClassVar[bool] = False
    measured: ClassVar[int] = 500

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """A mixture for each number of components, those left out that leave one of them empty."""
        found = (_mixture(points, k, seed(k)) for k in ks)
        return [one for one in found if one is not None]

    def divide(self, ks: Sequence[int]) -> Divide:
        """Divide all tables by K-Means, and go on from there."""
        start = kmeans(ks)

        def divide(tables: Single, generator: np.random.Generator) -> dict[int, Divisions]:
            return {k: mixtures(tables, part.labels, k) for k, part in start(tables, generator).items()}

        return divide


def _mixture(points: Points, k: int, seed: int) -> Mixture | None:
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 (not on the default path)
    from sklearn.mixture import GaussianMixture as Model  # noqa: PLC0415

    rows = points.position[points.row]
    model = Model(
        k, reg_covar=RIDGE, tol=TOLERANCE, max_iter=MOST_ITERATIONS, **_start(points, partition(points, k, seed))
    )
    with warnings.catch_warnings():
        # So near its end that the battery's tables are no nearer.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows)
    labels = np.asarray(model.predict(points.position), dtype=np.intp)
    if len(np.unique(labels)) < k:
        return None
    centroids, inertia = summary(points, labels, k)
    return Mixture(labels, centroids, inertia, bic=float(model.bic(rows)), model=model)


def _start(points: Points, division: Partition) -> dict[str, Matrix]:
    """Weights, means and precisions of the components that a division stands for."""
    weight = np.bincount(division.labels, points.weight)
    off = points.position - division.centroids[division.labels]
    covariances = [
        (off[own] * points.weight[own, None]).T @ off[own] / mass + RIDGE * np.eye(off.shape[1])
        for segment, mass in enumerate(weight)
        if (own := division.labels == segment) is not None
    ]
    return {
        "weights_init": (weight + FEWEST) / (weight + FEWEST).sum(),
        "means_init": division.centroids,
        "precisions_init": np.linalg.inv(np.array(covariances)),
    }
