"""95 % intervals, written short, `29–51`; empty where there is none."""

from __future__ import annotations

from analysis.contract import Feature, FeatureProfile, Interval, Segment
from analysis.language import gettext_noop
from report.captions.strength import to
from report.views.story import Story

EXPLAINED = gettext_noop(
    "Small ranges are 95% intervals: with a new sample of similar customers, the figure would usually fall in this "
    "range."
)
"""Told once on a page that shows ranges."""


def size_range(story: Story, segment: Segment) -> str:
    """Customers, `29–51`."""
    ends = segment.size_interval
    return "" if ends is None else to(story.formats.number(ends.lower), story.formats.number(ends.upper))


def share_range(story: Story, segment: Segment, decimals: int = 0) -> str:
    """Share of all customers, `15–25%`."""
    return _percents(story, segment.share_interval, decimals)


def value_share_range(story: Story, segment: Segment, decimals: int = 0) -> str:
    """Share of all value, `35–54%`."""
    ends = segment.lifetime.share_interval if segment.lifetime else segment.value_share_interval
    return _percents(story, ends, decimals)


def with_range(figure: str, ends: str) -> str:
    """`46% (37–54%)`; the figure alone where it has no interval."""
    return f"{figure} ({ends})" if ends else figure


def stability_range(story: Story, segment: Segment) -> str:
    """Jaccard similarity over the resamples, `0.96–1.00`."""
    ends = segment.stability_interval
    return "" if ends is None else to(story.formats.number(ends.lower, 2), story.formats.number(ends.upper, 2))


def typical_range(story: Story, feature: Feature, profile: FeatureProfile) -> str:
    """A typical figure in the column's own units, short and without the unit, `$81K–$92K`."""
    ends = profile.typical_interval
    if ends is None:
        return ""
    return to(*story.formats.ends(feature, (ends.lower, ends.upper), short=True, unit=False))


def shows_ranges(segments: tuple[Segment, ...]) -> bool:
    """Whether any of their figures has a range."""
    figures = any(profile.typical_interval for segment in segments for profile in segment.profile)
    return figures or any(segment.size_interval for segment in segments)


def _percents(story: Story, ends: Interval | None, decimals: int) -> str:
    if ends is None:
        return ""
    low, high = (story.formats.percent(end, decimals) for end in (ends.lower, ends.upper))
    return to(low, high)
