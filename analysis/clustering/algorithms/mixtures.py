"""Gaussian mixtures of many tables at once, fitted side by side.

The steps are those of scikit-learn's `GaussianMixture` with full covariances (Dempster, Laird & Rubin 1977, Journal of
the Royal Statistical Society B 39:1), which takes minutes for the battery's thousands of fits. The log density of a
normal cloud is linear in a row's entries and their products, so that both steps are one product of matrices.

Arrays run over tables q, rows n, features p, components k, and terms m = 1 + p + p².
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.clustering.battery.agreement import members
from analysis.clustering.battery.dividing import Single, SmallLabels
from analysis.clustering.battery.inertia import inertia

RIDGE = 1e-3
"""Added to every variance of standardised columns: repeated values would let a component shrink to nothing."""
TOLERANCE = 1e-3
"""Gain in mean log likelihood below which a fit has arrived."""
MOST_ITERATIONS = 100
NEIGHBOURS = 4
"""Other tables whose mixtures are looked at."""
CELLS = 2_000_000
"""Tables × components × rows held at once."""
LEAST_WEIGHT = 1e-9
"""Weight that even an empty component keeps, so that it has a mean."""


@dataclass(frozen=True, eq=False)
class Mixtures:
    """Many tables, each a mixture of k normal clouds."""

    density: Matrix
    """Coefficients of each component's log density, its weight included, (q, k, m)."""
    labels: SmallLabels
    """Most probable component of each row, (q, n)."""
    inertia: Matrix
    """Sum of the squared distances to the means of the customers in each component, (q,)."""
    likelihood: Matrix
    """Mean log likelihood of a row, (q,)."""

    def assigned(self, tables: Single) -> SmallLabels:
        """The most probable component of each row of other tables (q, m, p), each by its own mixture, (q, m)."""
        found = np.empty(tables.shape[:2], dtype=np.uint8)
        for one in slices(len(tables), tables.shape[1] * self.density.shape[1]):
            found[one] = expected(self.density[one], terms(tables[one]))[0].argmax(axis=1)
        return found


def mixtures(tables: Single, start: SmallLabels, k: int) -> Mixtures:
    """Fit a mixture to each of the tables (q, n, p), from a division of each to start with, (q, n)."""
    parts = [_fitted(tables[one], start[one], k) for one in slices(len(tables), tables.shape[1] * k)]
    density, labels, likelihood = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Mixtures(density, labels, inertia(tables, labels, k), likelihood)


def likelier(one: Mixtures, other: Mixtures) -> Mixtures:
    """Of two mixtures of each table the one that makes it more probable."""
    better = other.likelihood > one.likelihood
    return Mixtures(
        density=np.where(better[:, None, None], other.density, one.density),
        labels=np.where(better[:, None], other.labels, one.labels),
        inertia=np.where(better, other.inertia, one.inertia),
        likelihood=np.where(better, other.likelihood, one.likelihood),
    )


def shared(tables: Single, found: Mixtures, generator: np.random.Generator) -> Mixtures:
    """Each table's mixture, or what comes of the likeliest of a few other tables' mixtures if that is likelier.

    Resamples of the same customers have much the same optima: what one of them found by luck is found by all.
    """
    count, k = found.density.shape[:2]
    if count == 1:
        return found
    others = (np.arange(count)[:, None] + 1 + generator.permutation(count - 1)[:NEIGHBOURS]) % count
    start = np.empty(tables.shape[:2], dtype=np.uint8)
    for one in slices(count, tables.shape[1] * k):
        of_rows, best = terms(tables[one]), np.full(len(tables[one]), -np.inf)
        for other in others[one].T:
            joint, likelihood = expected(found.density[other], of_rows)
            better = likelihood > best
            best[better] = likelihood[better]
            start[one][better] = joint[better].argmax(axis=1)
    return likelier(found, mixtures(tables, start, k))


def around_rows(tables: Single, k: int, generator: np.random.Generator) -> SmallLabels:
    """The rows of each table by which of k rows drawn from it is nearest, (q, n)."""
    order = np.argsort(generator.random(tables.shape[:2]), axis=1)[:, :k]
    drawn = np.take_along_axis(tables, order[:, :, None], axis=1)
    distance = np.einsum("qkp,qkp->qk", drawn, drawn)[:, :, None] - 2 * np.matmul(drawn, tables.transpose(0, 2, 1))
    return np.asarray(distance.argmin(axis=1), dtype=np.uint8)


def slices(tables: int, cells: int) -> list[slice]:
    """Tables in parts of a size that memory and cache can bear; `cells` is what each of them takes."""
    together = max(1, CELLS // cells)
    return [slice(first, first + together) for first in range(0, tables, together)]


def terms(tables: Single | Matrix) -> Matrix:
    """1, each entry, and each product of two entries, of every row of the tables (q, n, p): (q, m, n)."""
    rows = tables.astype(np.float64)
    q, n, p = rows.shape
    products = (rows[:, :, :, None] * rows[:, :, None, :]).reshape(q, n, p * p)
    return np.ascontiguousarray(np.concatenate([np.ones((q, n, 1)), rows, products], axis=2).transpose(0, 2, 1))


def _fitted(tables: Single, start: SmallLabels, k: int) -> tuple[Matrix, SmallLabels, Matrix]:
    of_rows = terms(tables)
    density = maximised(members(start, k).astype(np.float64), of_rows)
    labels, reached = np.zeros(start.shape, dtype=np.uint8), np.full(len(tables), -np.inf)
    final, moving = density.copy(), np.arange(len(tables))
    for _ in range(MOST_ITERATIONS):
        joint, likelihood = expected(density, of_rows)
        final[moving], labels[moving] = density, joint.argmax(axis=1)
        still = likelihood - reached[moving] >= TOLERANCE
        reached[moving] = likelihood
        if not still.any():
            break
        moving, of_rows, joint = moving[still], of_rows[still], joint[still]
        density = maximised(joint, of_rows)
    return final, labels, reached


def expected(density: Matrix, of_rows: Matrix) -> tuple[Matrix, Matrix]:
    """Probability of each component for each row (q, k, n), and the mean log likelihood (q,)."""
    logs = np.matmul(density, of_rows)
    highest = logs.max(axis=1, keepdims=True)
    shares = np.exp(logs - highest)
    total = shares.sum(axis=1, keepdims=True)
    return shares / total, np.asarray((highest + np.log(total)).mean(axis=(1, 2)))


def maximised(shares: Matrix, of_rows: Matrix) -> Matrix:
    """Coefficients of the log densities (q, k, m) that suit the shares of each row (q, k, n) best."""
    sums = np.matmul(shares, of_rows.transpose(0, 2, 1))
    q, k, m = sums.shape
    p = (math.isqrt(4 * m - 3) - 1) // 2
    weight = sums[:, :, 0] + LEAST_WEIGHT
    mean = sums[:, :, 1 : p + 1] / weight[:, :, None]
    second = sums[:, :, p + 1 :].reshape(q, k, p, p) / weight[..., None, None]
    covariance = second - mean[..., :, None] * mean[..., None, :] + RIDGE * np.eye(p)
    precision = np.linalg.inv(covariance)
    linear = np.einsum("qkab,qkb->qka", precision, mean)
    constant = (
        np.log(weight / weight.sum(axis=1, keepdims=True))
        - 0.5 * np.einsum("qka,qka->qk", linear, mean)
        - 0.5 * np.linalg.slogdet(covariance)[1]
        - 0.5 * p * np.log(2 * np.pi)
    )
    return np.concatenate([constant[:, :, None], linear, -0.5 * precision.reshape(q, k, p * p)], axis=2)
