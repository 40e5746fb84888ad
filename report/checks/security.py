"""The built-in shell's pages carry a strict content-security policy, and hold nothing that it would refuse."""

from __future__ import annotations

from collections.abc import Iterator

from report.checks.finished import Finished, Page, Problem

UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:")
DATA_TYPES = ("application/json", "application/ld+json")


def security(site: Finished) -> Iterator[Problem]:
    """Problems of the pages that the built-in renderer drew."""
    for page in site.pages.values():
        if not page.by_quarto:
            yield from _policy(page)
            yield from _inline(page)


def _policy(page: Page) -> Iterator[Problem]:
    found = page.tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
    if len(found) != 1:
        yield Problem(page.address, f"has {len(found)} content-security policies; exactly one was expected.")
        return
    policy = directives(str(found[0]))
    if policy.get("default-src") != ("'self'",):
        yield Problem(page.address, "its content-security policy does not start from default-src 'self'.")
    for name, sources in policy.items():
        for source in sources:
            if source in UNSAFE:
                yield Problem(page.address, f"its content-security policy allows {source} in {name}.")


def directives(policy: str) -> dict[str, tuple[str, ...]]:
    """A policy's directives with their sources."""
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: tuple(part[1:]) for part in parts}


def _inline(page: Page) -> Iterator[Problem]:
    for script in page.elements("//script[not(@src)]"):
        if script.get("type") not in DATA_TYPES:
            yield Problem(page.address, "holds an inline script; put it into a file of its own.")
    if any(True for _ in page.elements("//style")):
        yield Problem(page.address, "holds an inline style sheet; put it into a file of its own.")
    for element in page.elements("//*[@style]"):
        yield Problem(page.address, f"a <{element.tag}> is styled inline; give it a class.")
        break
    handlers = {str(name) for name in page.tree.xpath("//@*[starts-with(name(), 'on')]/..") for name in name.attrib}
    for handler in sorted(name for name in handlers if name.startswith("on")):
        yield Problem(page.address, f"holds the event handler “{handler}”; scripts belong in a file.")
