"""`_quarto.yml` and the shell's template: what makes a folder of pages a Quarto website in the site's own design.

Quarto draws the pages without Bootstrap (`theme: none`), inside the same layout as the built-in renderer: one design,
half the time, no inline script or style. Its own navigation needs Bootstrap, so that the layout brings the bar, the
footer, the search and the switch of colours; what they say stands under `website`, where Quarto has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.configuration.site import Theme
from analysis.contract import Contract
from analysis.language import gettext, ngettext
from report.captions.editions import edition_name
from report.markup.escape import metadata_text, yaml_document
from report.render.layout import template
from report.render.own_words import own_words
from report.render.project import SCRIPTS, Project, project_of
from report.site.feed import FEED
from report.site.own_pages import OwnPage
from report.views.changes import PATH, feeds
from report.views.story import Page, Story

STYLESHEETS = ("assets/atlas.css", "assets/charts.css", "assets/theme.css")
SHELL = "_shell"
"""The folder of the layout and filters; Quarto publishes nothing whose name begins with `_`."""
FILTERS = {"own.lua": "pre-ast", "shell.lua": "post-render"}
"""Filter → when Quarto runs it: before all of its own filters, or after them."""
_LAYOUT = Path(__file__).parents[1] / "templates/layout"


def quarto_project(story: Story, pages: Sequence[Page], own: Sequence[OwnPage]) -> dict[str, object]:
    """The content of `_quarto.yml`. Every link has its text: Quarto re-reads the targets of bare ones for each page."""
    entries = [(page.navigation, page.path) for page in pages if page.navigation]
    entries += [(page.title, page.path) for page in own]
    site = story.site.site
    title = metadata_text(site.title)
    website: dict[str, object] = {
        "title": title,
        "description": metadata_text(site.description),
        "search": False,  # the shell searches by itself, with either renderer
        "navbar": {"left": [{"text": metadata_text(text), "href": f"{path}.qmd"} for text, path in entries]},
        "page-footer": {"left": footer(story)},
    }
    if site.url:
        website["site-url"] = str(site.url)
    unlisted = [f"{page.path}.html" for page in pages if not page.listed]
    feed = feeds(story)
    return {
        "project": {
            "type": "website",
            "render": [f"{path}.qmd" for path in (*(page.path for page in pages), *(page.path for page in own))],
            "resources": [
                "404.html",
                "assets/**",
                "charts/*.json",
                "data/*",
                "Customer_Segmentation.ipynb",
                *([FEED] if feed else []),
            ],
        },
        "lang": site.language,
        "engine": "markdown",
        "site-title": title,
        **({"site-feed": FEED} if feed else {}),
        # Each page has the project's keys beside its own: a page that is unlisted says `unlisted` itself.
        **({"site-unlisted": unlisted} if unlisted else {}),
        **own_words(),
        "website": website,
        "filters": [{"path": f"{SHELL}/{name}", "at": moment} for name, moment in FILTERS.items()],
        "format": {
            "html": {
                "theme": "none",
                "minimal": True,
                "template": f"{SHELL}/page.html",
                "css": list(STYLESHEETS),
                "html-math-method": "mathml",
                "html-table-processing": "none",
                "highlight-style": "none",
                "section-divs": False,
                "tbl-cap-location": "bottom",
                "toc": True,
            }
        },
    }


def project_files(content: dict[str, object]) -> dict[str, str | bytes]:
    """The project's own files: its configuration, the layout as a template, the filters."""
    filters: dict[str, str | bytes] = {f"{SHELL}/{name}": (_LAYOUT / name).read_bytes() for name in FILTERS}
    return {"_quarto.yml": yaml_document(content), f"{SHELL}/page.html": template(laid_out(content))} | filters


def laid_out(content: dict[str, object]) -> Project:
    """The project as the layout has it."""
    return project_of(content, SCRIPTS)


def footer(story: Story) -> list[dict[str, str]]:
    """The footer's entries: the size of the site, the version of its data, a link to the method."""
    note = story.site.site.fictional_note
    texts = [_grouped(story), *_rounded(story.contract), _version(story.contract)]
    return [
        *({"text": metadata_text(text)} for text in texts),
        *_edition(story.contract),
        # An entry of its own: in running text Quarto resolves a link from each page anew.
        {"text": metadata_text(gettext("How the segments were found")), "href": "method.qmd"},
        *([{"text": metadata_text(note)}] if note else []),
    ]


def _grouped(story: Story) -> str:
    contract, number = story.contract, story.formats.number
    customers, count, left = contract.data.customers, len(contract.proper), contract.left_over
    if left is None:
        return ngettext(
            "{customers} customers in {count} segment", "{customers} customers in {count} segments", count,
            customers=number(customers), count=count,
        )  # fmt: skip
    return ngettext(
        "{customers} customers, {grouped} of them in {count} segment",
        "{customers} customers, {grouped} of them in {count} segments",
        count, customers=number(customers), grouped=number(customers - left.size), count=count,
    )  # fmt: skip


def _edition(contract: Contract) -> list[dict[str, str]]:
    """Which build the site is of, and which one it is compared with, as a link to what changed."""
    edition, changes = contract.edition, contract.changes
    if edition is None:
        return []
    name = edition_name(edition.number, edition.date)
    if changes:
        name = gettext("{build}; compared with build {number}", build=name, number=changes.since)
    return [{"text": metadata_text(name), "href": f"{PATH}.qmd"}]


def _rounded(contract: Contract) -> list[str]:
    base = contract.privacy.rounding_base
    if not base:
        return []
    return [gettext("Counts are rounded to multiples of {base}, so parts may not add up to their total", base=base)]


def _version(contract: Contract) -> str:
    data, configuration = contract.provenance.data_sha256, contract.provenance.configuration_sha256[:7]
    if not data:
        return gettext("Configuration {configuration}", configuration=configuration)
    return gettext("Data {data}, configuration {configuration}", data=data[:7], configuration=configuration)


def theme_files(theme: Theme) -> dict[str, str | bytes]:
    """The accent as a stylesheet."""
    return {"assets/theme.css": f":root {{ --sa-accent: light-dark({theme.accent}, {theme.accent_dark}); }}\n"}
