"""Crowds: dense segments, told by their own customers, and whether somebody stands near enough to belong to one.

A customer who took no part in the fit belongs to the segment of the nearest customer who did, if no farther from that
one than any customer of the segment is from the next; else to none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Crowds:
    """The different rows of a table, their segments, and how far each segment reaches."""

    position: Matrix
    """(places, axes)."""
    labels: Labels
    """Segment of each place, −1 for none."""
    reach: Matrix
    """Largest distance of a segment's customer to the next of the same segment, (segments,)."""

    def assigned(self, rows: Matrix) -> Labels:
        """Segment of each row, −1 for none."""
        distance, nearest_one = tree(self.position).query(rows)
        labels = self.labels[nearest_one]
        beyond = distance > np.append(self.reach, np.inf)[labels]
        return np.where(beyond, -1, labels)

    def along(self, known: Mask) -> Crowds:
        """The same along some of the axes, (axes,), where distances are shorter and a segment reaches less far."""
        part = float(np.sqrt(known.mean()))
        return Crowds(np.ascontiguousarray(self.position[:, known]), self.labels, self.reach * part)

    def ordered(self, order: Labels) -> Crowds:
        """The segments numbered anew: the first is the one that was `order[0]`, and so on."""
        number = np.append(np.argsort(order), -1)
        return Crowds(self.position, number[self.labels], self.reach[order])


def tree(places: NDArray[Any]) -> Any:  # noqa: ANN401 (scipy has no types)
    """The places (places, axes), ready to be asked which of them is nearest."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 (not on the default path)

    return cKDTree(places)
