"""Makes Quarto's output the same for the same input, and adds the small files a site has under either renderer."""

from __future__ import annotations

import re
from pathlib import Path

from report.render.crawlers import crawler_files
from report.render.project import Project
from report.system.effects import Effects

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def normalise(site: Path, addresses: list[str], project: Project, effects: Effects) -> None:
    """Number random ids, and write crawler files in the place of Quarto's, whose sitemap carries file times.

    Quarto writes an index for its own search, even where that is off; the shell has another.
    """
    effects.remove(site / "search.json")
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        steady = numbered(text)
        if steady != text:
            effects.write(page, steady)
    for name, content in crawler_files(addresses, project.site_url, project.unlisted).items():
        effects.write(site / name, content)


def numbered(html: str) -> str:
    """Every random identifier of a page, replaced by its number in order of appearance."""
    numbers: dict[str, str] = {}
    return UUID.sub(lambda found: numbers.setdefault(found[0], f"id-{len(numbers) + 1}"), html)
