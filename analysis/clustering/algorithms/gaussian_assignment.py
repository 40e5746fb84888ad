"""Normal clouds, and the one that a customer most probably belongs to: a fitted mixture without its fitting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix


@dataclass(frozen=True, eq=False)
class Clouds:
    """A Gaussian mixture with full covariances (McLachlan & Peel 2000, Finite Mixture Models)."""

    weights: Matrix
    """Share of each cloud, (k,)."""
    means: Matrix
    """(k, axes)."""
    roots: Matrix
    """Upper Cholesky factor of each precision, (k, axes, axes)."""

    def assigned(self, rows: Matrix) -> Labels:
        """The most probable cloud of each row, (rows,)."""
        return np.asarray(self.likelihood(rows).argmax(axis=1), dtype=np.intp)

    def likelihood(self, rows: Matrix) -> Matrix:
        """Log density of each row in each cloud, its share included and what is common to all left out, (rows, k)."""
        found = np.empty((len(rows), len(self.means)))
        for cloud, (weight, mean, root) in enumerate(zip(self.weights, self.means, self.roots, strict=True)):
            # Row by row, not as one product of matrices: a customer's figure must not depend on who else is scored.
            off = np.einsum("na,ab->nb", rows - mean, root)
            found[:, cloud] = np.log(weight) + np.log(np.diag(root)).sum() - 0.5 * np.sum(off**2, axis=1)
        return found

    def along(self, known: Mask) -> Clouds:
        """The clouds as they lie along some of the axes, (axes,): the margins of normal clouds are normal."""
        if known.all():
            return self
        precisions = self.roots @ self.roots.transpose(0, 2, 1)
        covariances = np.linalg.inv(precisions)[:, known][:, :, known]
        roots = np.linalg.inv(np.linalg.cholesky(covariances)).transpose(0, 2, 1)
        return Clouds(self.weights, self.means[:, known], roots)

    def ordered(self, order: Labels) -> Clouds:
        """The clouds in another order."""
        return Clouds(self.weights[order], self.means[order], self.roots[order])
