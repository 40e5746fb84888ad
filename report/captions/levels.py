"""Captions of ordinal columns: customers by level, in the words of the order."""

from __future__ import annotations

from analysis.contract import Distribution, Feature, HistogramBin
from report.captions.caption import Caption
from report.captions.names import distribution_name
from report.captions.words import Words


def level(feature: Feature, one: HistogramBin) -> str:
    """What a bar is called: its level, or its first and last where levels go together."""
    held = feature.levels[max(round(one.lower), 1) - 1 : round(one.upper) - 1]
    return held[0] if len(held) == 1 else f"{held[0]} to {held[-1]}"


def levels(words: Words, one: Distribution) -> Caption:
    """Between which levels the middle half of all customers lies."""
    feature = words.feature(one.feature)
    label, total = words.label(one.feature), sum(bin_.count for bin_ in one.bins)
    shares = [words.figures.percent(bin_.count / total, 1) for bin_ in one.bins]
    fullest = max(range(len(one.bins)), key=lambda place: one.bins[place].count)
    return Caption(
        name=distribution_name(feature),
        page="explore",
        takeaway=f"{feature.label}: {_middle(words, feature)}.",
        subtitle=f"Customers by {label}, in its order, the lowest level on top",
        description=f"A bar for each of {len(one.bins)} levels of {label}. The longest is "
                    f"{level(feature, one.bins[fullest])}, with {words.figures.number(one.bins[fullest].count)} "
                    f"customers. The median is {words.middle(one.feature, feature.median)}.",
        columns=("Level", "Customers", "Share of customers"),
        rows=tuple((level(feature, bin_), words.figures.number(bin_.count), share)
                   for bin_, share in zip(one.bins, shares, strict=True)),
        controls=words.choice(one), small=True,
    )  # fmt: skip


def _middle(words: Words, feature: Feature) -> str:
    low, high = (words.middle(feature.name, end) for end in (feature.q1, feature.q3))
    if feature.q1 is None or feature.q3 is None:
        return f"the median is {words.middle(feature.name, feature.median)}"
    return (
        f"at least half of all customers are at {low}"
        if low == high
        else (f"at least half of all customers lie between {low} and {high}")
    )
