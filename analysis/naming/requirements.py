"""Whether a segment meets the conditions that a persona or an action states (`analysis.configuration.requirement`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.configuration.requirement import Requirement, Statistic
from analysis.configuration.topic import SEVERAL
from analysis.contract import CategoryShare, Feature, FeatureProfile
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.statistics.holm import BY_CHANCE


@dataclass(frozen=True)
class Ground:
    """A figure of the segment by which a condition was judged."""

    feature: Feature
    category: CategoryShare | None = None
    """Of a column of categories the share that was looked at."""


def grounds(requires: Iterable[Requirement], profile: Profile, features: Features) -> list[Ground] | None:
    """What each condition goes by; None where one of them does not hold, or the table lacks its column."""
    found = []
    for condition in requires:
        ground = _ground(condition, profile, features)
        if ground is None or not _holds(condition, ground, profile, features):
            return None
        found.append(ground)
    return found


def column_of(key: str, profile: Profile, features: Features) -> Feature | None:
    """The numeric column that a role, topic or name speaks of; of kinds of goods the one the segment is highest on.

    None where the table has no such column, or nothing may be said of the segment in it.
    """
    if key != SEVERAL:
        found = features.find(key)
        return found if found is not None and profile.tells(found) else None
    goods = [feature for feature in features.numeric if feature.topic == SEVERAL and profile.tells(feature)]
    return max(goods, key=lambda one: (round(profile.of(one).effect, 9), one.name), default=None)


def _ground(condition: Requirement, profile: Profile, features: Features) -> Ground | None:
    numeric = None if condition.category else column_of(condition.key, profile, features)
    if numeric is not None:
        return Ground(numeric)
    found = features.category(condition.key, condition.category)
    if found is None or condition.statistic not in {"mean", "share", "place"}:
        return None
    feature, category = found
    own = [share for share in profile.categories if (share.feature, share.category) == (feature.name, category)]
    return Ground(feature, own[0]) if own else None


def _holds(condition: Requirement, ground: Ground, profile: Profile, features: Features) -> bool:
    """More or less than all customers have is met only by a significant difference, where that is known."""
    if (share := ground.category) is not None:
        own, overall, p = share.share, share.share_overall, share.adjusted_p
    else:
        figure = profile.of(ground.feature)
        pair = _figures(condition.statistic, ground.feature, figure, features)
        if pair is None or _in_levels(condition, ground.feature):
            return False
        (own, overall), p = pair, figure.adjusted_p
    by_chance = condition.asks_for_a_difference and p is not None and p >= BY_CHANCE
    return condition.holds(own, overall) and not by_chance


def _in_levels(condition: Requirement, feature: Feature) -> bool:
    """Whether a number asked of a role or topic would be held against levels 1, 2, …: an age of 35 against band 3."""
    absolute = not condition.relative and condition.statistic not in {"share", "place"}
    return absolute and feature.measure == "ordinal" and condition.key != feature.name


def _figures(
    statistic: Statistic, feature: Feature, figure: FeatureProfile, features: Features
) -> tuple[float, float] | None:
    """The segment's figure and that of everybody; None where the column has no such figure."""
    if statistic in {"share", "place"}:
        low, high = _ends(feature, features)
        if high <= low or (statistic == "share" and feature.two_values is None):
            return None
        return (figure.mean - low) / (high - low), ((feature.mean or 0.0) - low) / (high - low)
    own, everybody = getattr(figure, statistic), getattr(feature, statistic)
    # Beside a stated number that of everybody is not needed; nothing is more or less than one that is not told.
    return None if own is None else (own, np.nan if everybody is None else everybody)


def _ends(feature: Feature, features: Features) -> tuple[float, float]:
    """The lowest and the highest value that the column can have, as far as is known."""
    if feature.two_values is not None:
        return feature.two_values
    if feature.levels:
        return 1.0, float(len(feature.levels))
    values = features.values(feature)
    return float(np.nanmin(values)), float(np.nanmax(values))
