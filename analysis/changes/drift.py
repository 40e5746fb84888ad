"""How far each column's values have moved since an earlier build."""

from __future__ import annotations

import math

import numpy as np

from analysis.changes.bars import sides
from analysis.changes.homogeneity import BY_CHANCE, Sides, chance, population_stability
from analysis.contract import ColumnDrift, Contract
from analysis.contract.changes import Drift
from analysis.preparation.features import Features
from analysis.rounding.random_rounding import AS_IT_IS, LAST_DIGIT, Rounding, multiple
from analysis.statistics.holm import holm

MODERATE, STRONG = 0.1, 0.25
"""The usual bands of the index (Siddiqi 2006). Of few customers chance alone passes them: without any drift it is
(1/n + 1/m) (bars − 1) on average (Yurdakul 2018, Statistical Properties of Population Stability Index). Of very many
the test finds differences that are too small to matter. So both must say so."""
DIGITS = 2
"""Decimals of an index."""
COARSE = 0.05
"""On a public site an index is told as the multiple of this that it reaches; both bands are such multiples."""


def drift(
    earlier: Contract, contract: Contract, table: Features, rounding: Rounding = AS_IT_IS
) -> tuple[ColumnDrift, ...]:
    """Of each column that both builds have; the earlier one as it was published."""
    was = {one.name: one for one in earlier.data.features}
    shared = [one for one in contract.data.features if one.name in was]
    found = [sides(was[one.name], one, earlier, table, rounding) for one in shared]
    adjusted = holm(np.array([math.nan if each is None else chance(each) for each in found], dtype=np.float64))
    return tuple(
        _drift(one.name, each, float(p), rounding) for one, each, p in zip(shared, found, adjusted, strict=True)
    )


def _drift(name: str, found: Sides | None, p: float, rounding: Rounding) -> ColumnDrift:
    if found is None:
        return ColumnDrift(feature=name, index=None, drift="unknown")
    index = round(population_stability(found), DIGITS)
    if not rounding.open:
        index = multiple(math.floor(index / COARSE + LAST_DIGIT), COARSE)
    return ColumnDrift(feature=name, index=index, drift=band(index, p), adjusted_p=p)


def band(index: float, p: float) -> Drift:
    """The usual band of an index; stable where chance alone explains it."""
    if p >= BY_CHANCE or index < MODERATE:
        return "stable"
    return "strong" if index >= STRONG else "moderate"
