"""The site's shell round a page's content: head, bar, page contents, footer.

One layout serves both renderers. `lay_out` fills it in; `template` writes it as a template of Pandoc's, in which Quarto
fills in what is a page's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from report.markup.blocks import Heading
from report.markup.sentences import IN_TEMPLATES
from report.render.csp import POLICY, STYLES, policy_for
from report.render.project import Link, Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

FOLDER = Path(__file__).parents[1] / "templates/layout"
MISSING_PAGE = "404.html"
FEWEST = 3
"""A page with fewer headings has no list of contents; `shell.lua` has the same number."""
RELATIVE = re.compile(r"""(\s(?:href|src)=")(?!#|/|[a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*")""")
# Two characters that no text of a site holds stand for Pandoc's dollar signs until those of the text are doubled.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True)
class PageContent:
    """A page's own part, as HTML from audited source, and what the layout says about it."""

    html: str
    headings: tuple[Heading, ...] = ()
    title: str = ""
    """For the browser's tab."""
    heading: str = ""
    lead: str = ""
    description: str = ""
    charts: bool = False
    """Whether it brings the scripts of the project."""


class NavigationEntry(NamedTuple):
    """An entry of the navigation, as a page shows it."""

    link: Link
    href: str
    current: str | None


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (not for every verb)

    # select_autoescape() knows nothing of `.html.j2`; escaping is simply always on.
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(IN_TEMPLATES)
    return environment


def lay_out(address: str, project: Project, content: PageContent) -> str:
    """The finished page, which will stand at that path in the site."""
    root = root_of(address, project)
    searched_for = address == MISSING_PAGE and not root
    finder = (FOLDER / "finder.js").read_text(encoding="utf-8") if searched_for else ""
    return _filled(
        project,
        root,
        slot=lambda _code: "",
        policy=policy_for(finder) if finder else POLICY,
        finder=_safe(finder),
        title=document_title(content.title, project),
        heading=content.heading,
        lead=content.lead,
        description=content.description or project.description,
        canonical=canonical(address, project),
        navigation=[NavigationEntry(link, f"{root}{link.href}", current(link, address)) for link in project.navigation],
        scripts=project.scripts if content.charts else (),
        contents=content.headings,
        main=_safe(content.html if root == way_up(address) else rebased(content.html, root)),
        searchable=address != MISSING_PAGE and address not in project.unlisted,
    )


def template(project: Project) -> str:
    """The layout as a template of Pandoc's; `shell.lua` sets the variables that are a page's own."""
    root = _slot("root")
    own_title = f"{_slot('if(tab)')}{_slot('tab')} – {_slot('endif')}{project.title}"
    described = f"{_slot('if(summary)')}{_slot('summary')}{_slot('else')}{project.description}{_slot('endif')}"
    html = _filled(
        project,
        root,
        slot=_slot,
        policy=POLICY.replace(STYLES, f"{STYLES}{_slot('if(diagrams)')} 'unsafe-inline'{_slot('endif')}"),
        finder="",
        title=own_title,
        heading=_slot("heading"),
        lead=_slot("lead"),
        description=described,
        canonical=f"{project.site_url}{_slot('address')}" if project.site_url else None,
        navigation=[NavigationEntry(link, f"{root}{link.href}", _slot(link.slot)) for link in project.navigation],
        scripts=project.scripts,
        contents=(Heading(_slot("it.id"), _slot("it.text")),),
        main=_slot("body"),
        searchable=True,
    )
    return html.replace("$", "$$").replace(OPEN, "$").replace(CLOSE, "$")


def _filled(project: Project, root: str, *, slot: Callable[[str], str], **values: object) -> str:
    footer = [(link, f"{root}{link.href}" if link.href else "") for link in project.footer]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(project=project, root=root, home=f"{root}index.html", footer=footer, slot=slot, **values)
    )


def _slot(code: str) -> str:
    return f"{OPEN}{code}{CLOSE}"


def _safe(html: str) -> str:
    from markupsafe import Markup  # noqa: PLC0415 (comes with Jinja2)

    return Markup(html)  # noqa: S704 (Pandoc's output from audited source, or a file of the package)


def root_of(address: str, project: Project) -> str:
    """What leads from the page to the site's root: relative, except on the page that has no place of its own.

    A server sends 404.html for any path, at any depth, so that only an address from the server's root finds
    the stylesheet; it is known where `site.url` is set. Without it a script on the page looks for the root; where no
    script runs the page is right for paths at the top level, and plain but readable below.
    """
    if address == MISSING_PAGE and project.base_path:
        return project.base_path
    return way_up(address)


def way_up(address: str) -> str:
    """The way from a page to the site's root: empty, or `../` for each folder it is in."""
    return "../" * (len(PurePosixPath(address).parts) - 1)


def rebased(html: str, root: str) -> str:
    """Relative addresses of a fragment, led from another page's place to the site's root."""
    # As plain text: a substitution in Markup would escape it once more.
    return RELATIVE.sub(rf"\g<1>{root}\g<2>", str(html)) if root else html


def document_title(own: str, project: Project) -> str:
    """`Page – Site`, or the site's title alone where they are the same."""
    return f"{own} – {project.title}" if own and own != project.title else project.title


def canonical(address: str, project: Project) -> str | None:
    """The page's public address; none where that of the site is unknown, and none for the 404 page."""
    if not project.site_url or address == MISSING_PAGE:
        return None
    return project.site_url + public_path(address)


def public_path(address: str) -> str:
    """`index.html` of a folder is addressed by its folder."""
    return address.removesuffix("index.html") if PurePosixPath(address).name == "index.html" else address


def current(link: Link, address: str) -> str | None:
    """The value of `aria-current`: `page` on the page itself, `true` on the parent of the page (`segments/x.html`)."""
    if link.href == address:
        return "page"
    return "true" if address.startswith(f"{link.href.removesuffix('.html')}/") else None
