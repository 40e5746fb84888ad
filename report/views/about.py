"""How to read the site: where to begin, and what each page answers.

An analyst's own page of the same name takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.views.story import Page, Story

PATH = "about"
DESCRIPTION = "How to read this site in ten minutes, and what each page is for."
CHARTS = (
    "The sentence above a chart is its finding. The numbers behind it stand below, in a table that opens. Touch a "
    "chart and it answers: marks tell their figures, and the buttons above it pick a segment."
)
TRY = (
    "Run an action on half of a segment and compare with the other half. The figures on this site describe; only a "
    "comparison shows what an action changed."
)


@dataclass(frozen=True)
class PageLine:
    """What a page answers."""

    name: str
    address: str | None
    """From the site's first folder; none where there are several."""
    answers: str


PAGES = (
    PageLine("Overview", "index.html", "Who are our customers, and where do we start?"),
    PageLine("Segments", "segments.html", "How do the groups compare?"),
    PageLine("One page a segment", None, "Who are they, what do we do for them, what may it cost?"),
    PageLine("Explore", "explore.html", "What is in the table, before any grouping?"),
    PageLine("Method", "method.html", "How was it done, and how far can it be trusted?"),
    PageLine("Data", "data.html", "Is the table sound, and where are the figures to take away?"),
    PageLine("Glossary", "glossary.html", "What does that word mean?"),
)


@dataclass(frozen=True)
class AboutPage:
    """What the template `about` tells."""

    heading: str
    lead: str
    pages: Sequence[PageLine]
    acts: bool
    """Whether the site recommends actions."""
    charts: str
    trial: str


def about(story: Story) -> Page:
    """The page."""
    acts = any(segment.recommendations for segment in story.contract.segments)
    values = AboutPage("About", DESCRIPTION, PAGES, acts, CHARTS, TRY)
    return Page(PATH, "about", "About", DESCRIPTION, values, "About")
