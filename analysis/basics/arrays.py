"""The arrays that pass between the steps; their shapes stand where they are made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""Numbers."""
Labels = NDArray[np.intp]
"""Segments, or positions."""
Mask = NDArray[np.bool_]
"""Who, or which, of all."""
