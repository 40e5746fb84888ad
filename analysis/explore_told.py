"""What is told of the table before any segment was looked for, as precisely as a public site may tell it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.arrays import Mask, Matrix
from analysis.bands import WIDTH
from analysis.contract import Comparison, Correlation, Feature, GroupSummary
from analysis.features import Features
from analysis.reach import QUARTILES, Reach, reach, told_quantiles
from analysis.rounding import CORRELATION, RANKED, Rounding, step_of

SKEWNESS = 0.1
"""The least step of a skewness."""
TELLING = 0.2
"""A correlation that one customer moves by more than this is that customer's, and is not told."""


def told_correlation(found: Correlation, columns: tuple[Matrix, Matrix], rounding: Rounding) -> Correlation:
    """To a step that no customer moves it by; of two columns, (customers,) each."""
    if rounding.open or found.pearson is None or found.spearman is None:
        return found
    x, y = columns
    known = ~(np.isnan(x) | np.isnan(y))
    moved = float(np.max(np.abs(_standard(x[known]) * _standard(y[known])), initial=0.0)) / max(int(known.sum()), 1)
    step = step_of(max(CORRELATION, moved, RANKED / max(int(known.sum()), 1)))
    if step > TELLING:
        return found.model_copy(update={"pearson": None, "spearman": None})
    told = {name: rounding.figure(getattr(found, name), step) for name in ("pearson", "spearman")}
    return found.model_copy(update={**told, "rounded_to": step})


def told_skewness(skewness: float, values: Matrix, rounding: Rounding) -> float:
    """The skewness of these values, none of which is missing."""
    if rounding.open or not len(values):
        return skewness
    moved = float(np.max(np.abs(_standard(values)) ** 3)) / len(values)
    return rounding.figure(skewness, step_of(max(SKEWNESS, moved)))


def _standard(values: Matrix) -> Matrix:
    spread = float(values.std())
    return np.asarray((values - values.mean()) / spread) if spread > 0 else np.zeros(len(values))


def told_comparisons(
    found: tuple[Comparison, ...], features: Features, left: Mask, rounding: Rounding
) -> tuple[Comparison, ...]:
    """The comparisons with rounded figures; without those in which one or two customers make a group's sum.

    `left`: who counts in no mean of an amount, (customers,), as where the means were taken.
    """
    if rounding.open:
        return found
    named = {feature.name: feature for feature in features.described}
    nobody = np.zeros(features.size, dtype=np.bool_)
    told = [
        _told(
            one,
            features.values(feature),
            left if features.leaves_out(feature) else nobody,
            _groups(one, named[one.by], features),
            rounding,
        )
        for one in found
        for feature in [named[one.feature]]
    ]
    return tuple(one for one in told if one is not None)


def _told(
    found: Comparison, values: Matrix, out: Mask, groups: Sequence[Mask], rounding: Rounding
) -> Comparison | None:
    reaches = [reach(values[group], out[group], rounding.least) for group in groups]
    if any(one.dominated for one in reaches):
        return None
    return found.model_copy(
        update={
            "groups": tuple(_group(one, each, rounding) for one, each in zip(found.groups, reaches, strict=True)),
        }
    )


def _group(found: GroupSummary, told: Reach, rounding: Rounding) -> GroupSummary:
    quantiles = told_quantiles({name: getattr(found, name) for name in QUARTILES}, told, rounding)
    return found.model_copy(
        update={
            "mean": told.told_mean(found.mean, rounding),
            **quantiles,
            "rounded_to": told.mean,
            "quantiles_rounded_to": told.widest,
        }
    )


def _groups(found: Comparison, by: Feature, features: Features) -> list[Mask]:
    """Who is in each group of a comparison: in a category, in all that are not named, or in a band of ages."""
    if by.kind == "numeric":
        return [_band(one.group, features.values(by)) for one in found.groups]
    column = features.frame[by.name].to_numpy()
    named = [one.group for one in found.groups]
    inside: Mask = np.isin(column.astype(str), [name for name in named if name in by.categories])
    return [np.asarray(column == name) if name in by.categories else ~inside for name in named]


def _band(group: str, ages: Matrix) -> Mask:
    """`60–79`: of sixty years to below eighty."""
    first, last = (int(part) // WIDTH * WIDTH for part in group.rsplit("–", 1))
    return np.asarray((ages >= first) & (ages < last + WIDTH))
