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

Only where the logarithm is of no use is it asked whether a handful of values lie so far out that they would make the
spread. They are then taken as no farther out than Tukey's outer fences (1977, Exploratory Data Analysis, chapter 2:
three times the middle half beyond the quartiles). Every column is standardised afterwards, so that each has the same
part in the distances whatever its transform.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from analysis.basics.arrays import Matrix
from analysis.errors import ConfigurationError
from analysis.preparation.transform_told import (
    Sentences,
    far_out,
    limited_as_set,
    logarithm_as_set,
    not_a_logarithm,
    skewed,
)

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
ROBUST = "limited by quartiles, standardised"
FENCE = 3.0
"""Interquartile ranges beyond the quartiles from which a value counts as no farther: Tukey's outer fences."""
FAR, HANDFUL = 10.0, 0.01
"""Distance from the median in interquartile ranges from which a value is far out, and the share that is a handful."""
FINEST = 400
"""Quantiles by which a column is described at most."""
MARKS_BELOW = 20
"""Different values below which a column is a scale of marks and no amount."""
MOST_GROUPS = 5
"""Parts of a normal mixture at most."""
CLIPPED = 0.02
"""Share left out at either end where mixtures are compared: more would cut the groups at the ends in half."""


@dataclass(frozen=True)
class Transform:
    """How one column is changed before it is standardised; figures shown never went through it."""

    name: Literal["none", "log", "robust"] = "none"
    reason: Sentences = ()
    """Why; empty where there is nothing to say."""
    constant: float = 0.0
    """The logarithm is that of the value plus this, in the column's own unit."""
    knot: float = 0.0
    """Below this value a straight line continues the curve."""
    fences: tuple[float, float] | None = None
    """Of a robust column: values beyond these count as these; None where half of the column is one figure."""
    asked: bool = False
    """Whether the configuration asks for it."""

    @property
    def described(self) -> str:
        """As the contract says it: `standardised`, `log, standardised`, or `limited by quartiles, standardised`."""
        return {"none": "standardised", "log": "log, standardised", "robust": ROBUST}[self.name]

    def forward(self, values: Matrix) -> Matrix:
        """From the column's own unit to the scale that is clustered."""
        if self.fences:
            return np.asarray(np.clip(values, *self.fences))
        return self.unlimited(values)

    def unlimited(self, values: Matrix) -> Matrix:
        """The same with whoever is far out as far out as he is."""
        if self.name != "log":
            return values
        start = self.knot + self.constant
        below = np.minimum(values - self.knot, 0) / start
        return np.asarray(np.log(np.maximum(values, self.knot) + self.constant) + below)

    def refitted(self, values: Matrix) -> Transform:
        """The same kind of transform with what it takes from the data taken from other values: those of a resample."""
        if self.name == "robust":
            return replace(self, fences=_fences(values))
        if self.name != "log":
            return self
        if self.asked:
            return _asked(values)
        ends = np.quantile(values, (TRIMMED, 0.5, 1 - TRIMMED), method="inverted_cdf").tolist()
        return _logarithm(*ends) or self


IDENTITY = Transform()


def scale(tables: Matrix) -> tuple[Matrix, Matrix]:
    """Mean and standard deviation of each column of transformed tables (…, rows, columns), both (…, columns)."""
    return tables.mean(axis=-2), tables.std(axis=-2)


def transform(values: Matrix, column: Column) -> Transform:
    """The transform of one clustering column, as set or as its values advise.

    Raises ConfigurationError where a logarithm is asked of negative values.
    """
    if column.transform == "none":
        return Transform(reason=not_a_logarithm(), asked=True)
    if column.transform == "robust":
        return Transform("robust", limited_as_set(), fences=_fences(values), asked=True)
    if column.transform == "log":
        return _asked(values)
    if column.holds != "numeric":
        return IDENTITY
    amount = column.role in AMOUNTS and column.format != "percent"
    found = _advised(values) if amount else IDENTITY
    return _limited(values, amount=amount) if found == IDENTITY and wild(values) else found


def wild(values: Matrix) -> bool:
    """Whether a handful of values lie so far out that they would make the spread: an income of 666,666.

    A long tail is another thing, and for the logarithm.
    """
    q1, median, q3 = np.quantile(values, (0.25, 0.5, 0.75))
    out = np.abs(values - median)
    return bool(q3 > q1 and out.max() > FAR * (q3 - q1) and np.mean(out > FAR / 2 * (q3 - q1)) < HANDFUL)


def _asked(values: Matrix) -> Transform:
    lowest = float(values.min())
    if lowest < 0:
        raise ConfigurationError("transform: log needs values of 0 or more; write auto, or leave it out.")
    positive = values[values > 0]
    constant = 0.0 if lowest > 0 else float(np.quantile(positive, TRIMMED, method="inverted_cdf"))
    found = Transform("log", (), constant, lowest, asked=True)
    return replace(found, reason=logarithm_as_set(_before_and_after(values, found)))


def _before_and_after(values: Matrix, found: Transform) -> tuple[float, float] | None:
    """The skewness of the values and of their logarithms; None of a column with few different values."""
    described = quantiles(values)
    return None if described is None else (skewness(described), skewness(found.forward(described)))


def _advised(values: Matrix) -> Transform:
    described = quantiles(values)
    half_alike = np.median(values) <= np.quantile(values, TRIMMED, method="inverted_cdf")
    if described is None or half_alike:
        return IDENTITY
    measured = skewness(described)
    low, middle, high = float(described[0]), float(np.median(described)), float(described[-1])
    # Both must point to the right: with groups far apart the ends can say otherwise than the mean.
    found = _logarithm(low, middle, high) if measured >= SKEWED else None
    if not found or not _simpler(values, found):
        return IDENTITY
    return replace(found, reason=skewed((measured, skewness(found.forward(described)))))


def _limited(values: Matrix, *, amount: bool) -> Transform:
    """The transform of a column that a logarithm does not help, and of which a handful of values lie far out."""
    described = quantiles(values)
    measured = skewness(described) if amount and described is not None else None
    told = far_out(measured, helps=measured is not None and measured >= SKEWED)
    return Transform("robust", told, fences=_fences(values))


def _fences(values: Matrix) -> tuple[float, float] | None:
    low, high = np.quantile(values, (0.25, 0.75)).tolist()
    reach = FENCE * (high - low)
    return (low - reach, high + reach) if reach > 0 else None


def _logarithm(low: float, middle: float, high: float) -> Transform | None:
    """The logarithm that puts both ends equally far from the median; None where the upper end is not the farther."""
    if not 0 < middle - low < high - middle:
        return None
    # How far below `low` the logarithm is that of nothing.
    start = (middle - low) / (min((high - middle) / (middle - low), MOST_SKEWED) - 1)
    return Transform("log", (), start - low, low)


def quantiles(values: Matrix, trimmed: float = TRIMMED) -> Matrix | None:
    """The column between its outer twentieths, evenly by rank, with equal values spread over their cell.

    None where it holds too few different values. Writing the table twice gives the same.
    """
    distinct, counts = np.unique(values, return_counts=True)
    if len(distinct) < MARKS_BELOW:
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
