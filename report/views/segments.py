"""All segments side by side: sizes, typical figures, differences, and how well each wears its persona."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.contract import Feature, Segment
from report.captions.words import about
from report.views.criteria import ASKED, MatrixRow, matrix
from report.views.evaluation import weights_words
from report.views.prospects import SURE, money_range, rough
from report.views.ranges import (
    EXPLAINED,
    share_range,
    shows_ranges,
    size_range,
    stability_range,
    typical_range,
    value_share_range,
)
from report.views.story import ChartBlock, Page, Story, commonest
from report.views.withheld import explained
from report.views.words import both, brief, lower_first, spelt


@dataclass(frozen=True)
class SegmentCell:
    """A figure and its 95 % interval, where there is one."""

    value: str
    range: str = ""


@dataclass(frozen=True)
class SegmentRow:
    """A segment in the comparison."""

    name: str
    slug: str
    colour: int
    size: SegmentCell
    share: SegmentCell
    value_share: SegmentCell | None
    value_each: SegmentCell | None
    """Expected of one customer, where value is expected."""
    typical: list[SegmentCell]
    budget: str | None
    stability: SegmentCell
    band: str | None


@dataclass(frozen=True)
class Fit:
    """How a segment wears its persona."""

    name: str
    slug: str
    colour: int
    fit: str
    sentences: list[str]


@dataclass(frozen=True)
class SegmentsPage:
    """What the template `segments` tells."""

    heading: str
    lead: str
    features: Sequence[str]
    rows: Sequence[SegmentRow]
    ranges_explained: str
    withheld: str
    has_value: bool
    has_prospects: bool
    value_words: str
    has_budget: bool
    sizes: ChartBlock | None
    heatmap: ChartBlock | None
    profiles: ChartBlock | None
    ranges: ChartBlock | None
    evaluation: ChartBlock | None
    weights: str
    criteria: Sequence[str]
    asked: Sequence[str]
    matrix: Sequence[MatrixRow]
    personas: bool
    fits: Sequence[Fit]
    unnamed: Sequence[str]


def segments(story: Story) -> Page:
    """The comparison page."""
    everyone = story.contract.segments
    count = spelt(len(story.contract.proper))
    values = SegmentsPage(
        heading=f"{count.capitalize()} segments side by side",
        lead=_lead(story),
        features=[_typical_of(feature) for feature in story.clustering],
        rows=[_row(story, segment) for segment in everyone],
        ranges_explained=EXPLAINED if shows_ranges(everyone) else "",
        withheld=explained(story.contract, everyone),
        has_value=story.valued,
        has_prospects=story.lifetime is not None,
        value_words=_value(story),
        has_budget=story.contract.budget is not None,
        sizes=story.chart("segment-sizes"),
        heatmap=story.chart("segment-heatmap"),
        profiles=story.chart("segment-profiles"),
        ranges=story.chart("segment-ranges"),
        evaluation=story.chart("segment-evaluation"),
        weights=weights_words(story),
        criteria=[name.capitalize() for name in ASKED],
        asked=list(ASKED.values()),
        matrix=matrix(story),
        personas=story.personas,
        fits=[_fit(story, segment) for segment in everyone if segment.persona],
        unnamed=[segment.name for segment in story.contract.proper if not segment.persona],
    )
    return Page(
        "segments", "segments", "Segments", "All segments compared: sizes, figures and differences.", values, "Segments"
    )


def _lead(story: Story) -> str:
    proper, number = story.contract.proper, story.formats.number
    largest = max(proper, key=lambda segment: segment.size)
    smallest = min(proper, key=lambda segment: segment.size)
    if largest.size == smallest.size:
        sizes = f"{both(len(proper)).capitalize()} have {about(story.contract)}{number(largest.size)} customers."
    else:
        sizes = f"From {number(largest.size)} customers ({largest.name}) to {number(smallest.size)} ({smallest.name})."
    order = story.value_kind if story.valued else "size"
    return f"{sizes} They are listed by {order}, largest first.{_left_over(story)}"


def _left_over(story: Story) -> str:
    left = story.contract.left_over
    return f" {story.formats.number(left.size)} customers are like none of them and stand last." if left else ""


def _value(story: Story) -> str:
    label = lower_first(story.site.value.label)
    if not story.valued:
        return ""
    if story.lifetime:
        return f"Value is the {label}; the method page says how it is estimated. {SURE}{rough(story)}"
    return f"Value is {label}, as the table holds it." if story.value_known else f"Value is an estimate: {label}."


def _typical_of(feature: Feature) -> str:
    """The head of a column of typical figures, with the unit that cells leave out; of categories the commonest."""
    label = brief(lower_first(feature.label))
    if feature.kind == "category":
        return f"Commonest {label}"
    if feature.measure == "boolean":
        return f"Yes to {label}"
    unit = feature.unit_beside if feature.role != "age" else None
    head = f"{feature.typical.capitalize()} {label}"
    return f"{head}, {unit}" if unit else head


def _row(story: Story, segment: Segment) -> SegmentRow:
    stability = "not measured" if segment.stability is None else story.formats.number(segment.stability, 2)
    return SegmentRow(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        SegmentCell(story.formats.number(segment.size), size_range(story, segment)),
        SegmentCell(story.share(segment.share), share_range(story, segment)),
        None
        if segment.value_share is None
        else SegmentCell(story.share(segment.value_share), value_share_range(story, segment)),
        _value_each(story, segment),
        [_typical(story, segment, feature) for feature in story.clustering],
        story.formats.money(segment.budget.amount) if segment.budget and segment.kind == "segment" else None,
        SegmentCell(stability, stability_range(story, segment)),
        segment.stability_band,
    )


def _value_each(story: Story, segment: Segment) -> SegmentCell | None:
    one = segment.lifetime
    return SegmentCell(story.formats.money_each(one.value), money_range(story, one.value_interval)) if one else None


def _typical(story: Story, segment: Segment, feature: Feature) -> SegmentCell:
    if feature.kind == "category":
        return SegmentCell(commonest_share(story, segment, feature))
    profile = story.profile(segment, feature.name)
    if profile is None:
        return SegmentCell(story.nothing)
    written = story.formats.of(feature, profile.typical, short=True, unit=False)
    return SegmentCell(written, typical_range(story, feature, profile))


def commonest_share(story: Story, segment: Segment, feature: Feature) -> str:
    """`web, 86%`; `withheld` where another may be commoner that is withheld."""
    found = commonest(segment, feature)
    return f"{brief(found.category, 24)}, {story.share(found.share)}" if found else story.nothing


def _fit(story: Story, segment: Segment) -> Fit:
    persona = segment.persona
    fit = story.formats.percent(persona.fit) if persona else ""
    sentences = [mismatch.sentence for mismatch in persona.mismatches] if persona else []
    return Fit(segment.name, segment.slug, story.colours[segment.id], fit, sentences)
