"""The complete Quarto website project, as a mapping from path to content; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from analysis.configuration import Configuration
from analysis.contract import Contract
from analysis.wording.figures import Figures
from report.charts.registry import captions
from report.markup.escape import front_matter, metadata_text
from report.markup.templates import component, components
from report.markup.templates import page as rendered
from report.render.layout import MISSING_PAGE, PageContent, lay_out
from report.render.page import SourcePage
from report.render.renderer import Begin
from report.site.own_pages import OwnPages, headed, own_pages
from report.site.quarto_project import laid_out, project_files, quarto_project, theme_files
from report.views.data import data
from report.views.explore import explore
from report.views.glossary import glossary
from report.views.method import method
from report.views.overview import overview
from report.views.segment import segment_page
from report.views.segments import segments
from report.views.story import ChartBlock, Drawn, MoreCharts, Page, Story
from report.views.verdict import Banner, banner

Files = dict[str, str | bytes]


def site_source(
    contract: Contract,
    configuration: Configuration,
    pictures: Mapping[str, Drawn],
    extras: Mapping[str, str | bytes],
    begin: Begin = lambda _path, _text: None,
    own: OwnPages | None = None,
) -> Files:
    """The project: pages, configuration, assets, chart specs and `extras` (downloads, notebook, Vega bundle).

    `contract` is the published one, after disclosure control. `begin` is told of each page as soon as it is written,
    while others wait for their pictures. `own` are the analyst's pages, read here unless they are handed over. Raises
    ConfigurationError for an own page whose name or header cannot be used.
    """
    site = configuration.site.valued(lifetime=contract.lifetime is not None and contract.lifetime.used)
    figures = Figures(site.site.locale, site.site.currency)
    story = Story(contract, site, figures, captions(contract, figures), pictures)
    own = own or own_pages(configuration.pages)
    warning = banner(story)
    pages: list[Page] = []
    sources: Files = {}
    for page in every_page(story, extras):
        path, text = f"{page.path}.qmd", qmd(page, warning, story.others(page))
        begin(path, text)
        sources[path] = text
        pages.append(page)
    project = quarto_project(story, pages, own.pages)
    return (
        sources
        | (own.files if warning is None else headed(own, str(component("banner", root="", banner=warning))))
        | project_files(project)
        | {MISSING_PAGE: missing_page(project)}
        | theme_files(site.theme)
        | _assets()
        | {f"charts/{name}.json": picture.spec for name, picture in sorted(pictures.items())}
        | dict(extras)
    )


def every_page(story: Story, extras: Mapping[str, str | bytes]) -> Iterator[Page]:
    """Every page that the build writes, in the navigation's order; each waits for its own pictures."""
    yield overview(story)
    yield segments(story)
    for segment in story.contract.segments:
        yield segment_page(story, segment)
    yield explore(story)
    yield method(story)
    yield data(story, extras.keys())
    yield glossary(story)


def missing_page(project: dict[str, object]) -> str:
    """What a server sends for an address that leads nowhere; finished, or Quarto would lead its links to the root."""
    source = SourcePage(MISSING_PAGE, {"pagetitle": "Page not found", "description": "This page does not exist."}, "")
    return lay_out(source, laid_out(project), PageContent(components().get_template("missing.html.j2").render(root="")))


def qmd(page: Page, warning: Banner | None = None, others: Sequence[ChartBlock] = ()) -> str:
    """A page's source: header and body, under a warning where there is one, above charts that have no place in it."""
    root = "../" * (len(PurePosixPath(page.path).parts) - 1)
    header: dict[str, object] = {
        "pagetitle": metadata_text(page.title),
        "description": metadata_text(page.description),
        "title-block-style": "none",
        "toc": page.contents,
        "charts": True,
    }
    # As plain text: Markup would escape the header that it is added to.
    top = "" if warning is None else str(component("banner", root=root, banner=warning))
    more = "\n\n" + rendered("more_charts", MoreCharts(others), root) if others else ""
    return front_matter(header) + top + rendered(page.template, page.values, root) + more


def _assets() -> Files:
    """The stylesheets, scripts and fonts that pages refer to."""
    folder = files("report") / "assets"
    return dict(_content(folder, "assets"))


def _content(folder: Traversable, under: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{under}/{entry.name}"
        if entry.is_dir():
            found.extend(_content(entry, path))
        elif PurePosixPath(entry.name).suffix in PUBLISHED:
            found.append((path, entry.read_bytes()))
    return found


PUBLISHED = (".css", ".js", ".woff2", ".svg", ".txt")
