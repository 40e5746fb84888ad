"""Shares of yes: the mean of a column of yes and no, times the customers, is a count.

Where a segment has few who say yes, or few who say no, every count of the column is rounded to a multiple of `min_cell`
(deterministic rounding: Willenborg & de Waal 2001, Elements of statistical disclosure control, ch. 9): so neither the
segment's share nor what the others leave of the total tells the small one. What the exact share went into is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from analysis.contract import Contract, Feature, FeatureProfile, Segment
from report.disclosure.cells import small
from report.disclosure.evidence import speaks_of

UNSAID = "Differs in shares that are too small to be published."


def rounded_answers(contract: Contract) -> Contract:
    """The contract with rounded shares in the columns of yes and no that have a small count in some segment."""
    least = contract.privacy.min_cell
    coarse = {
        one.name: _feature(one, contract)
        for one in contract.data.features
        if one.measure == "boolean" and any(_tells(one, segment, least) for segment in contract.segments)
    }
    if not coarse:
        return contract
    features = tuple(coarse.get(one.name, one) for one in contract.data.features)
    segments = tuple(_segment(one, coarse, least) for one in contract.segments)
    data = contract.data.model_copy(update={"features": features})
    return contract.model_copy(update={"data": data, "segments": segments})


def rounded(share: float, size: int, least: int) -> float:
    """A share of yes of which neither the yes nor the no are few: both counted in steps of `least` from their side."""
    yes = round(share * size)
    few = min(yes, size - yes)
    # Never beyond the middle, from where it would be counted from the other side when rounded again.
    step = least * min(round(few / least), size // 2 // least)
    if small(size - step, least):
        step = 0
    return (step if yes == few else size - step) / size


def _tells(feature: Feature, segment: Segment, least: int) -> bool:
    """Whether a segment's share of yes is a small count of yes or of no."""
    shares = [one.mean for one in segment.profile if one.feature == feature.name]
    counts = [round(share * segment.size) for share in shares]
    return any(small(count, least) or small(segment.size - count, least) for count in counts)


def _feature(feature: Feature, contract: Contract) -> Feature:
    """The column with its share over all customers rounded alike, if it would tell a small count."""
    total, least = contract.data.customers, contract.privacy.min_cell
    share = rounded(feature.mean or 0.0, total, least)
    if feature.mean is None or not (small(count := round(feature.mean * total), least) or small(total - count, least)):
        return feature
    return feature.model_copy(update={"mean": share, "standard_deviation": sqrt(share * (1 - share))})


def _segment(segment: Segment, coarse: Mapping[str, Feature], least: int) -> Segment:
    names = frozenset(coarse)
    profile = tuple(_profile(one, coarse[one.feature], segment.size, least) if one.feature in names else one
                    for one in segment.profile)  # fmt: skip
    unsaid = [trait for trait in segment.traits if trait.feature in names]
    traits = tuple(trait for trait in segment.traits if trait not in unsaid)
    told = any(trait.phrase.casefold() in segment.summary.casefold() for trait in unsaid)
    actions = [one for one in segment.recommendations if not speaks_of(one, names)]
    means = {one.feature: one.mean for one in profile}
    return segment.model_copy(
        update={
            "profile": profile,
            "centroid": {name: means.get(name, mean) for name, mean in segment.centroid.items()},
            "traits": traits,
            "summary": (", ".join(trait.phrase for trait in traits) or UNSAID) if told else segment.summary,
            "recommendations": tuple(
                one.model_copy(update={"rank": rank}) for rank, one in enumerate(actions, start=1)
            ),
        }
    )


def _profile(profile: FeatureProfile, feature: Feature, size: int, least: int) -> FeatureProfile:
    mean = rounded(profile.mean, size, least)
    everybody = feature.mean if feature.mean is not None else mean
    difference, spread = mean - everybody, feature.standard_deviation or 0.0
    return profile.model_copy(
        update={
            "mean": mean,
            "typical": mean,
            "difference": difference,
            "ratio": None,
            "effect": difference / spread if spread else 0.0,
            "mean_interval": None,
            "typical_interval": None,
            "contrast": None,
            "contrast_interval": None,
            "adjusted_p": None,
        }
    )
