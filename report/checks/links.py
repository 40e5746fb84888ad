"""Every link, anchor and asset leads somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.checks.addresses import is_absolute, is_elsewhere, target
from report.checks.finished import MISSING_PAGE, FinishedPage, FinishedSite, Problem

LOADING = ("script", "img", "iframe", "source", "video", "audio", "embed", "object", "track", "input")
LOADING_LINKS = ("stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch")
CSS_ADDRESS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')\s]+)""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def links(site: FinishedSite) -> Iterator[Problem]:
    """Problems of every address on every page and in every stylesheet."""
    for page in site.pages.values():
        for address, loads in addresses(page):
            yield from _page_address(site, page, address, loads=loads)
    for name, file in site.ending(".css"):
        for address in CSS_ADDRESS.findall(CSS_COMMENT.sub("", file.read_text(encoding="utf-8"))):
            yield from _css_address(site, name, address)


def addresses(page: FinishedPage) -> Iterator[tuple[str, bool]]:
    """Each address on the page, with whether the browser loads it by itself."""
    for element in page.elements("//*[@href or @src or @poster or @data]"):
        tag = str(element.tag)
        for attribute in ("href", "src", "poster", "data"):
            address = element.get(attribute)
            if address is None or (attribute == "data" and tag != "object"):
                continue
            rel = element.get("rel", "").split()
            yield address.strip(), tag in LOADING or (tag == "link" and any(kind in LOADING_LINKS for kind in rel))


def _page_address(site: FinishedSite, page: FinishedPage, address: str, *, loads: bool) -> Iterator[Problem]:
    if not address or address.startswith("data:"):
        return
    if is_elsewhere(address):
        if loads:
            yield Problem(page.address, f"loads “{address}” from another site; keep a copy in the site.")
        elif address.lower().startswith("javascript:"):
            yield Problem(page.address, "a link runs a script; the security policy refuses it.")
        return
    if is_absolute(address) and (page.address != MISSING_PAGE or site.base_path is None):
        yield Problem(
            page.address, f"“{address}” starts at the server's root; links must be relative to work anywhere."
        )
        return
    found = target(address, page.address, site.base_path)
    if found is None or found.file not in site.files:
        yield Problem(page.address, f"“{address}” leads nowhere; correct the link or add the file.")
    elif found.anchor and not _has_anchor(site, found.file, found.anchor):
        yield Problem(page.address, f"“{address}”: the page has no place called “{found.anchor}”.")


def _has_anchor(site: FinishedSite, file: str, anchor: str) -> bool:
    page = site.pages.get(file)
    return page is None or anchor == "top" or anchor in page.ids


def _css_address(site: FinishedSite, name: str, address: str) -> Iterator[Problem]:
    if address.startswith(("data:", "#")):
        return
    if is_elsewhere(address):
        yield Problem(name, f"loads “{address}” from another site; keep a copy in the site.")
        return
    found = None if is_absolute(address) else target(address, name)
    if found is None or found.file not in site.files:
        yield Problem(name, f"“{address}” leads nowhere.")
