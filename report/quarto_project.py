"""`_quarto.yml` and the two themes: what makes a folder of pages a Quarto website, and the shell's navigation."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.configuration.site import Theme
from report.escape import metadata_text, pandoc_escape, yaml_document
from report.own_pages import OwnPage
from report.views.story import Page, Story
from report.views.words import plural

STYLESHEETS = ("assets/atlas.css", "assets/charts.css", "assets/theme.css")

# The stylesheet's paper and ink, so that Quarto's own furniture sits on the same ground.
_LIGHT = {"body-bg": "#fcfcfa", "body-color": "#15181d", "code-block-bg": "#f2f3f0"}
_DARK = {"body-bg": "#12151a", "body-color": "#eceef1", "code-block-bg": "#191d24"}
# Quarto's defaults leave dark tabs and their text too close in tone.
_DARK_TABS = {
    "nav-tabs-link-active-bg": "#191d24",
    "nav-tabs-link-active-color": "#eceef1",
    "nav-link-color": "#a9b1bc",
}


def quarto_project(story: Story, pages: Sequence[Page], own: Sequence[OwnPage]) -> dict[str, str | bytes]:
    """`_quarto.yml`. Every link has its text, so that Quarto need not re-read its target for each page."""
    sources = [f"{path}.qmd" for path in (*(page.path for page in pages), *(page.path for page in own))]
    links = [{"text": page.navigation, "href": f"{page.path}.qmd"} for page in pages if page.navigation]
    links += [{"text": page.title, "href": f"{page.path}.qmd"} for page in own]
    site = story.site.site
    website: dict[str, object] = {
        "title": metadata_text(site.title),
        "description": metadata_text(site.description),
        "search": True,
        "navbar": {"left": links},
        "page-footer": {"left": footer(story)},
    }
    if site.url:
        website["site-url"] = str(site.url)
    content: dict[str, object] = {
        "project": {
            "type": "website",
            "render": sources,
            "resources": ["assets/**", "charts/*.json", "data/*", "Customer_Segmentation.ipynb"],
        },
        "lang": site.language,
        "engine": "markdown",
        "website": website,
        "format": {
            "html": {
                "theme": {"light": ["default", "light.scss"], "dark": ["default", "dark.scss"]},
                "css": list(STYLESHEETS),
                "html-math-method": "plain",
                "html-table-processing": "none",
                "anchor-sections": False,
                "page-layout": "full",
                "toc": True,
                "toc-depth": 2,
            }
        },
    }
    return {"_quarto.yml": yaml_document(content)}


def footer(story: Story) -> str:
    """The footer in Markdown: what it is made of, by constant words, figures and hashes."""
    contract = story.contract
    used, number = contract.data.customers, story.figures.number
    count, left = len(story.contract.proper), story.contract.left_over
    those = f", {number(used - left.size)} of them" if left else ""
    parts = [
        f"{number(used)} customers{those} in {count} {plural(count, 'segment')}",
        f"data {contract.provenance.data_sha256[:7]}, configuration {contract.provenance.configuration_sha256[:7]}",
        "[How this was made](method.qmd)",
    ]
    if story.site.site.fictional_note:
        parts.append(pandoc_escape(story.site.site.fictional_note))
    return " · ".join(parts)


def theme_files(theme: Theme) -> dict[str, str | bytes]:
    """The accent as a stylesheet for both shells, and Quarto's two Sass themes."""
    return {
        "assets/theme.css": f":root {{ --sa-accent: light-dark({theme.accent}, {theme.accent_dark}); }}\n",
        "light.scss": _scss(_LIGHT | {"primary": theme.accent, "link-color": theme.accent}),
        "dark.scss": _scss(_DARK | _DARK_TABS | {"primary": theme.accent_dark, "link-color": theme.accent_dark}),
    }


def _scss(variables: dict[str, str]) -> str:
    lines = [f"${name}: {value};" for name, value in variables.items()]
    return "\n".join(["/*-- scss:defaults --*/", *lines, ""])
