"""Gaussian mixture: each segment a normal cloud with its own size, spread and direction.

Fraley & Raftery (2002), “Model-based clustering, discriminant analysis, and density estimation”, Journal of the
American Statistical Association 97:611. Every component has a full covariance of its own. The EM algorithm starts from
many divisions (`analysis.clustering.algorithms.mixture_search`), among them two by K-Means, of the customers as they
are and of the customers sphered, where no direction is longer than another (Scrucca & Raftery 2015, Advances in Data
Analysis and Classification 9:447); the likeliest end is kept. The Bayesian information criterion (Schwarz 1978,
Annals of Statistics 6:461) is told of every number. A customer is put into the component that is most probable. A
number is left out where some component is nobody's most probable one.

On the customers the end is scikit-learn's; on the battery's tables that of
`analysis.clustering.algorithms.mixtures`, from the battery's own K-Means, from rows drawn, and from what other
tables found.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import ClassVar

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms.algorithm import Algorithm
from analysis.clustering.algorithms.cluster import Partition, Points, partitions, summary
from analysis.clustering.algorithms.gaussian_assignment import Clouds
from analysis.clustering.algorithms.mixture_search import CLOSE, MOST_STEPS, likeliest
from analysis.clustering.algorithms.mixtures import RIDGE, around_rows, likelier, mixtures, shared
from analysis.clustering.battery import kmeans
from analysis.clustering.battery.dividing import Divide, Divisions, Single
from analysis.contract.algorithms import Algorithm as Name
from analysis.language import gettext_noop

SHARED = 2
"""Times that the battery's tables look at each other's mixtures."""


class GaussianMixture(Algorithm):
    """Normal clouds, as probable as they can be made."""

    name: ClassVar[Name] = "gaussian_mixture"
    numbers_alone: ClassVar[str] = gettext_noop(
        "A mixture of normal distributions handles numbers only, and this table is also grouped by categories."
    )

    def fit(self, points: Points, ks: Sequence[int], seed: Callable[[int], int]) -> Sequence[Partition]:
        """A mixture for each number of components, those left out that leave one of them empty."""
        both = points, sphered(points)
        wanted = range(2, max(ks) + 1)
        divisions = [partitions(each, wanted, seed(0)) for each in both]
        # As few rows as keep the proportions, so that writing a table twice changes no draw.
        often = points.weight.astype(np.intp)

        def given(k: int) -> list[Labels]:
            return [np.repeat(found[k - 2].labels, often) for found in divisions]

        plain, shrunk = (np.repeat(each.position, often, axis=0) for each in both)
        found = likeliest((plain, shrunk), ks, given, np.random.default_rng(seed(1)))
        mixtures = (_mixture(points, _start(plain, shares)) for shares in found.values())
        return [one for one in mixtures if one is not None]

    def divide(self, ks: Sequence[int]) -> Divide:
        """From K-Means and from rows drawn; then from what other tables found."""
        start = kmeans(ks)

        def divide(tables: Single, generator: np.random.Generator, *, lightly: bool = False) -> dict[int, Divisions]:
            round_tables = sphered_tables(tables)
            both = [start(each, generator, lightly=lightly) for each in (tables, round_tables)]
            found: dict[int, Divisions] = {}
            for k in ks:
                drawn = [around_rows(each, k, generator) for each in (tables, round_tables)]
                starts = [*(divisions[k].labels for divisions in both), *drawn]
                best = reduce(likelier, (mixtures(tables, labels, k) for labels in starts))
                for _ in range(SHARED):
                    best = shared(tables, best, generator)
                found[k] = best
            return found

        return divide


def _mixture(points: Points, start: dict[str, Matrix]) -> Partition | None:
    """scikit-learn's mixture of the customers, from one that is at an optimum already."""
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 (not on the default path)
    from sklearn.mixture import GaussianMixture as Model  # noqa: PLC0415

    k, rows = len(start["weights_init"]), points.position[points.row]
    model = Model(k, reg_covar=RIDGE, tol=CLOSE, max_iter=MOST_STEPS, **start)
    with warnings.catch_warnings():
        # So near its end that the battery's tables are no nearer.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows)
    labels = np.asarray(model.predict(points.position), dtype=np.intp)
    if len(np.unique(labels)) < k:
        return None
    centroids, inertia = summary(points, labels, k)
    clouds = Clouds(model.weights_, model.means_, model.precisions_cholesky_)
    return Partition(labels, centroids, inertia, bic=float(model.bic(rows)), rule=clouds)


def sphered(points: Points) -> Points:
    """The points turned to their principal axes, and each axis shrunk to a standard deviation of 1."""
    weight = points.weight / points.weight.sum()
    off = points.position - weight @ points.position
    return replace(points, position=off @ _shrinking((off * weight[:, None]).T @ off))


def sphered_tables(tables: Single) -> Single:
    """The same for each of many tables (q, n, p)."""
    off = tables.astype(np.float64) - tables.mean(axis=1, keepdims=True, dtype=np.float64)
    covariances = np.matmul(off.transpose(0, 2, 1), off) / tables.shape[1]
    return np.asarray(np.matmul(off, _shrinking(covariances)), dtype=np.float32)


def _shrinking(covariance: Matrix) -> Matrix:
    """The principal axes of covariances (…, p, p) as columns, each over its standard deviation."""
    variance, axes = np.linalg.eigh(covariance)
    return np.asarray(axes / np.sqrt(variance + RIDGE)[..., None, :])


def _start(rows: Matrix, shares: Matrix) -> dict[str, Matrix]:
    """Weights, means and precisions of the components that shares (k, n) stand for."""
    weight = shares.sum(axis=1)
    means = shares @ rows / weight[:, None]
    off = rows - means[:, None]
    covariances = np.matmul((off * shares[:, :, None]).transpose(0, 2, 1), off) / weight[:, None, None]
    return {
        "weights_init": weight / weight.sum(),
        "means_init": means,
        "precisions_init": np.linalg.inv(covariances + RIDGE * np.eye(rows.shape[1])),
    }


ALGORITHM = GaussianMixture
