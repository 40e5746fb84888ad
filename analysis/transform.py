"""Money is skewed: a few customers spend many times what the others do, and would get the centroids.

Their logarithm is often near symmetric. Whether a column is better told in logarithms is asked of the data in two
steps, both on quantiles without the outermost ones, so that a few gross outliers decide nothing:

1. Is it clearly skewed to the right? Groeneveld & Meeden (1984, The Statistician 33:391): mean less median over the
   mean distance from the median, −1…1.
2. Is the logarithm the simpler scale? Skewness alone would also send two groups of unequal size through a logarithm
   that makes neither rounder. So normal mixtures are fitted on either scale (Fraley & Raftery 2002, Journal of the
   American Statistical Association 97:611), and the logarithm must win by BIC, Jacobian included (Box & Cox 1964).

The logarithm is that of the value plus a constant, which makes both outer twentieths lie equally far from the median
(the three-parameter lognormal: Aitchison & Brown 1957, The Lognormal Distribution, chapter 6). With it neither another
unit nor another origin changes a result, and zeros need no special care. Below the lowest twentieth a straight line
continues the curve, so that no value is out of its reach.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.arrays import Matrix
from analysis.errors import ConfigurationError

if TYPE_CHECKING:
    from analysis.configuration.column import Column


AMOUNTS = frozenset({"income", "spending", "frequency", "monetary", "feature"})
"""Roles whose columns are amounts; ages and times since a purchase are told in years and days, not in ratios."""
TRIMMED = 0.05
"""Share left out at either end."""
SKEWED = 0.2
"""Skewness from which a column counts as clearly skewed; an exponential column has 0.36 between the twentieths."""
MOST_SKEWED = 30.0
"""How many times farther the high end may lie from the median than the low end; a lognormal column whose logarithms
have the standard deviation 2 reaches 27. Beyond it, zeros would be sent as far out as the curve bends."""
DECISIVE = 10.0
"""Difference in BIC that is very strong evidence (Kass & Raftery 1995, JASA 90:773)."""
ASKED = "Taken as a logarithm, because the configuration says so. All figures shown are in the column's own unit."
ROBUST = "scaled by median and quartiles"
ROBUST_REASON = (
    "Scaled by its median and quartiles, because the configuration says so: its outermost values set no scale, and "
    "count for more where they lie far out."
)
NORMAL_QUARTILES = 1.349
"""Distance of the quartiles of a normal column, in standard deviations."""
FINEST = 400
"""Quantiles by which a column is described at most."""
FEWEST = 20
"""Different values below which a column is a scale of marks and no amount."""
MOST_GROUPS = 5
"""Parts of a normal mixture at most."""
CLIPPED = 0.02
"""Share left out at either end where mixtures are compared: more would cut the groups at the ends in half."""
REASON = (
    "Skewed to the right, and simpler to describe by its logarithm (of the value plus a constant, so that high and low "
    "values lie equally far out). All figures shown are in the column's own unit."
)


@dataclass(frozen=True)
class Transform:
    """How one column is changed before it is standardised; figures shown never went through it."""

    name: Literal["none", "log", "robust"] = "none"
    reason: str = ""
    """Why, in one plain sentence; empty where there is nothing to say."""
    constant: float = 0.0
    """The logarithm is that of the value plus this, in the column's own unit."""
    knot: float = 0.0
    """Below this value a straight line continues the curve."""

    @property
    def described(self) -> str:
        """As the contract says it: `standardised`, `log, standardised`, or `scaled by median and quartiles`."""
        return {"none": "standardised", "log": "log, standardised", "robust": ROBUST}[self.name]

    def forward(self, values: Matrix) -> Matrix:
        """From the column's own unit to the scale that is clustered."""
        if self.name != "log":
            return values
        start = self.knot + self.constant
        below = np.minimum(values - self.knot, 0) / start
        return np.asarray(np.log(np.maximum(values, self.knot) + self.constant) + below)

    def refitted(self, values: Matrix) -> Transform:
        """The same kind of transform with what it takes from the data taken from other values: those of a resample."""
        if self.name != "log":
            return self
        if self.reason == ASKED:
            return _asked(values)
        ends = np.quantile(values, (TRIMMED, 0.5, 1 - TRIMMED), method="inverted_cdf").tolist()
        return _logarithm(*ends) or self


IDENTITY = Transform()


def scale(tables: Matrix, transforms: Sequence[Transform]) -> tuple[Matrix, Matrix]:
    """Centre and spread of each column of tables (…, rows, columns), both (…, columns).

    Mean and standard deviation; of robust columns the median, and the distance of the quartiles over that of a normal
    column (Tukey 1977, Exploratory Data Analysis), unless half of the column is one and the same figure.
    """
    centre, spread = tables.mean(axis=-2), tables.std(axis=-2)
    robust = [place for place, each in enumerate(transforms) if each.name == "robust"]
    if robust:
        low, middle, high = np.quantile(tables[..., robust], (0.25, 0.5, 0.75), axis=-2)
        centre[..., robust] = middle
        spread[..., robust] = np.where(high > low, (high - low) / NORMAL_QUARTILES, spread[..., robust])
    return centre, spread


def transform(values: Matrix, column: Column) -> Transform:
    """The transform of one clustering column, as set or as its values advise.

    Raises ConfigurationError where a logarithm is asked of negative values.
    """
    if column.transform == "none":
        return Transform(reason="Left without a logarithm, because the configuration says so.")
    if column.transform == "robust":
        return Transform("robust", ROBUST_REASON)
    if column.transform == "log":
        return _asked(values)
    amount = column.role in AMOUNTS and column.holds == "numeric" and column.format != "percent"
    return _advised(values) if amount else IDENTITY


def _asked(values: Matrix) -> Transform:
    lowest = float(values.min())
    if lowest < 0:
        raise ConfigurationError("transform: log needs values of 0 or more; write auto, or leave it out.")
    positive = values[values > 0]
    constant = 0.0 if lowest > 0 else float(np.quantile(positive, TRIMMED, method="inverted_cdf"))
    return Transform("log", ASKED, constant, lowest)


def _advised(values: Matrix) -> Transform:
    described = quantiles(values)
    half_alike = np.median(values) <= np.quantile(values, TRIMMED, method="inverted_cdf")
    if described is None or half_alike:
        return IDENTITY
    skewed = skewness(described)
    low, middle, high = float(described[0]), float(np.median(described)), float(described[-1])
    # Both must point to the right: with groups far apart the ends can say otherwise than the mean.
    found = _logarithm(low, middle, high) if skewed >= SKEWED else None
    return found if found and _simpler(values, found) else IDENTITY


def _logarithm(low: float, middle: float, high: float) -> Transform | None:
    """The logarithm that puts both ends equally far from the median; None where the upper end is not the farther."""
    if not 0 < middle - low < high - middle:
        return None
    # How far below `low` the logarithm is that of nothing.
    start = (middle - low) / (min((high - middle) / (middle - low), MOST_SKEWED) - 1)
    return Transform("log", REASON, start - low, low)


def quantiles(values: Matrix, trimmed: float = TRIMMED) -> Matrix | None:
    """The column between its outer twentieths, evenly by rank, with equal values spread over their cell.

    None where it holds too few different values. Writing the table twice gives the same.
    """
    distinct, counts = np.unique(values, return_counts=True)
    if len(distinct) < FEWEST:
        return None
    weight = counts // np.gcd.reduce(counts)
    between = (distinct[1:] + distinct[:-1]) / 2
    edges = np.concatenate(([2 * distinct[0] - between[0]], between, [2 * distinct[-1] - between[-1]]))
    below = np.concatenate(([0], np.cumsum(weight))) / weight.sum()
    finest = min(FINEST, int(weight.sum()))
    ranks = trimmed + (1 - 2 * trimmed) * (np.arange(finest) + 0.5) / finest
    return np.interp(ranks, below, edges)


def skewness(described: Matrix) -> float:
    """Groeneveld & Meeden's: 0 for a symmetric column, 1 at most; needs no moments."""
    off = described - np.median(described)
    return float(off.sum() / np.abs(off).sum())


def _simpler(values: Matrix, log: Transform) -> bool:
    """Whether normal mixtures describe the logarithm decisively better than the values themselves."""
    described = quantiles(values, CLIPPED)
    if described is None:
        return False
    # What is dense on one scale is less so on the other, by the slope of the curve between them.
    slope = -np.log(np.maximum(described, log.knot) + log.constant)
    # The constant was estimated too.
    price = np.log(len(described))
    logged = _bic(log.forward(described)) - 2 * float(slope.sum()) + price
    return bool(_bic(described) - logged > DECISIVE)


def _bic(values: Matrix) -> float:
    """The least BIC of normal mixtures with one to five parts."""
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 (who scores fits nothing)
    from sklearn.mixture import GaussianMixture  # noqa: PLC0415

    deviation = float(values.std())
    standard = ((values - values.mean()) / deviation)[:, None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fits = [
            GaussianMixture(k, random_state=0, reg_covar=1e-3).fit(standard).bic(standard)
            for k in range(1, MOST_GROUPS + 1)
        ]
    return float(min(fits)) + 2 * len(values) * float(np.log(deviation))
