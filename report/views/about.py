"""How to read the site: where to start, and which question each page answers.

An analyst's own page of the same name replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.language import gettext, gettext_noop
from report.views.story import Page, Story

PATH = "about"
DESCRIPTION = gettext_noop("How to read this site in ten minutes, and what each page is for.")
CHARTS = gettext_noop(
    "The sentence above a chart is its finding. The table below it, which you can open, holds the numbers. Hover over "
    "or tap a mark to see its figures. The buttons above a chart select segments."
)
TRY = gettext_noop(
    "Try an action on half of a segment and compare the result with the other half. The figures on this site describe "
    "customers; only such a test shows what an action changes."
)


@dataclass(frozen=True)
class PageLine:
    """A page and the question that it answers."""

    name: str
    address: str | None
    """From the root of the site; none for several pages."""
    answers: str


@dataclass(frozen=True)
class AboutPage:
    """What the template `about` shows."""

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
    costs = any(segment.budget for segment in story.contract.segments)
    name, description = gettext("About"), gettext(DESCRIPTION)
    lines = [line for page in others for line in _lines(page, acts=acts, costs=costs)]
    values = AboutPage(name, description, lines, acts, gettext(CHARTS), gettext(TRY))
    return Page(PATH, "about", name, description, values, name)


def _lines(page: Page, *, acts: bool, costs: bool) -> list[PageLine]:
    """The lines of a page in the navigation; after the comparison of segments, one for the page of each segment."""
    if page.navigation is None:
        return []
    if page.path == "index":
        start = gettext("Who are our customers, and where do we start?")
        return [PageLine(page.navigation, "index.html", start if acts else gettext("Who are our customers?"))]
    line = PageLine(page.navigation, f"{page.path}.html", gettext(ANSWERS[page.path]))
    if page.path != "segments":
        return [line]
    return [line, PageLine(gettext("A page for each segment"), None, _of_each(acts=acts, costs=costs))]


def _of_each(*, acts: bool, costs: bool) -> str:
    if acts and costs:
        return gettext("Who are they, what do we do for them, and what can we spend?")
    if acts:
        return gettext("Who are they, and what do we do for them?")
    return gettext("Who are they, and what can we spend?") if costs else gettext("Who are they?")


ANSWERS = {
    "segments": gettext_noop("How do the segments compare?"),
    "changes": gettext_noop("What is different from the last build?"),
    "explore": gettext_noop("What is in the table, before any segmentation?"),
    "method": gettext_noop("How were the segments found, and how reliable are they?"),
    "data": gettext_noop("How good is the table, and where can I download the figures?"),
    "glossary": gettext_noop("What does a term mean?"),
}
"""Path of a page → the question that it answers, whatever the table."""
