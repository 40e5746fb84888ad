"""The customers whom an algorithm puts into no segment: a group of their own, the last, about which little is claimed.

They get no persona, no rule, no action and no budget, and are held against no criterion: what they have in common is
that they belong nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from analysis.basics.arrays import Labels, Matrix
from analysis.clustering.algorithms import algorithm
from analysis.clustering.kept import KeptDivision
from analysis.clustering.placement import Placement, learnt, placing
from analysis.clustering.refined import refined
from analysis.clustering.trials import Trial
from analysis.configuration import Site
from analysis.contract import BudgetShare
from analysis.language import gettext, gettext_noop
from analysis.naming.persona import Named
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.recommendation.budget import Split, split
from analysis.rounding.random_rounding import AS_IT_IS, Rounding
from analysis.wording.number_format import NumberFormat

SUMMARY = gettext_noop("Customers who belong to no segment. They are not a segment themselves.")
Each = TypeVar("Each")


def name() -> Named:
    """What the group of the unassigned is called."""
    return Named(gettext("Unassigned"))


def placed(features: Features, trial: Trial, site: Site, kept: KeptDivision | None = None) -> tuple[Placement, int]:
    """The rule that gives segments, and the number of customers to whom it was fitted; they keep theirs.

    Where the algorithm settles on all customers, the segments of a sample are first brought to their optimum. A `kept`
    division gives segments as it did before.
    """
    if kept:
        return kept.placement, int(features.kept.sum())
    way = algorithm(site.model.shown)
    if features.sampled and way.settles_on_all:
        centroids, fitted = refined(features, trial, all_of_them=site.model.outliers == "keep")
        return replace(placing(trial.partition), centres=centroids), fitted
    rows = features.standard[features.kept]
    fitted = len(rows) if way.largest_fit is None else min(len(rows), way.largest_fit)
    return learnt(placing(trial.partition), rows, trial.labels), fitted


def everybody(features: Features, trial: Trial, placement: Placement, site: Site) -> tuple[Labels, Placement]:
    """The segment (0…k−1) of every customer, k for none, and the rule that gives it.

    Where so few are left over that a public site could not show them, they go to the nearest centroid.
    """
    division, rows = trial.partition, features.standard
    found = placement.assigned(rows)
    left = int((found >= division.k).sum())
    if not left or (site.privacy.mode == "public" and left < site.privacy.min_cell):
        placement = replace(placement, leaves_over=False)
        found = placement.assigned(rows)
    return found, placement


def of_groups(values: Matrix, order: Labels) -> Matrix:
    """Figures of the groups in a certain order; not a number for a group that took no part in the fit."""
    missing = np.full((max(0, int(order.max()) + 1 - len(values)), *values.shape[1:]), np.nan)
    return np.concatenate([values, missing])[order]


def padded(each: Sequence[Each], groups: int, nothing: Each) -> tuple[Each, ...]:
    """One of each for every group, `nothing` for the unassigned."""
    return (*each, *[nothing] * (groups - len(each)))


def split_among(
    profiles: Sequence[Profile],
    names: Sequence[Named],
    site: Site,
    formats: NumberFormat,
    rounding: Rounding = AS_IT_IS,
) -> Split | None:
    """The budget split among the segments, `names`; the last of the profiles may be the unassigned, who get none."""
    segments = profiles[: len(names)]
    if len(segments) == len(profiles):
        return split(profiles, names, site, formats, rounding)
    found = split(_as_a_whole(segments), names, site, formats, rounding)
    if found is None:
        return None
    without = gettext("Customers in no segment get no budget and count in no share.")
    told = found.budget.model_copy(update={"explanation": f"{found.budget.explanation} {without}"})
    return Split(told, (*found.shares, _none()))


def _as_a_whole(segments: Sequence[Profile]) -> list[Profile]:
    """The segments with shares that add up to 1."""
    size = sum(one.share for one in segments)
    value = sum(one.value_share or 0.0 for one in segments)
    return [
        replace(
            one,
            share=one.share / size,
            value_share=one.value_share / value if one.value_share is not None and value > 0 else None,
        )
        for one in segments
    ]


def _none() -> BudgetShare:
    return BudgetShare(
        amount=0.0,
        share=0.0,
        value_part=0.0,
        size_part=0.0,
        responsiveness_part=0.0,
        per_customer=0.0,
        explanation=gettext("No budget: these customers belong to no segment that a campaign could address."),
    )
