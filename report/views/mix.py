"""The categories of a segment's customers beside those of all customers."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.contract import CategoryShare, Feature, Segment, WithheldShare
from analysis.language import gettext
from report.captions.words import withheld
from report.views.story import Story


@dataclass(frozen=True)
class MixRow:
    """One category in the segment and among all."""

    category: str
    share: str
    share_overall: str
    residual: str
    counts: str
    """`clearly more` or `clearly fewer` where the difference is significant, else empty."""


@dataclass(frozen=True)
class Mix:
    """One categorical column in the segment."""

    label: str
    rows: list[MixRow]
    rated: bool
    """Whether the differences were tested."""


def mix(story: Story, segment: Segment) -> list[Mix]:
    """The categories of each categorical column, in the table's order."""
    columns = list(dict.fromkeys(share.feature for share in segment.categories))
    return [_mix_of(story, segment, story.feature(name)) for name in columns]


def _mix_of(story: Story, segment: Segment, feature: Feature) -> Mix:
    own = [share for share in segment.categories if share.feature == feature.name]
    rated = any(share.residual is not None for share in own)
    return Mix(feature.label, [_mix_row(story, share) for share in own], rated=rated)


def _mix_row(story: Story, share: CategoryShare | WithheldShare) -> MixRow:
    if isinstance(share, WithheldShare):
        return MixRow(share.category, withheld(), story.share(share.share_overall), withheld(), "")
    residual = "–" if share.residual is None else story.formats.signed(share.residual, 1)
    own, everybody = story.share(share.share), story.share(share.share_overall)
    counts = ""
    if share.marker and own != everybody:
        counts = gettext("clearly more") if share.share > share.share_overall else gettext("clearly fewer")
    return MixRow(share.category, own, everybody, residual, counts)
