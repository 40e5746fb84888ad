"""All segments side by side: sizes, typical figures, differences, and how well each fits its persona."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.basics.letters import capital
from analysis.contract import Feature, Segment
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import in_sentence, spelt
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
from report.views.story import UNNAMED, ChartBlock, Page, Story, commonest
from report.views.withheld import explained
from report.views.words import band, brief, typical

SAME_SIZE = {
    (True, True): gettext_noop("Both segments have about {customers} customers."),
    (False, True): gettext_noop("All {count} segments have about {customers} customers."),
    (True, False): gettext_noop("Both segments have {customers} customers."),
    (False, False): gettext_noop("All {count} segments have {customers} customers."),
}
"""Of segments of one size, by whether there are two, and whether counts are rounded: then the same only about."""


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
    band: str
    """Empty where stability was not measured."""


@dataclass(frozen=True)
class Fit:
    """How well a segment fits its persona."""

    name: str
    slug: str
    colour: int
    fit: str
    sentences: list[str]


@dataclass(frozen=True)
class SegmentsPage:
    """What the template `segments` shows."""

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
    everyone, name = story.contract.segments, gettext("Segments")
    values = SegmentsPage(
        heading=_heading(story),
        lead=_lead(story),
        features=[_typical_of(feature) for feature in story.clustering],
        rows=[_row(story, segment) for segment in everyone],
        ranges_explained=gettext(EXPLAINED) if shows_ranges(everyone) else "",
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
        criteria=[capital(gettext(criterion)) for criterion in ASKED],
        asked=[gettext(question) for question in ASKED.values()],
        matrix=matrix(story),
        personas=story.personas,
        fits=[_fit(story, segment) for segment in everyone if segment.persona],
        unnamed=[segment.name for segment in story.contract.proper if not segment.persona],
    )
    description = gettext("All segments compared: sizes, figures and differences.")
    return Page("segments", "segments", name, description, values, name)


def _heading(story: Story) -> str:
    number = len(story.contract.proper)
    return ngettext("{count} segment in figures", "{count} segments side by side", number, count=capital(spelt(number)))


def _lead(story: Story) -> str:
    return " ".join([_sizes(story), _order(story), *_left_over(story)])


def _sizes(story: Story) -> str:
    proper, number = story.contract.proper, story.formats.number
    largest = max(proper, key=lambda segment: segment.size)
    smallest = min(proper, key=lambda segment: segment.size)
    if largest.size == smallest.size:
        sentence = SAME_SIZE[len(proper) == 2, bool(story.contract.privacy.rounding_base)]
        return gettext(sentence, count=spelt(len(proper)), customers=number(largest.size))
    return gettext(
        "Sizes range from {most} customers ({largest}) to {fewest} ({smallest}).",
        most=number(largest.size), largest=largest.name, fewest=number(smallest.size), smallest=smallest.name,
    )  # fmt: skip


def _order(story: Story) -> str:
    if not story.valued:
        return gettext("They are listed by size, largest first.")
    return gettext("They are listed by {value}, highest first.", value=story.value_name)


def _left_over(story: Story) -> list[str]:
    left = story.contract.left_over
    if left is None:
        return []
    return [
        ngettext(
            "{count} customer is in no segment, being unlike all of them, and is listed last.",
            "{count} customers are in no segment, being unlike all of them, and are listed last.",
            left.size, count=story.formats.number(left.size),
        )
    ]  # fmt: skip


def _value(story: Story) -> str:
    """What the figures of value are, for a note below the table."""
    if not story.valued:
        return ""
    if story.lifetime:
        meaning = gettext("Value is the {value}. The Method page explains the estimate.", value=story.value_name)
        return " ".join([meaning, gettext(SURE), *rough(story)])
    own = story.site.value
    value = story.value_name if own.label == UNNAMED else in_sentence(own.called)
    if story.value_known:
        return gettext("Value is {value}, as recorded in the table.", value=value)
    return gettext("Value is an estimate: {value}.", value=value)


def _typical_of(feature: Feature) -> str:
    """The head of a column of typical figures, with the unit that its cells leave out."""
    amount = feature.kind != "category" and feature.measure != "boolean" and feature.role != "age"
    unit = feature.unit_beside if amount else None
    return f"{typical(feature)}, {unit}" if unit else typical(feature)


def _row(story: Story, segment: Segment) -> SegmentRow:
    stability = gettext("not measured") if segment.stability is None else story.formats.number(segment.stability, 2)
    return SegmentRow(
        segment.name,
        segment.slug,
        story.colours[segment.id],
        SegmentCell(story.formats.number(segment.size), size_range(story, segment)),
        SegmentCell(story.share(segment.share), share_range(story, segment, 1)),
        None
        if segment.value_share is None
        else SegmentCell(story.share(segment.value_share), value_share_range(story, segment, 1)),
        _value_each(story, segment),
        [_typical(story, segment, feature) for feature in story.clustering],
        story.formats.money(segment.budget.amount) if segment.budget and segment.kind == "segment" else None,
        SegmentCell(stability, stability_range(story, segment)),
        band(segment.stability_band),
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
    """`web, 86%`; `withheld` where a withheld category may be more common."""
    found = commonest(segment, feature)
    return f"{brief(found.category, 24)}, {story.share(found.share)}" if found else story.nothing


def _fit(story: Story, segment: Segment) -> Fit:
    persona = segment.persona
    fit = story.formats.percent(persona.fit) if persona else ""
    sentences = [mismatch.sentence for mismatch in persona.mismatches] if persona else []
    return Fit(segment.name, segment.slug, story.colours[segment.id], fit, sentences)
