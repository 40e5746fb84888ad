"""Figures that decide what is said of a division, where the analysis and the pages name them; see also `stability`."""

from __future__ import annotations

EVENLY_FILLED = 12**0.5
"""Separation of two halves of an evenly filled stretch."""
APART = 4.5
"""Separation from which there is a gap: a third more than an evenly filled stretch gives, to leave room for chance.
Between two normal groups so far apart stand, half-way, a sixth as many customers as at their centres. `make truth`
shows whether a table without groups reaches it."""
STRONG = 0.80
"""Prediction strength from which a number of segments is strong. Tibshirani & Walther (2005) take the largest number
whose strength is above .80 to .90."""
