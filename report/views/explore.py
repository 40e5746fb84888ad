"""The table before any segments were found: distributions, correlations, comparisons by category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.language import gettext
from analysis.language.words import in_sentence, listed
from report.captions.pictured import MOST_COLUMNS
from report.views.story import ChartBlock, Page, Story
from report.views.withheld import explained_pairs
from report.views.words import column_names


@dataclass(frozen=True)
class Group:
    """The comparisons by one column."""

    label: str
    charts: list[ChartBlock]


@dataclass(frozen=True)
class ExplorePage:
    """What the template `explore` shows."""

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
        heading=gettext("The customers, column by column"),
        lead=_lead(story),
        more=_more(story),
        distributions=story.charts("distribution-"),
        correlations=story.chart("correlations"),
        groups=[group for group in (_group(story, name) for name in by) if group.charts],
        brush=story.chart("brush"),
    )
    description = gettext("Distributions, correlations and comparisons by category.")
    return Page("explore", "explore", gettext("Explore"), description, values, gettext("Explore"))


def _lead(story: Story) -> str:
    names = column_names([feature.label for feature in story.contract.data.features])
    count = story.formats.number(story.contract.data.customers)
    if not story.numeric:
        return gettext(
            "The {count} customers are described by categories only ({columns}), so there are no distributions to "
            "draw. Each segment’s page compares its categories with those of all customers.",
            count=count, columns=names,
        )  # fmt: skip
    return gettext(
        "What the {count} customers look like, overall and by segment: {columns}.", count=count, columns=names
    )


def _more(story: Story) -> str:
    count, told = len(story.numeric), []
    if count > MOST_COLUMNS:
        told.append(
            gettext(
                "{drawn} of the {count} columns of numbers are drawn, first those by which segments were found. The "
                "downloads on the data page have the figures of all columns.",
                drawn=MOST_COLUMNS, count=count,
            )
        )  # fmt: skip
    if withheld := _withheld(story):
        told.append(
            gettext(
                "Not drawn: {columns}. The bars could reveal single customers because of a few values far from the "
                "others, a few empty cells or a value that few customers have. Check whether those values are correct.",
                columns=listed(withheld),
            )
        )
    if sentence := explained_pairs(story.contract):
        told.append(sentence)
    return " ".join(told)


def _withheld(story: Story) -> list[str]:
    """The clustering columns whose histograms may not be published; columns of two values never have one."""
    drawn = {one.feature for one in story.contract.exploration.distributions}
    graded = [one for one in story.clustering if one.kind == "numeric" and one.measure != "boolean"]
    return [in_sentence(one.label) for one in graded if one.two_values is None and one.name not in drawn]


def _group(story: Story, by: str) -> Group:
    feature = story.feature(by)
    charts = [
        story.chart(f"comparison-{story.feature(comparison.feature).slug}-by-{feature.slug}")
        for comparison in story.contract.exploration.comparisons
        if comparison.by == by
    ]
    return Group(in_sentence(feature.label), [chart for chart in charts if chart])
