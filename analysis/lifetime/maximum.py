"""Maximum likelihood over positive parameters, from several starts, with the gradient in closed form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.errors import DataError

if TYPE_CHECKING:
    from analysis.basics.arrays import Matrix

Likelihood = Callable[["Matrix"], "tuple[float, Matrix]"]
"""Positive parameters → mean log-likelihood and its gradient with respect to their logarithms."""

LOWEST, HIGHEST = -6.0, 5.0
"""Bounds of the logarithms, in scaled units: beyond them a parameter changes no prediction that could be told."""
FLAT = 1e-3
"""Largest slope left at a maximum inside the bounds, of the mean log-likelihood by the logarithm of a parameter."""
POLISHING = 3
"""Newton steps after the search, so that the last digits do not depend on the path it took."""


class NotFittedError(DataError):
    """The model cannot be fitted to these customers; the sentence says why. A caller may do without it."""


def maximised(likelihood: Likelihood, starts: Sequence[Sequence[float]], failing: str) -> Matrix:
    """The parameters of greatest mean likelihood; to the last digits where it is looked for from several starts.

    Raises NotFittedError, which says `failing`, where the search ends on no maximum from any start.
    """
    polishing = POLISHING if len(starts) > 1 else 0
    found = [_from(likelihood, np.clip(np.log(start), LOWEST, HIGHEST), polishing) for start in starts]
    settled = [one for one in found if one is not None]
    if not settled:
        raise NotFittedError(failing)
    return np.asarray(np.exp(max(settled, key=lambda one: one[1])[0]))


def _from(likelihood: Likelihood, start: Matrix, polishing: int) -> tuple[Matrix, float] | None:
    from scipy.optimize import minimize  # noqa: PLC0415 (slow to import, and most tables hold no transactions)

    def downhill(logarithms: Matrix) -> tuple[float, Matrix]:
        height, slope = likelihood(np.exp(logarithms))
        return -height, -slope

    bounds = [(LOWEST, HIGHEST)] * len(start)
    options = {"maxiter": 500, "ftol": 1e-14 if polishing else 1e-10, "gtol": 1e-8 if polishing else 1e-6}
    end = minimize(downhill, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    for _ in range(polishing):
        end = _polished(likelihood, end)
    height, slope = likelihood(np.exp(end))
    inside = (end > LOWEST) & (end < HIGHEST)
    if not np.isfinite(height) or np.any(np.abs(slope[inside]) > FLAT):
        return None
    return end, height


def _polished(likelihood: Likelihood, at: Matrix) -> Matrix:
    """One Newton step, its curvature by central differences of the gradient; none where that does not flatten it."""
    inside = (at > LOWEST) & (at < HIGHEST)
    height, slope = likelihood(np.exp(at))
    step = 1e-5
    curve = np.array([
        (likelihood(np.exp(at + move))[1] - likelihood(np.exp(at - move))[1]) / (2 * step)
        for move in np.eye(len(at)) * step
    ])  # fmt: skip
    if not inside.any() or not np.isfinite(curve).all():
        return at
    within = np.ix_(inside, inside)
    move = np.zeros_like(at)
    # The pseudo-inverse stays small along a ridge, where two parameters can be traded for each other.
    move[inside] = -np.linalg.pinv(curve[within], rcond=1e-9) @ slope[inside]
    further = np.clip(at + np.clip(move, -1, 1), LOWEST, HIGHEST)
    # The last digits of the likelihood are noise; those of its gradient are not.
    there, flatter = likelihood(np.exp(further))
    climbs = there >= height - 1e-9 and np.abs(flatter[inside]).max() < np.abs(slope[inside]).max()
    return further if climbs else at
