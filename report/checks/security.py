"""Every page carries a strict content-security policy, and holds nothing that it would refuse."""

from __future__ import annotations

from collections.abc import Iterator

from report.checks.finished import FinishedPage, FinishedSite, Problem
from report.render.csp import hash_of

UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:")
DATA_TYPES = ("application/json", "application/ld+json")


def security(site: FinishedSite) -> Iterator[Problem]:
    """Problems of every page, of either renderer."""
    for page in site.pages.values():
        yield from _policy(page)
        yield from _inline(page)


def _policies(page: FinishedPage) -> list[str]:
    return [str(text) for text in page.tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")]


def _policy(page: FinishedPage) -> Iterator[Problem]:
    found = _policies(page)
    if len(found) != 1:
        yield Problem(page.address, f"has {len(found)} content-security policies; exactly one was expected.")
        return
    policy = directives(found[0])
    if policy.get("default-src") != ("'self'",):
        yield Problem(page.address, "its content-security policy does not start from default-src 'self'.")
    # What draws an own page's diagrams in the browser styles them inline.
    drawn = {("style-src", "'unsafe-inline'")} if page.tree.xpath("//pre[contains(@class, 'mermaid')]") else set()
    for name, sources in policy.items():
        for source in sources:
            if source in UNSAFE and (name, source) not in drawn:
                yield Problem(page.address, f"its content-security policy allows {source} in {name}.")


def directives(policy: str) -> dict[str, tuple[str, ...]]:
    """A policy's directives with their sources."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: tuple(part[1:]) for part in parts}


def _inline(page: FinishedPage) -> Iterator[Problem]:
    listed = directives("; ".join(_policies(page))).get("script-src", ())
    for script in page.elements("//script[not(@src)]"):
        if script.get("type") not in DATA_TYPES and hash_of(script.text or "") not in listed:
            yield Problem(page.address, "holds an inline script; put it into a file of its own.")
    if any(True for _ in page.elements("//style")):
        yield Problem(page.address, "holds an inline style sheet; put it into a file of its own.")
    for element in page.elements("//*[@style]"):
        yield Problem(page.address, f"a <{element.tag}> is styled inline; give it a class.")
        break
    handlers = {str(name) for name in page.tree.xpath("//@*[starts-with(name(), 'on')]/..") for name in name.attrib}
    for handler in sorted(name for name in handlers if name.startswith("on")):
        yield Problem(page.address, f"holds the event handler “{handler}”; scripts belong in a file.")
