"""The table before any segment was looked for: distributions, correlations, comparisons by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.captions.pictured import MOST_COLUMNS
from report.views.story import ChartBlock, Page, Story
from report.views.withheld import explained_pairs
from report.views.words import columns, listed, lower_first


@dataclass(frozen=True)
class Group:
    """The comparisons made by one column."""

    label: str
    charts: list[ChartBlock]


@dataclass(frozen=True)
class ExplorePage:
    """What the template `explore` tells."""

    heading: str
    lead: str
    more: str
    distributions: Sequence[ChartBlock]
    correlations: ChartBlock | None
    groups: Sequence[Group]
    brush: ChartBlock | None


def explore(story: Story) -> Page:
    """The exploration page."""
    exploration = story.contract.exploration
    by = list(dict.fromkeys(comparison.by for comparison in exploration.comparisons))
    values = ExplorePage(
        heading="The customers, column by column",
        lead=_lead(story),
        more=_more(story),
        distributions=story.charts("distribution-"),
        correlations=story.chart("correlations"),
        groups=[group for group in (_group(story, name) for name in by) if group.charts],
        brush=story.chart("brush"),
    )
    description = "Distributions, correlations and groups in the table."
    return Page("explore", "explore", "Explore", description, values, "Explore")


def _lead(story: Story) -> str:
    by = columns([feature.label for feature in story.contract.data.features])
    count = story.formats.number(story.contract.data.customers)
    if not story.numeric:
        return (
            f"The {count} customers are known by categories alone ({by}), so that there is no distribution to draw. "
            "Each segment’s page shows its categories against everybody’s."
        )
    return f"What the {count} customers look like by {by}, all together and segment by segment."


def _more(story: Story) -> str:
    count, told = len(story.numeric), []
    if count > MOST_COLUMNS:
        told.append(
            f"Of the {count} columns that can be drawn so, {MOST_COLUMNS} are, first those by which segments were "
            "found; the figures of all are among the downloads of the data page."
        )
    if withheld := _withheld(story):
        told.append(
            f"Not drawn: {listed(withheld)}. A few values far outside the others, a few empty cells or a value that "
            "few customers have would let bars give single customers away; look whether those values are right."
        )
    if sentence := explained_pairs(story.contract):
        told.append(sentence)
    return " ".join(told)


def _withheld(story: Story) -> list[str]:
    """The columns by which segments were found whose histograms may not be published; of two values there is none."""
    drawn = {one.feature for one in story.contract.exploration.distributions}
    graded = [one for one in story.clustering if one.kind == "numeric" and one.measure != "boolean"]
    return [lower_first(one.label) for one in graded if one.two_values is None and one.name not in drawn]


def _group(story: Story, by: str) -> Group:
    feature = story.feature(by)
    charts = [
        story.chart(f"comparison-{story.feature(comparison.feature).slug}-by-{feature.slug}")
        for comparison in story.contract.exploration.comparisons
        if comparison.by == by
    ]
    return Group(lower_first(feature.label), [chart for chart in charts if chart])
