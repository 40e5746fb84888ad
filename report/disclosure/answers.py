"""Shares of yes: the mean of a column of two values, such as yes and no, times the customers, is a count.

Whatever the column was said to hold: 0 and 1 may stand there as amounts, and two levels are 1 and 2. Where a segment
has few who say yes (the higher value), or few who say no, every count of the column is rounded to a multiple of
`min_cell` (deterministic rounding: Willenborg & de Waal 2001, Elements of statistical disclosure control, ch. 9): so
neither the segment's share nor what the others leave of the total tells the small one. What the exact share went into
is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import sqrt

from analysis.contract import Contract, Evidence, Feature, FeatureProfile, Segment
from report.disclosure.cells import small
from report.disclosure.evidence import advised

UNSAID = "Differs in shares that are too small to be published."


@dataclass(frozen=True)
class Coarse:
    """A column whose shares are rounded, with what no and yes stand for in it."""

    feature: Feature
    no: float
    yes: float

    @classmethod
    def of(cls, feature: Feature) -> Coarse | None:
        """None for a column that has more than two values; before version 1.2 its kind alone told."""
        ends = feature.two_values or ((0.0, 1.0) if feature.measure == "boolean" else None)
        return cls(feature, *ends) if ends else None

    def share(self, mean: float) -> float:
        """The share of yes that a mean tells."""
        return (mean - self.no) / (self.yes - self.no)

    def mean(self, share: float) -> float:
        """The mean that a share of yes makes."""
        return self.no + (self.yes - self.no) * share


def rounded_answers(contract: Contract) -> Contract:
    """The contract with rounded shares in the columns of two values that have a small count in some segment."""
    least = contract.privacy.min_cell
    answers = [one for feature in contract.data.features if (one := Coarse.of(feature))]
    coarse = {
        one.feature.name: replace(one, feature=_feature(one, contract))
        for one in answers
        if any(_tells(one, segment, least) for segment in contract.segments)
    }
    if not coarse:
        return contract
    features = tuple(coarse[one.name].feature if one.name in coarse else one for one in contract.data.features)
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


def _tells(column: Coarse, segment: Segment, least: int) -> bool:
    """Whether a segment's share of yes is a small count of yes or of no."""
    shares = [column.share(one.mean) for one in segment.profile if one.feature == column.feature.name]
    counts = [round(share * segment.size) for share in shares]
    return any(small(count, least) or small(segment.size - count, least) for count in counts)


def _feature(column: Coarse, contract: Contract) -> Feature:
    """The column with its share over all customers rounded alike, if it would tell a small count."""
    feature, total, least = column.feature, contract.data.customers, contract.privacy.min_cell
    if feature.mean is None:
        return feature
    exact = column.share(feature.mean)
    if not (small(count := round(exact * total), least) or small(total - count, least)):
        return feature
    share = rounded(exact, total, least)
    spread = (column.yes - column.no) * sqrt(share * (1 - share))
    return feature.model_copy(update={"mean": column.mean(share), "standard_deviation": spread})


def _segment(segment: Segment, coarse: Mapping[str, Coarse], least: int) -> Segment:
    names = frozenset(coarse)
    profile = tuple(_profile(one, coarse[one.feature], segment.size, least) if one.feature in names else one
                    for one in segment.profile)  # fmt: skip
    unsaid = [trait for trait in segment.traits if trait.feature in names]
    traits = tuple(trait for trait in segment.traits if trait not in unsaid)
    told = any(trait.phrase.casefold() in segment.summary.casefold() for trait in unsaid)
    counts = {one.feature: round(coarse[one.feature].share(one.mean) * segment.size) for one in segment.profile
              if one.feature in names}  # fmt: skip

    def counts_few(one: Evidence) -> bool:
        count = counts.get(one.feature, 0)
        return small(count, least) or small(segment.size - count, least)

    means = {one.feature: one.mean for one in profile}
    return advised(segment, lambda one: one.feature in names, counts_few).model_copy(
        update={
            "profile": profile,
            "centroid": {name: means.get(name, mean) for name, mean in segment.centroid.items()},
            "traits": traits,
            "summary": (", ".join(trait.phrase for trait in traits) or UNSAID) if told else segment.summary,
        }
    )


def _profile(profile: FeatureProfile, column: Coarse, size: int, least: int) -> FeatureProfile:
    feature, mean = column.feature, column.mean(rounded(column.share(profile.mean), size, least))
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
