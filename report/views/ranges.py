"""95 % intervals in a few figures, `29–51`; nothing where there is none."""

from __future__ import annotations

from analysis.contract import Feature, FeatureProfile, Segment
from report.captions.strength import to
from report.views.story import Story

EXPLAINED = (
    "Small ranges are 95% intervals: had other customers of the same kind been drawn, and the segments been found "
    "anew, the figure would mostly lie between these two."
)
"""Said once on a page that shows ranges."""


def size_range(story: Story, segment: Segment) -> str:
    """Customers, `29–51`."""
    ends = segment.size_interval
    return "" if ends is None else to(story.formats.number(ends.lower), story.formats.number(ends.upper))


def share_range(story: Story, segment: Segment) -> str:
    """Share of all customers, `14.7%–25.3%`."""
    ends = segment.share_interval
    return "" if ends is None else to(story.share(ends.lower), story.share(ends.upper))


def value_share_range(story: Story, segment: Segment) -> str:
    """Share of all value, `35.4%–53.6%`."""
    ends = segment.lifetime.share_interval if segment.lifetime else segment.value_share_interval
    return "" if ends is None else to(story.share(ends.lower), story.share(ends.upper))


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
