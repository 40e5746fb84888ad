"""How an address on a page leads to a file of the site."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Target:
    """Where an address leads inside the site."""

    file: str
    anchor: str


def is_elsewhere(address: str) -> bool:
    """Whether the address leaves the site or is no address of a file: `https:`, `mailto:`, `data:`, `//host`."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def is_absolute(address: str) -> bool:
    """Whether the address starts at the server's root, which is right in one place alone."""
    return address.startswith("/") and not address.startswith("//")


def target(address: str, page: str, base_path: str | None = None) -> Target | None:
    """The file, and the place in it, that an address on `page` leads to; none where it climbs out of the site."""
    parts = urlsplit(address)
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return Target(page, anchor)
    if is_absolute(path):
        if base_path is None or not path.startswith(base_path):
            return None
        whole = posixpath.normpath(path.removeprefix(base_path) or ".")
    else:
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if whole.startswith(".."):
        return None
    if path.endswith("/") or whole == ".":
        whole = posixpath.normpath(posixpath.join(whole, "index.html"))
    return Target(whole, anchor)
