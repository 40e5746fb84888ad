"""The built-in shell round a page's content: head, bar, page contents, footer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from report.render.csp import POLICY
from report.render.document import Heading
from report.render.page import Page
from report.render.project import Link, Project

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parents[1] / "layout"
CONTENTS_FROM = 3
"""A page with fewer headings than this needs no list of them."""
RELATIVE = re.compile(r"""(\s(?:href|src)=")(?!#|/|[a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*")""")


@dataclass(frozen=True)
class Content:
    """A page's own part, as HTML that Pandoc wrote from audited source."""

    html: str
    headings: tuple[Heading, ...]
    footer: str


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (not for every verb)

    # select_autoescape() knows nothing of `.html.j2`; escaping is simply always on.
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def lay_out(page: Page, project: Project, content: Content) -> str:
    """The finished page."""
    from markupsafe import Markup  # noqa: PLC0415 (comes with Jinja2)

    root = root_of(page, project)
    moved = root != page.root
    return _environment().get_template("page.html.j2").render(
        policy=POLICY,
        project=project,
        root=root,
        home=f"{root}index.html",
        title=document_title(page, project),
        heading=page.text("title") if page.text("title-block-style") != "none" else "",
        lead=page.text("subtitle"),
        description=page.text("description") or project.description,
        canonical=canonical(page, project),
        navigation=[(link, f"{root}{link.href}", current(link, page)) for link in project.navigation],
        scripts=[script for script in project.scripts if script in str(page.front.get("include-after-body", ""))],
        contents=content.headings if _wants_contents(page, content) else (),
        main=Markup(rebased(content.html, root) if moved else content.html),  # noqa: S704 (Pandoc's output)
        footer=Markup(rebased(content.footer, root)),  # noqa: S704 (Pandoc's output)
        searchable=page.address != "404.html",
    )  # fmt: skip


def root_of(page: Page, project: Project) -> str:
    """What leads from the page to the site's root: relative, except on the page that has no place of its own.

    A server sends 404.html for any path, at any depth, so that only an address from the server's root finds
    the stylesheet; it is known where `site.url` is set. Without it the page is right for paths at the top level,
    and plain but readable below.
    """
    if page.address == "404.html" and project.base_path:
        return project.base_path
    return page.root


def rebased(html: str, root: str) -> str:
    """Relative addresses of a fragment, led from another page's place to the site's root."""
    return RELATIVE.sub(rf"\g<1>{root}\g<2>", html) if root else html


def document_title(page: Page, project: Project) -> str:
    """`Page – Site`, or the site's title alone where they are the same."""
    own = page.text("pagetitle") or page.text("title")
    return f"{own} – {project.title}" if own and own != project.title else project.title


def canonical(page: Page, project: Project) -> str | None:
    """The page's public address; none where the site's is not known, and none for the page that stands in for any."""
    if not project.site_url or page.address == "404.html":
        return None
    return project.site_url + public_path(page.address)


def public_path(address: str) -> str:
    """`index.html` of a folder is addressed by its folder."""
    return address.removesuffix("index.html") if PurePosixPath(address).name == "index.html" else address


def current(link: Link, page: Page) -> str | None:
    """The value of `aria-current`: `page` on the page itself, `true` on the parent of the page (`segments/x.html`)."""
    if link.href == page.address:
        return "page"
    return "true" if page.address.startswith(f"{link.href.removesuffix('.html')}/") else None


def _wants_contents(page: Page, content: Content) -> bool:
    return page.front.get("toc", True) is not False and len(content.headings) >= CONTENTS_FROM
