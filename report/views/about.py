"""How to read the site: where to begin, and what each page answers.

An analyst's own page of the same name takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.basics.letters import capital
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


def about(story: Story, others: Iterable[Page]) -> Page:
    """The page, with a line for each of the others in the navigation. Raises KeyError for one that it does not know."""
    acts = any(segment.recommendations for segment in story.contract.segments)
    answers = _answers(acts=acts, costs=any(segment.budget for segment in story.contract.segments))
    lines = [
        line
        for page in others
        if page.navigation
        for line in (
            PageLine(page.navigation, f"{page.path}.html", answers[page.path]),
            *([PageLine("One page a segment", None, answers["segments/"])] if page.path == "segments" else ()),
        )
    ]
    values = AboutPage("About", DESCRIPTION, lines, acts, CHARTS, TRY)
    return Page(PATH, "about", "About", DESCRIPTION, values, "About")


def _answers(*, acts: bool, costs: bool) -> dict[str, str]:
    """What each page answers, by its path."""
    of_each = ["who are they", *(["what do we do for them"] if acts else []), *(["what may it cost"] if costs else [])]
    return {
        "index": f"Who are our customers{', and where do we start' if acts else ''}?",
        "segments": "How do the groups compare?",
        "segments/": f"{capital(', '.join(of_each))}?",
        "explore": "What is in the table, before any grouping?",
        "method": "How was it done, and how far can it be trusted?",
        "data": "Is the table sound, and where are the figures to take away?",
        "glossary": "What does that word mean?",
    }
