"""The terms of the field in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from analysis.configuration.yaml_text import read_yaml
from analysis.language import gettext, gettext_noop
from report.views.story import Page, Story

DESCRIPTION = gettext_noop("The terms used on this site, in plain words.")


@dataclass(frozen=True)
class Term:
    """A term, its anchor and what it means."""

    anchor: str
    term: str
    meaning: str
    of: str | None = None
    """The part of the contract without which the site does not use the term."""


@dataclass(frozen=True)
class GlossaryPage:
    """What the template `glossary` shows."""

    heading: str
    lead: str
    terms: Sequence[Term]


def terms() -> list[Term]:
    """Every term in the language of the site, in alphabetical order."""
    entries = read_yaml((files("report.views") / "glossary.yml").read_text(encoding="utf-8"))
    told = (Term(**entry | {key: gettext(entry[key]) for key in ("term", "meaning")}) for entry in entries)
    return sorted(told, key=lambda term: term.term.casefold())


def glossary(story: Story) -> Page:
    """The glossary, with the terms that this site uses."""
    told = [term for term in terms() if term.of is None or getattr(story.contract, term.of) is not None]
    title, description = gettext("Glossary"), gettext(DESCRIPTION)
    values = GlossaryPage(title, description, told)
    return Page("glossary", "glossary", title, description, values, title, contents=False)
