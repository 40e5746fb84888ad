"""Shares of yes: the mean of a column of two values, such as yes and no, times the customers, is a count.

Whatever the column was said to hold: 0 and 1 may stand there as amounts, and two levels are 1 and 2. Where a segment
has few who say yes (the higher value), or few who say no, every count of the column is rounded to a multiple of
`min_cell` (deterministic rounding: Willenborg & de Waal 2001, Elements of statistical disclosure control, ch. 9): so
neither the segment's share nor what the others leave of the total tells the small one. What the exact share went into
is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from analysis.contract import Contract, Feature, FeatureProfile, Segment
from report.disclosure.cells import small
from report.disclosure.evidence import speaks_of

UNSAID = "Differs in shares that are too small to be published."


def rounded_answers(contract: Contract) -> Contract:
    """The contract with rounded shares in the columns of two values that have a small count in some segment."""
    least = contract.privacy.min_cell
    coarse = {
        one.name: _feature(one, contract)
        for one in contract.data.features
        if _ends(one) and any(_tells(one, segment, least) for segment in contract.segments)
    }
    if not coarse:
        return contract
    features = tuple(coarse.get(one.name, one) for one in contract.data.features)
    segments = tuple(_segment(one, coarse, least) for one in contract.segments)
    data = contract.data.model_copy(update={"features": features})
    return contract.model_copy(update={"data": data, "segments": segments})


def _ends(feature: Feature) -> tuple[float, float] | None:
    """What no and yes stand for, in columns of two values; in a document before 1.2 only their kind tells them."""
    return feature.two_values or ((0.0, 1.0) if feature.measure == "boolean" else None)


def _share(feature: Feature, mean: float) -> float:
    low, high = _ends(feature) or (0.0, 1.0)
    return (mean - low) / (high - low)


def _mean(feature: Feature, share: float) -> float:
    low, high = _ends(feature) or (0.0, 1.0)
    return low + (high - low) * share


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
    shares = [_share(feature, one.mean) for one in segment.profile if one.feature == feature.name]
    counts = [round(share * segment.size) for share in shares]
    return any(small(count, least) or small(segment.size - count, least) for count in counts)


def _feature(feature: Feature, contract: Contract) -> Feature:
    """The column with its share over all customers rounded alike, if it would tell a small count."""
    total, least = contract.data.customers, contract.privacy.min_cell
    if feature.mean is None:
        return feature
    exact = _share(feature, feature.mean)
    if not (small(count := round(exact * total), least) or small(total - count, least)):
        return feature
    share = rounded(exact, total, least)
    spread = _mean(feature, sqrt(share * (1 - share))) - _mean(feature, 0.0)
    return feature.model_copy(update={"mean": _mean(feature, share), "standard_deviation": spread})


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
    mean = _mean(feature, rounded(_share(feature, profile.mean), size, least))
    typical = profile.typical if feature.typical == "median" else mean
    difference = typical - (feature.usual if feature.usual is not None else typical)
    spread = feature.standard_deviation or 0.0
    effect = (mean - (feature.mean if feature.mean is not None else mean)) / spread if spread else 0.0
    return profile.model_copy(
        update={
            "mean": mean,
            "typical": typical,
            "difference": difference,
            "ratio": None,
            "effect": effect,
            "mean_interval": None,
            "typical_interval": None,
            "contrast": None,
            "contrast_interval": None,
            "adjusted_p": None,
        }
    )
