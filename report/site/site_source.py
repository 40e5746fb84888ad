"""The complete Quarto website project, as a mapping from path to content; nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from analysis.configuration import Configuration
from analysis.contract import Contract
from analysis.language import gettext
from analysis.wording.number_format import NumberFormat
from report.charts.registry import captions
from report.markup.blocks import Block, as_html, as_markdown, headings
from report.markup.escape import front_matter, metadata_text
from report.markup.templates import component
from report.markup.templates import page as rendered
from report.render.layout import FEWEST, MISSING_PAGE, PageContent, lay_out
from report.render.renderer import Ahead, Nobody
from report.site.feed import FEED, feed
from report.site.own_pages import OwnPages, headed, own_pages
from report.site.quarto_project import laid_out, project_files, quarto_project, theme_files
from report.views.about import PATH, about
from report.views.changes import changes_page, feeds
from report.views.data import data
from report.views.explore import explore
from report.views.glossary import glossary
from report.views.gone import gone_pages
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
    ahead: Ahead | None = None,
    own: OwnPages | None = None,
) -> Files:
    """The project: pages, configuration, assets, chart specs and `extras` (downloads, notebook, Vega bundle).

    `contract` is the published one, after disclosure control. `ahead` is told of each page as soon as it is made,
    while others wait for their pictures. `own` are the analyst's pages, read here unless they are handed over. Raises
    ConfigurationError for an own page whose name or header cannot be used.
    """
    site = configuration.site.valued(lifetime=contract.lifetime is not None and contract.lifetime.used)
    formats = NumberFormat(site.site.locale, site.site.currency)
    story = Story(contract, site, formats, captions(contract, formats), pictures)
    own, ahead = own or own_pages(configuration.pages), ahead or Nobody()
    warning = banner(story)
    written = own.files if warning is None else headed(own, as_markdown(_banner(warning, "")))
    for path, content in written.items():
        if isinstance(content, str):  # a page; pictures and the like are bytes
            ahead.begin(path, content)
    pages: list[Page] = []
    sources: Files = {}
    for page in every_page(story, extras, {page.path for page in own.pages}):
        blocks = blocks_of(page, warning, story.others(page))
        path = f"{page.path}.qmd"
        ahead.take(path, content_of(page, blocks))
        sources[path] = header_of(page) + as_markdown(blocks)
        pages.append(page)
    project = quarto_project(story, pages, own.pages)
    return (
        sources
        | written
        | project_files(project)
        | {MISSING_PAGE: missing_page(project)}
        | theme_files(site.theme)
        | _assets()
        | {f"charts/{name}.json": picture.spec for name, picture in sorted(pictures.items())}
        | dict(extras)
        | ({FEED: feed(story)} if feeds(story) else {})
    )


def every_page(story: Story, extras: Mapping[str, str | bytes], own: Collection[str] = ()) -> Iterator[Page]:
    """Every page that the build writes, in the navigation's order; each waits for its own pictures.

    `own` are the addresses of an analyst's pages, of which one may take the place of `about`.
    """
    before: list[Page] = []
    for page in _all_but_about(story, extras):
        before.append(page)
        yield page
    if PATH not in own:
        yield about(story, before)


def _all_but_about(story: Story, extras: Mapping[str, str | bytes]) -> Iterator[Page]:
    yield overview(story)
    yield segments(story)
    for segment in story.contract.segments:
        yield segment_page(story, segment)
    yield from gone_pages(story)
    if story.contract.edition:
        yield changes_page(story)
    yield explore(story)
    yield method(story)
    yield data(story, extras.keys())
    yield glossary(story)


def missing_page(project: dict[str, object]) -> str:
    """What a server sends for an address that leads nowhere; finished, or Quarto would lead its links to the root."""
    html = component("missing", root="").html
    content = PageContent(html, title=gettext("Page not found"), description=gettext("This page does not exist."))
    return lay_out(MISSING_PAGE, laid_out(project), content)


def blocks_of(page: Page, warning: Banner | None = None, others: Sequence[ChartBlock] = ()) -> tuple[Block, ...]:
    """What a page is made of, under a warning where there is one, above charts that have no place in it."""
    root = "../" * (len(PurePosixPath(page.path).parts) - 1)
    top = () if warning is None else _banner(warning, root)
    more = rendered("more_charts", MoreCharts(others), root) if others else ()
    return (*top, *rendered(page.template, page.values, root), *more)


def _banner(warning: Banner, root: str) -> tuple[Block, ...]:
    return (component("banner", root=root, banner=warning),)


def header_of(page: Page) -> str:
    """The header of a page's source."""
    return front_matter(
        {
            "pagetitle": metadata_text(page.title),
            "description": metadata_text(page.description),
            "title-block-style": "none",
            "toc": page.contents,
            "charts": True,
            **({} if page.listed else {"unlisted": True}),
        }
    )


def content_of(page: Page, blocks: Sequence[Block]) -> PageContent:
    """A page as the layout takes it: what Pandoc and `shell.lua` make of its source."""
    found = tuple(headings(blocks)) if page.contents else ()
    return PageContent(
        as_html(blocks),
        found if len(found) >= FEWEST else (),
        title=metadata_text(page.title),
        description=metadata_text(page.description),
        charts=True,
    )


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
