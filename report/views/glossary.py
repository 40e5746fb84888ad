"""The terms of the field in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from analysis.configuration.yaml_text import read_yaml
from report.views.story import Page, Story

DESCRIPTION = "The terms used on this site, in plain words."


@dataclass(frozen=True)
class Term:
    """A term, its anchor and what it means."""

    anchor: str
    term: str
    meaning: str
    of: str | None = None
    """The part of the contract without which nothing on the site speaks of it."""


@dataclass(frozen=True)
class GlossaryPage:
    """What the template `glossary` tells."""

    heading: str
    lead: str
    terms: Sequence[Term]


def terms() -> list[Term]:
    """Every term, in alphabetical order."""
    entries = read_yaml((files("report.views") / "glossary.yml").read_text(encoding="utf-8"))
    return sorted((Term(**entry) for entry in entries), key=lambda term: term.term.casefold())


def glossary(story: Story) -> Page:
    """The glossary, as far as this site speaks of it."""
    told = [term for term in terms() if term.of is None or getattr(story.contract, term.of) is not None]
    values = GlossaryPage("Glossary", DESCRIPTION, told)
    return Page("glossary", "glossary", "Glossary", DESCRIPTION, values, "Glossary", contents=False)
