"""How far two builds' customers fall differently over the same bars, and whether chance explains it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.basics.arrays import Matrix

EMPTY = 0.5
"""Customers that an empty bar counts as in the index, whose logarithm would be infinite."""
FEWEST = 5.0
"""Customers expected in each bar of each build, below which the χ² test does not hold (Cochran 1954, Biometrics
10:417): smaller bars are put together."""

BY_CHANCE = 0.01
"""Adjusted p from which a change may be chance. Nobody watches, and builds are many: at .05 a table that is built every
month would raise a false alarm in less than two years."""


@dataclass(frozen=True, eq=False)
class Sides:
    """Customers in each bar, in the last build and in this one, (bars,) each."""

    before: Matrix
    after: Matrix
    bases: tuple[int, int] = (1, 1)
    """To what multiples the counts of each build were rounded at random; 1: they are exact."""


def population_stability(sides: Sides) -> float:
    """The population stability index: Σ (q − p) ln(q / p) over the bars' shares p before and q after.

    Siddiqi 2006, Credit Risk Scorecards, p. 136; it is the symmetric Kullback-Leibler divergence (Jeffreys 1946). A bar
    with nobody in one of the builds counts as half a customer there.
    """
    p, q = (_shares(np.where(counts == 0, EMPTY, counts)) for counts in (sides.before, sides.after))
    return float(np.sum((q - p) * np.log(q / p)))


def chance(sides: Sides) -> float:
    """The p-value of the χ² test of homogeneity; 1 of a single bar. A bar that nobody is in counts for nothing.

    The test is of two independent samples. Customers who are in both make it more careful. Counts rounded at random
    stray from the true ones by a variance of (base² − 1) / 6 on average, which is added to what chance explains.
    """
    from scipy.special import chdtrc  # noqa: PLC0415 (a quarter of a second, and not in a first build)

    filled = sides.before + sides.after > 0
    before, after = sides.before[filled], sides.after[filled]
    if len(before) < 2 or not (before.sum() and after.sum()):
        return 1.0
    squares = 0.0
    for counts, base in zip((before, after), sides.bases, strict=True):
        expected = counts.sum() * _shares(before + after)
        squares += float(np.sum((counts - expected) ** 2 / (expected + (base**2 - 1) / 6)))
    return float(chdtrc(len(before) - 1, squares))


def grouped(before: Matrix, after: Matrix, least: int = 1) -> list[slice]:
    """Neighbouring bars put together until each is large enough, (bars,) each.

    Large enough: chance alone would put `FEWEST` customers into it in both builds, and this one has none there, or at
    least `least`. What is left over joins the run before.
    """
    share = min(before.sum(), after.sum()) / max(before.sum() + after.sum(), 1)
    held = np.cumsum([np.zeros(2), *np.column_stack([before, after])], axis=0)

    def enough(start: int, stop: int) -> bool:
        old, new = held[stop] - held[start]
        return bool((old + new) * share >= FEWEST and not 0 < new < least)

    starts = [0]
    for stop in range(1, len(before)):
        if enough(starts[-1], stop):
            starts.append(stop)
    while len(starts) > 1 and not enough(starts[-1], len(before)):
        starts.pop()
    return [slice(start, stop) for start, stop in zip(starts, [*starts[1:], len(before)], strict=True)]


def _shares(counts: Matrix) -> Matrix:
    return np.asarray(counts / counts.sum())
