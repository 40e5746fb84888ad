"""What the built-in renderer takes from `_quarto.yml`, the one source of navigation for both renderers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from analysis.configuration.yaml_text import NoYamlError, read_yaml
from report.errors import RenderError

SCRIPTS = ("assets/charts.js",)
"""Scripts of pages whose header says `charts: true`."""


@dataclass(frozen=True)
class Link:
    """An entry of the navigation or the footer; `href`, from the site's root, is empty where it is only text."""

    text: str
    href: str

    @property
    def slot(self) -> str:
        """The variable by which `shell.lua` says that a page belongs to this entry."""
        return f"at.page-{self.href.removesuffix('.html')}"


@dataclass(frozen=True)
class Project:
    """A Quarto website project, as far as the built-in renderer honours it."""

    title: str
    description: str
    language: str
    site_url: str | None
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...] = ()
    favicon: str | None = None
    feed: str | None = None
    """The Atom feed of the site's builds, where it has one."""
    unlisted: tuple[str, ...] = ()
    """Pages that search, the sitemap and search engines leave out."""

    @property
    def base_path(self) -> str | None:
        """The path at which the site stands on its server (`/repository/`); none where no address is set."""
        if not self.site_url:
            return None
        return f"{urlsplit(self.site_url).path.rstrip('/')}/"


def read_project(source: Path) -> Project:
    """Read `_quarto.yml` in `source`.

    Raises RenderError where it is missing, no YAML, or not a website.
    """
    file = source / "_quarto.yml"
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NoYamlError) as error:
        raise RenderError(f"{file} cannot be read as a Quarto project: {error}") from None
    if not isinstance(content, dict) or not isinstance(content.get("website"), dict):
        raise RenderError(f"{file} has no `website:` entry; the built-in renderer draws website projects only.")
    return project_of(content, tuple(name for name in SCRIPTS if (source / name).is_file()))


def project_of(content: dict[str, Any], scripts: tuple[str, ...] = ()) -> Project:
    """The project that this content of `_quarto.yml` describes. Its `website` is a mapping."""
    website = content["website"]
    formats = _mapping(_mapping(content.get("format")).get("html"))
    url = website.get("site-url")
    return Project(
        title=str(website.get("title", "")),
        description=str(website.get("description", "")),
        language=str(content.get("lang", formats.get("lang", "en"))),
        site_url=f"{str(url).rstrip('/')}/" if url else None,
        navigation=tuple(_links(_mapping(website.get("navbar")).get("left", []))),
        footer=_footer(website.get("page-footer")),
        stylesheets=tuple(
            item for item in _list(formats.get("css")) if isinstance(item, str) and item.endswith(".css")
        ),
        scripts=scripts,
        favicon=website.get("favicon"),
        feed=str(content["site-feed"]) if content.get("site-feed") else None,
        unlisted=tuple(map(str, _list(content.get("site-unlisted")))),
    )


def _links(items: object) -> list[Link]:
    links: list[Link] = []
    for item in _list(items):
        entry = _mapping(item)
        if "href" in entry:
            links.append(Link(str(entry.get("text", entry["href"])), page_address(str(entry["href"]))))
        links.extend(_links(entry.get("menu", [])))
    return links


def _footer(entry: object) -> tuple[Link, ...]:
    """Entries of the list under `left`: an address resolves from every page, which one in running text does not."""
    items = map(_mapping, _list(_mapping(entry).get("left")))
    return tuple(Link(str(item["text"]), page_address(str(item.get("href", "")))) for item in items if "text" in item)


def page_address(href: str) -> str:
    """The address of a link to a source page: `segments.qmd#id` → `segments.html#id`; any other stays as it is."""
    path, hash_mark, anchor = href.partition("#")
    if path.endswith(".qmd") and not urlsplit(href).scheme:
        path = f"{path.removesuffix('.qmd')}.html"
    return f"{path.removeprefix('./')}{hash_mark}{anchor}"


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
