"""The bars over which the customers of two builds are compared: those that the earlier one published."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.changes.homogeneity import Sides, grouped
from analysis.contract import Contract, Feature
from analysis.preparation.features import Features
from analysis.profiling.explore import OTHERS
from analysis.rounding.random_rounding import Rounding
from analysis.rounding.rounded_figures import ends, higher


def sides(was: Feature, now: Feature, earlier: Contract, table: Features, rounding: Rounding) -> Sides | None:
    """A column's customers over the bars of an earlier build; None where it published none, or they would be one bar.

    With a `rounding` no bar counts few customers of this build, and its counts are rounded.
    """
    found = None if (was.kind, was.levels) != (now.kind, now.levels) else _counts(was, now, earlier, table)
    if found is None or not all(counts.sum() for counts in found):
        return None
    runs = grouped(*found, rounding.least)
    if len(runs) < 2:
        return None
    before, after = (np.array([counts[run].sum() for run in runs]) for counts in found)
    return Sides(
        before,
        np.array([float(rounding.count(int(count))) for count in after]),
        (earlier.privacy.rounding_base or 1, rounding.base),
    )


def _counts(was: Feature, now: Feature, earlier: Contract, table: Features) -> tuple[Matrix, Matrix] | None:
    """Customers in each bar, before and after."""
    if was.kind == "category":
        return _categories(was, now) if was.categories else None
    drawn = next((one for one in earlier.exploration.distributions if one.feature == was.name), None)
    if drawn is not None:
        before = np.array([float(bar.count) for bar in drawn.bins])
        return before, _placed(table.values(now), np.array([bar.lower for bar in drawn.bins[1:]]))
    two = ends(was)
    if two is None or was.mean is None:
        return None
    known = earlier.data.customers - (was.missing or 0)
    above = higher(was, was.mean, known)
    return np.array([float(known - above), float(above)]), _placed(table.values(now), np.array([sum(two) / 2]))


def _placed(values: Matrix, edges: Matrix) -> Matrix:
    """Known values between inner edges; the outermost bars are open-ended."""
    known = values[~np.isnan(values)]
    return np.bincount(np.searchsorted(edges, known, side="right"), minlength=len(edges) + 1).astype(np.float64)


def _categories(was: Feature, now: Feature) -> tuple[Matrix, Matrix]:
    """By category, the rarest of both builds together first.

    One that the earlier build did not publish is among its others, or, where it had none, a bar of its own.
    """
    after: dict[str, int] = {}
    for name, count in now.categories.items():
        told = name if name in was.categories or OTHERS not in was.categories else OTHERS
        after[told] = after.get(told, 0) + count
    names = sorted(
        was.categories.keys() | after.keys(), key=lambda name: (was.categories.get(name, 0) + after.get(name, 0), name)
    )
    before, later = (np.array([float(counts.get(name, 0)) for name in names]) for counts in (was.categories, after))
    return before, later
