"""What is told of the table before any segment was looked for, as precisely as a public site may tell it."""

from __future__ import annotations

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.contract import Comparison, Correlation, GroupSummary
from analysis.rounding.random_rounding import Rounding, step_of
from analysis.rounding.rounded_figures import correlation_as_told
from analysis.rounding.sensitivity import QUARTILES, Reach, reaches, told_quantiles

SKEWNESS = 0.1
"""The least step of a skewness."""


def told_correlation(found: Correlation, columns: tuple[Matrix, Matrix], rounding: Rounding) -> Correlation:
    """To a step that no customer moves it by; of two columns, (customers,) each."""
    if rounding.open:
        return found
    x, y = columns
    known = ~(np.isnan(x) | np.isnan(y))
    customers = int(known.sum())
    moved = float(np.max(np.abs(_standard(x[known]) * _standard(y[known])), initial=0.0)) / max(customers, 1)
    return correlation_as_told(found, moved, customers, rounding)


def told_skewness(skewness: float, values: Matrix, rounding: Rounding) -> float:
    """The skewness of these values, none of which is missing."""
    if rounding.open or not len(values):
        return skewness
    moved = float(np.max(np.abs(_standard(values)) ** 3)) / len(values)
    return rounding.figure(skewness, step_of(max(SKEWNESS, moved)))


def _standard(values: Matrix) -> Matrix:
    spread = float(values.std())
    return np.asarray((values - values.mean()) / spread) if spread > 0 else np.zeros(len(values))


def told_comparison(found: Comparison, groups: Labels, columns: tuple[Matrix, Mask], rounding: Rounding) -> Comparison:
    """The comparison with rounded figures; a group whose sum one or two customers make says so.

    `groups`: the place of each customer's group among `found.groups`, −1 for none; `columns`: the values, and who
    counts in no mean, (customers,) each.
    """
    if rounding.open:
        return found
    told = reaches(*columns, groups, len(found.groups), rounding.least)
    return found.model_copy(
        update={"groups": tuple(_group(one, each, rounding) for one, each in zip(found.groups, told, strict=True))}
    )


def _group(found: GroupSummary, told: Reach, rounding: Rounding) -> GroupSummary:
    quantiles = told_quantiles({name: getattr(found, name) for name in QUARTILES}, told, rounding)
    return found.model_copy(
        update={
            "mean": told.told_mean(found.mean, rounding),
            **quantiles,
            "rounded_to": told.mean,
            "quantiles_rounded_to": told.widest,
            "concealed": "dominated" if told.dominated else None,
        }
    )
