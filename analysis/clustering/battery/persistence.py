"""Which segments persist when one more is asked for? Segment-level stability across solutions.

Dolnicar & Leisch (2017), “Using segment level stability to select target segments in data-driven market segmentation
studies”, Marketing Letters 28:423: for each segment, how evenly its customers come from the segments of the solution
before, as an entropy. 1: all from one segment; 0: from all alike.
"""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Labels, Matrix


def flows(former: Labels, labels: Labels) -> Matrix:
    """Customers by segment before and segment now, (segments before, segments now)."""
    counts = np.zeros((int(former.max()) + 1, int(labels.max()) + 1))
    np.add.at(counts, (former, labels), 1)
    return counts


def persistence(flow: Matrix) -> Matrix:
    """1 − entropy of where each segment's customers come from, relative to the largest possible, (segments now,)."""
    share = flow / np.maximum(flow.sum(axis=0), 1)
    entropy = -np.sum(share * np.log(np.where(share > 0, share, 1)), axis=0)
    return np.asarray(1 - entropy / np.log(max(2, len(flow))))
