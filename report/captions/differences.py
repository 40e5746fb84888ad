"""Captions of what sets segments apart: the heat map, the ranges, and each segment's own profile."""

from __future__ import annotations

from itertools import groupby

from analysis.contract import FeatureProfile, Segment
from analysis.listed import listed
from report.captions.caption import Caption
from report.captions.words import Words, capital

MOST_NAMED = 5
"""Columns named in a profile's takeaway."""


def segment_heatmap(words: Words) -> Caption:
    """The heat map's words; the table gives means beside differences."""
    segments = words.contract.segments
    segment, sharpest = max(
        ((segment, one) for segment in segments for one in segment.profile), key=lambda pair: abs(pair[1].effect)
    )
    labels = [words.feature(one.feature).label for one in segments[0].profile]
    return Caption(
        name="segment-heatmap",
        takeaway=f"The sharpest difference: {segment.name}, with {words.label(sharpest.feature)} "
                 f"{words.against(sharpest)}.",
        subtitle="Segment mean against the average customer; the stronger the colour, the more standard deviations",
        description=" ".join(_row(words, segment) for segment in segments),
        columns=("Segment", *(label for name in labels for label in (f"{name}, mean", f"{name}, difference"))),
        rows=tuple((segment.name, *_cells(words, segment)) for segment in segments),
    )  # fmt: skip


def segment_ranges(words: Words) -> Caption:
    """The column that keeps the segments apart best, and between which medians."""
    segments = words.contract.segments
    features = [one.feature for one in segments[0].profile]
    strongest = max(features, key=lambda name: sum(s.share * _of(s, name).effect ** 2 for s in segments))
    low = min(segments, key=lambda segment: _of(segment, strongest).median)
    high = max(segments, key=lambda segment: _of(segment, strongest).median)
    low_text, high_text = (words.of(strongest, _of(one, strongest).median) for one in (low, high))
    return Caption(
        name="segment-ranges",
        takeaway=f"The segments differ most in {words.label(strongest)}: medians run from {low_text} "
                 f"({low.name}) to {high_text} ({high.name}).",
        subtitle="Dot: median; bar: the middle half of the segment’s customers; dashed: everybody’s median",
        description=(
            f"For each of {listed([words.label(name) for name in features])} a panel with a row a segment. "
            f"On {words.label(strongest)} the lowest median is {low_text} ({low.name}), the highest "
            f"{high_text} ({high.name})."
        ),
        columns=("Segment", "Column", "Lower quartile", "Median", "Upper quartile"),
        rows=tuple(
            (segment.name, words.feature(one.feature).label,
             *(words.of(one.feature, value) for value in (one.q1, one.median, one.q3)))
            for segment in segments for one in segment.profile
        ),
    )  # fmt: skip


def profile(words: Words, segment: Segment) -> Caption:
    """One segment against everybody; the takeaway names its levels, strongest first."""
    ordered = sorted(segment.profile, key=lambda one: -abs(one.effect))
    parts = [
        f"{'ordinary' if level == 'medium' else level} {listed([words.label(one.feature) for one in group])}"
        for level, group in groupby(ordered[:MOST_NAMED], key=lambda one: one.level)
    ]
    seen = [f"{words.label(one.feature)} {words.against(one)}" for one in ordered]
    return Caption(
        name=f"profile-{segment.slug}",
        takeaway=f"{capital(', '.join(parts))}.",
        subtitle="Standard deviations from the average customer; grey ticks: the other segments",
        description=f"{segment.name}: {listed(seen)}. Bars run left of the middle for below average, right for above.",
        columns=("Column", "Segment mean", "Everybody’s mean", "Difference", "Standard deviations"),
        rows=tuple(_profile_row(words, one) for one in ordered),
        small=True,
    )


def _row(words: Words, segment: Segment) -> str:
    return f"{segment.name}: {listed([f'{words.label(p.feature)} {words.against(p)}' for p in segment.profile])}."


def _cells(words: Words, segment: Segment) -> tuple[str, ...]:
    return tuple(
        text
        for one in segment.profile
        for text in (words.of(one.feature, one.mean), _difference(words, one))
    )  # fmt: skip


def _profile_row(words: Words, one: FeatureProfile) -> tuple[str, ...]:
    feature = words.feature(one.feature)
    return (
        feature.label, words.of(one.feature, one.mean), words.of(one.feature, feature.mean), _difference(words, one),
        words.figures.signed(one.effect, 2),
    )  # fmt: skip


def _difference(words: Words, one: FeatureProfile) -> str:
    return words.figures.signed_difference(words.feature(one.feature), one.difference, one.ratio)


def _of(segment: Segment, feature: str) -> FeatureProfile:
    return next(one for one in segment.profile if one.feature == feature)
