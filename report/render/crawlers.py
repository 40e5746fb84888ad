"""The small files that servers and search engines look for."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from report.render.layout import public_path

UNLISTED = "404.html"


def crawler_files(addresses: list[str], site_url: str | None, unlisted: Collection[str] = ()) -> dict[str, str]:
    """Path → content: `.nojekyll` (for GitHub Pages), `robots.txt`, and `sitemap.xml` with an address.

    The sitemap states no dates: the same input gives the same bytes. It leaves out what is `unlisted`.
    """
    files = {".nojekyll": "", "robots.txt": _robots(site_url)}
    if site_url:
        files["sitemap.xml"] = _sitemap(sorted(set(addresses) - {UNLISTED, *unlisted}), site_url)
    return files


def _robots(site_url: str | None) -> str:
    lines = ["User-agent: *", "Allow: /"] + ([f"Sitemap: {site_url}sitemap.xml"] if site_url else [])
    return "\n".join(lines) + "\n"


def _sitemap(addresses: list[str], site_url: str) -> str:
    entries = "".join(f"  <url><loc>{escape(site_url + public_path(address))}</loc></url>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
