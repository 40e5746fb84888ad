"""Segments as words may tell of them: shares of customers follow from counts as these are published.

In open mode counts are published as they are, and nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.contract import CategoryShare, Rule
from analysis.features import Features
from analysis.profile import Profile
from analysis.rounding import Rounding


def as_told(profiles: Sequence[Profile], features: Features, rounding: Rounding) -> tuple[Profile, ...]:
    """The profiles with sizes and shares that follow from rounded counts."""
    if rounding.base == 1:
        return tuple(profiles)
    everybody = {feature.name: feature.categories for feature in features.categorical}
    return tuple(
        replace(
            one,
            size=rounding.count(one.size),
            share=rounding.share(one.size, features.size),
            categories=tuple(_category(each, one.size, everybody[each.feature], rounding) for each in one.categories),
        )
        for one in profiles
    )


def _category(one: CategoryShare, size: int, counts: dict[str, int], rounding: Rounding) -> CategoryShare:
    return one.model_copy(
        update={
            "count": rounding.part(one.count, size),
            "share": rounding.share(one.count, size),
            "share_overall": rounding.share(counts[one.category], sum(counts.values())),
        }
    )


def rule_as_told(rule: Rule, size: int, rounding: Rounding) -> Rule:
    """A rule of a segment of that size with the shares that its rounded counts make."""
    if rounding.base == 1 or rule.picked is None or rule.correct is None:
        return rule
    correct, picked = rounding.found(rule.correct, rule.picked, size)
    shares = {"precision": correct / picked if picked else 0.0, "recall": correct / rounding.count(size)}
    return rule.model_copy(update=shares)
