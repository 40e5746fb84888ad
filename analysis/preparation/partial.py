"""Customers of whom some coordinates are not known, told by the others.

The partial distance (Dixon 1979, “Pattern recognition with partly missing data”, IEEE Transactions on Systems, Man and
Cybernetics 9:617): squared differences are summed over the known coordinates, and the sum is raised by all coordinates
over the known ones, so that it can be compared with the distance of a customer who lacks none. Which centre is nearest
does not depend on that factor. Unlike a value that is made up, a coordinate that is left out draws nobody anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix


def incomplete(rows: Matrix) -> Mask:
    """Which rows (rows, axes) lack a coordinate."""
    return np.asarray(np.isnan(rows).any(axis=1))


def squared(rows: Matrix, centres: Matrix) -> Matrix:
    """Squared partial distance of every row to every centre, (rows, k); 0 of a row of which nothing is known."""
    known = np.isfinite(rows)
    factor = rows.shape[1] / np.maximum(known.sum(axis=1), 1)
    found = np.empty((len(rows), len(centres)))
    for place, centre in enumerate(centres):
        found[:, place] = np.sum(np.where(known, rows - centre, 0.0) ** 2, axis=1) * factor
    return found


def nearest(rows: Matrix, centres: Matrix) -> Labels:
    """The nearest centre of each row by the coordinates that are known, (rows,)."""
    return np.asarray(squared(rows, centres).argmin(axis=1), dtype=np.intp)


def patterns(rows: Matrix) -> Iterator[tuple[Mask, Labels]]:
    """The different sets of known coordinates, (axes,), each with the positions of its rows."""
    found, which = np.unique(np.isfinite(rows), axis=0, return_inverse=True)
    for place, known in enumerate(found):
        yield known, np.flatnonzero(which.reshape(-1) == place)
