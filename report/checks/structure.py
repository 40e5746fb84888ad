"""What readers, screen readers and search engines need of every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from report.checks.finished import FinishedPage, FinishedSite, Problem

# A drawing is a picture with a name, or it, or something round it, is hidden from screen readers or is the picture.
UNNAMED_SVG = (
    "//svg[not(@aria-hidden='true') and not(@role='img' and (@aria-label or @aria-labelledby))"
    " and not(ancestor::*[@role='img' or @aria-hidden='true'])]"
)


def structure(site: FinishedSite) -> Iterator[Problem]:
    """Problems of headings, titles, descriptions, identifiers and the alternatives to pictures."""
    for page in site.pages.values():
        yield from _once(page)
        yield from _pictures(page)
        yield from _described(page)
        yield from _ids(page)
        yield from _drawings(page)


def _once(page: FinishedPage) -> Iterator[Problem]:
    headings = len(list(page.elements("//h1")))
    if headings != 1:
        yield Problem(page.address, f"has {headings} main headings (h1); exactly one was expected.")
    if not str(page.tree.findtext(".//title") or "").strip():
        yield Problem(page.address, "has no title.")
    if not page.tree.get("lang"):
        yield Problem(page.address, "does not name its language; add `lang`.")


def _described(page: FinishedPage) -> Iterator[Problem]:
    descriptions = [str(text).strip() for text in page.tree.xpath("//meta[@name='description']/@content")]
    if len(descriptions) != 1 or not descriptions[0]:
        yield Problem(page.address, "needs exactly one description that is not empty (`description:` in its header).")


def _ids(page: FinishedPage) -> Iterator[Problem]:
    for name, times in Counter(page.ids).items():
        if times > 1:
            yield Problem(
                page.address,
                f"the id “{name}” is used {times} times; use it once, because links lead only to the first.",
            )


def _pictures(page: FinishedPage) -> Iterator[Problem]:
    for image in page.elements("//img[not(@alt)]"):
        yield Problem(page.address, f"the image “{image.get('src', '')}” has no alternative text.")


def _drawings(page: FinishedPage) -> Iterator[Problem]:
    for _ in page.elements(UNNAMED_SVG):
        yield Problem(page.address, "a drawing has neither a label nor `aria-hidden`; add one of them.")
        break
