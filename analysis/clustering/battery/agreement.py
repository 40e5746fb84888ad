"""How alike two divisions of the same customers are, for many pairs of divisions at once."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.battery.dividing import Single, SmallLabels


def adjusted_rand(a: SmallLabels, b: SmallLabels, k: int) -> Matrix:
    """Adjusted Rand index of each pair of divisions (Hubert & Arabie 1985, Journal of Classification 2:193).

    `a` and `b` are (pairs, rows); returns (pairs,): 1 for the same division, 0 on average for unrelated ones.
    """
    return of_counts(overlap(a, b, k))


def of_counts(both: Matrix) -> Matrix:
    """The same from the rows by group of the one and of the other division, (pairs, groups, groups)."""
    together = _pairs(both).sum(axis=(1, 2))
    in_a, in_b = _pairs(both.sum(axis=2)).sum(axis=1), _pairs(both.sum(axis=1)).sum(axis=1)
    expected = in_a * in_b / np.maximum(_pairs(both.sum(axis=(1, 2))), 1)
    most = (in_a + in_b) / 2
    # Two divisions that each leave everybody together, or everybody alone, are the same one.
    return np.asarray(
        np.where(most > expected, (together - expected) / np.where(most > expected, most - expected, 1), 1.0)
    )


def jaccard(ours: SmallLabels, theirs: SmallLabels, counted: Single, k: int) -> Matrix:
    """Jaccard similarity of every segment of one division with every segment of many others.

    `ours` is (rows,), `theirs` (divisions, rows), `counted` (divisions, rows) is 1 where a row counts and 0 where it
    does not. Returns (divisions, k, k); NaN in the rows of a segment of which nobody counts.
    """
    mine = members(ours[None], k) * counted[:, None, :]
    them = members(theirs, k) * counted[:, None, :]
    both = np.matmul(mine, them.transpose(0, 2, 1)).astype(np.float64)
    size = mine.sum(axis=2, dtype=np.float64)[:, :, None]
    either = size + them.sum(axis=2, dtype=np.float64)[:, None, :] - both
    return np.asarray(np.where(size > 0, both / np.maximum(either, 1), np.nan))


def overlap(a: SmallLabels, b: SmallLabels, k: int) -> Matrix:
    """Rows by segment of the one and of the other division, (pairs, k, k)."""
    return np.asarray(np.matmul(members(a, k), members(b, k).transpose(0, 2, 1)), dtype=np.float64)


def _pairs(count: Matrix) -> Matrix:
    return count * (count - 1) / 2


def members(labels: SmallLabels | Labels, k: int) -> Single:
    """1 where a row is in a segment, else 0: (q, n) → (q, k, n)."""
    member: Single = labels[:, None, :] == np.arange(k, dtype=np.uint8)[:, None]
    return member.astype(np.float32)
