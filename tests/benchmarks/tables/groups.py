"""Groups of customers that are truly apart, and how far.

The rule, which every separated table obeys before it is written in its units:

* A group is a cloud with its own covariance; it is normal, except in the family `other shapes`.
* Two groups are `SEPARATION` times the mean of their two standard deviations apart, or more. Both deviations are taken
  along the line between the two centres. A cut across that line then leaves fewer than one customer in a thousand of
  two normal groups on the wrong side (one in a hundred of skewed or heavy-tailed ones), so a person who looks along it
  sees two groups with a gap.
* Centres fall at random into a box (random sequential addition), which is up to twice as wide as the smallest that
  takes them: in some tables all groups lie close together, in others some are neighbours and some far apart.

A linear change of the columns' units keeps the groups that far apart in the sense of Fisher's discriminant. The
separation is fixed before the analysis sees a table, and is not chosen by what the analysis finds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .known import Labels, Matrix

SEPARATION = 7.0
TRIES, GROWTH = 200, 1.05
"""Draws for one centre before the box is taken larger, and how much larger."""
ROOMIEST = 2.0
"""Side of the box at most, in sides of the smallest in which the groups found room."""
SMALLEST_SHARE, SMALLEST_SIZE = 0.05, 15
LARGEST_RATIO = 3.0
"""Of two groups' standard deviations, and of an elongated group's longest axis to its others."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Centres (k, columns) and covariances (k, columns, columns)."""

    centres: Matrix
    covariances: Matrix

    def draw(self, sizes: Labels, generator: np.random.Generator) -> tuple[Matrix, Labels]:
        """Customers (rows, columns) and the group of each."""
        labels = np.repeat(np.arange(len(sizes)), sizes)
        roots = np.linalg.cholesky(self.covariances)
        noise = generator.standard_normal((len(labels), self.centres.shape[1]))
        return self.centres[labels] + np.einsum("rij,rj->ri", roots[labels], noise), labels


def place(covariances: Matrix, generator: np.random.Generator) -> Groups:
    """Centres for groups of these covariances, obeying the rule."""
    side = SEPARATION * float(np.sqrt(covariances.diagonal(axis1=1, axis2=2).mean()))
    while _in_box(covariances, side, generator) is None:
        side *= GROWTH
    side *= generator.uniform(1, ROOMIEST)
    while (centres := _in_box(covariances, side, generator)) is None:
        pass
    return Groups(centres, covariances)


def _in_box(covariances: Matrix, side: float, generator: np.random.Generator) -> Matrix | None:
    """Centres in a box of this side, one after the other; None where one finds no room."""
    centres = np.empty((0, covariances.shape[1]))
    for number, covariance in enumerate(covariances):
        candidates = generator.uniform(0, side, (TRIES, len(covariance)))
        apart = _apart(candidates[:, None] - centres, covariance, covariances[:number])
        fitting = np.flatnonzero((apart >= SEPARATION).all(axis=1))
        if not len(fitting):
            return None
        centres = np.vstack([centres, candidates[fitting[0]]])
    return centres


def separations(groups: Groups) -> Matrix:
    """Distance of each two centres in means of the two groups' standard deviations along their line, (k, k)."""
    pairs = zip(groups.centres, groups.covariances, strict=True)
    return np.vstack([_apart((centre - groups.centres)[None], own, groups.covariances) for centre, own in pairs])


def _apart(lines: Matrix, own: Matrix, others: Matrix) -> Matrix:
    """How far a group is from others, to whose centres `lines` (tries, others, columns) lead; 0 from itself."""
    distances = np.linalg.norm(lines, axis=2)
    unit = lines / np.where(distances == 0, 1, distances)[..., None]
    deviation = np.sqrt(np.einsum("toi,ij,toj->to", unit, own, unit))
    deviations = np.sqrt(np.einsum("toi,oij,toj->to", unit, others, unit))
    apart: Matrix = distances / np.where(distances == 0, 1, (deviation + deviations) / 2)
    return apart


def round_groups(deviations: Matrix, columns: int) -> Matrix:
    """Covariances of spherical groups with these standard deviations (k,)."""
    return deviations[:, None, None] ** 2 * np.eye(columns)


def unequal_deviations(groups: int, generator: np.random.Generator) -> Matrix:
    """Standard deviations (k,) from 1 to the largest ratio, both of which occur."""
    between = generator.uniform(1, LARGEST_RATIO, groups - 2)
    return generator.permutation(np.concatenate([[1, LARGEST_RATIO], between]))


def elongated_groups(groups: int, columns: int, generator: np.random.Generator) -> Matrix:
    """Covariances of cigars, each two to three times as long as wide, each pointing where chance will have it."""
    covariances = np.empty((groups, columns, columns))
    for number, ratio in enumerate(generator.uniform(2, LARGEST_RATIO, groups)):
        axes, _ = np.linalg.qr(generator.standard_normal((columns, columns)))
        covariances[number] = axes @ np.diag([ratio**2, *[1.0] * (columns - 1)]) @ axes.T
    return covariances


def equal_sizes(rows: int, groups: int) -> Labels:
    """As equal as whole customers allow, (k,)."""
    bounds: Labels = np.linspace(0, rows, groups + 1).round().astype(np.int64)
    return bounds[1:] - bounds[:-1]


def unequal_sizes(rows: int, groups: int, generator: np.random.Generator) -> Labels:
    """One group of a twentieth of the rows (and 15 at least), the others at random up to 4 to 1, (k,)."""
    smallest = max(SMALLEST_SIZE, round(SMALLEST_SHARE * rows))
    weights = generator.uniform(1, 4, groups - 1)
    bounds = np.concatenate([[0], np.cumsum(weights) / weights.sum() * (rows - smallest)])
    return np.concatenate([[smallest], np.diff(bounds.round().astype(np.int64))])
