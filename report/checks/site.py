"""All checks, in one pass over the finished site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from report.checks.documents import documents
from report.checks.finished import FinishedSite, Problem
from report.checks.links import links
from report.checks.privacy import privacy
from report.checks.security import security
from report.checks.structure import structure
from report.checks.weight import weight

CHECKS: tuple[Callable[[FinishedSite], Iterator[Problem]], ...] = (links, security, structure, weight, documents)


def check_site(site: Path, identifiers: Collection[str] = ()) -> list[Problem]:
    """Every problem of the site in the folder `site`; empty where it keeps its promises.

    `identifiers` are those of the customers, where the caller knows them; none may stand anywhere on the site.
    """
    return problems_of(FinishedSite(site), identifiers)


def problems_of(finished: FinishedSite, identifiers: Collection[str] = ()) -> list[Problem]:
    """The same of a site whose files are listed already."""
    if "index.html" not in finished.files:
        return [Problem("index.html", "is missing; this folder holds no site.")]
    problems = [problem for check in CHECKS for problem in check(finished)]
    return list(dict.fromkeys([*problems, *privacy(finished, identifiers)]))
