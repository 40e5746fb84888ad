"""The silhouette of each customer: how much nearer the own segment is than the next one.

Rousseeuw (1987), “Silhouettes: a graphical aid to the interpretation and validation of cluster analysis”, Journal of
Computational and Applied Mathematics 20:53. For many divisions of one table the distances are computed once and summed
by segment in one product of matrices, which makes it cheap enough for dozens of structureless tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.agreement import members
from analysis.clustering.battery.dividing import Single, SmallLabels

BLOCK = 1_000
"""Rows whose distances to all others are held at once."""
Precision = TypeVar("Precision", Single, Matrix)


def distances(table: Single) -> Single:
    """Euclidean distance of each two rows of a table (n, p), (n, n)."""
    norm = np.einsum("np,np->n", table, table)
    squared = norm[:, None] + norm - 2 * (table @ table.T)
    np.fill_diagonal(squared, 0)
    return np.asarray(np.sqrt(np.maximum(squared, 0)), dtype=np.float32)


def silhouettes(apart: Precision, labels: SmallLabels | Labels, k: int) -> Precision:
    """Silhouette of each row, −1…1, (n,), from the distances (n, n) and the segments (n,); 0 where it is alone.

    In the precision of the distances.
    """
    return _from_totals(apart @ members(labels[None], k)[0].astype(apart.dtype).T, labels, k)


def _from_totals(total: Precision, labels: SmallLabels | Labels, k: int) -> Precision:
    """Silhouettes from the summed distances of each row to each group, (n, k)."""
    rows, own = np.arange(len(labels)), labels.astype(np.intp)
    size = np.bincount(own, minlength=k).astype(total.dtype)
    inside = total[rows, own] / np.maximum(size[own] - 1, 1)
    mean = np.where(size > 0, total / np.maximum(size, 1), np.inf)
    mean[rows, own] = np.inf
    outside = mean.min(axis=1)
    larger = np.maximum(inside, outside)
    compared = (size[own] > 1) & (larger > 0) & np.isfinite(outside)
    return np.asarray(np.where(compared, (outside - inside) / np.where(compared, larger, 1), 0), dtype=total.dtype)


def of_divisions(rows: Matrix, divisions: Sequence[tuple[Labels, int]]) -> list[Matrix]:
    """Silhouettes of each row (n, p) in each division, given as labels (n,) and number of groups.

    For large tables: the distances of a block of rows to all others serve all divisions and are then forgotten.
    """
    from scipy.spatial.distance import cdist  # noqa: PLC0415 (two fifths of a second, and 40 MB)

    member = np.concatenate([members(labels[None], k)[0] for labels, k in divisions]).astype(np.float64).T
    totals = np.concatenate([cdist(rows[at : at + BLOCK], rows) @ member for at in range(0, len(rows), BLOCK)])
    edges = np.cumsum([k for _, k in divisions])[:-1]
    parts = np.split(totals, edges, axis=1)
    return [_from_totals(total, labels, k) for total, (labels, k) in zip(parts, divisions, strict=True)]
