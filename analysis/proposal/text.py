"""A proposal as the text of a complete `site.yml`: every section, what it does, and the reason of every guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.proposal.emit import block, comment
from analysis.proposal.proposal import Proposal
from analysis.proposal.told import value_sentence

if TYPE_CHECKING:
    from pydantic import BaseModel

HEAD = "# yaml-language-server: $schema=schema/site.schema.json\n"
OPENING = (
    "All settings of the table and the site, as found in the table. Correct what is wrong. Paths are relative to "
    "this file. An unknown key is an error that names the nearest known "
    "key."
)
SECTIONS = {
    "undecided": "Questions that the table does not answer. Answer each in the line that it names, and remove it "
    "here. Nothing is built before that.",
    "site": "The site: `language` is that of its sentences, `locale` that of its figures (de_DE: 1.234,5), "
    "whatever the table uses. With `url`, the public address, the build writes a "
    "sitemap.",
    "data": "Where the table is. Encoding, decimal sign and the like are detected unless they are set here.",
    "transactions": "The columns of the transactions. They give the recency, frequency, money, tenure and average "
    "basket of each customer.",
    "columns": "What each column is. `use: describe` keeps a column out of the search for segments; `weight` makes "
    "it count more or less; `missing` says how gaps are "
    "treated.",
    "model": "How segments are found: `selection: auto` lets the data choose their number, {k: 6} sets it.",
    "value": "What a customer is worth.",
    "budget": "A budget to split over the segments; remove the # signs to use it.",
    "segments": "Thresholds that a segment must reach to count as measurable, substantial and differentiable.",
    "evaluation": "The axes of the evaluation chart: what the team looks for in a segment, and what lets it serve one.",
    "privacy": "`public` publishes aggregates only, and nothing about fewer customers than `min_cell`; `open` is for "
    "tables that are public themselves.",
    "theme": "The accent colour in the light and in the dark scheme.",
    "personas": "The customers that the team has in mind. A segment that resembles none of them is named by its "
    "traits.",
    "playbook": "What marketing can do, and for whom.",
}
BUDGET = {"budget": {"total": 60000, "period": "quarter"}}
WHOLE = ("segments", "evaluation", "privacy", "theme")
"""Sections written out with all their settings, whether or not they are the default."""


def site_text(proposal: Proposal) -> str:
    """The text of `site.yml`; reading it back gives the proposal's site."""
    site = proposal.site
    parts = [HEAD + comment(OPENING)]
    if site.undecided:
        parts.append(comment(SECTIONS["undecided"]) + "undecided:\n" + "".join(map(_entry, site.undecided)))
    always = ["title", "description", "language", "locale"]
    # Of several currencies none is claimed: the question stands further down.
    claimed = ["currency"] if "currency" in site.site.model_fields_set else []
    parts.append(_section("site", _written(site.site, *always, *claimed)))
    parts.append(_section("data", _written(site.data, "path")))
    parts.append(_table(proposal))
    parts.append(_section("model", _written(site.model, "selection", "algorithm", "smallest_k", "largest_k", "seed")))
    parts.append(comment(SECTIONS["value"]) + comment(_worth(site)) + block({"value": _written(site.value)}))
    parts.append(comment(SECTIONS["budget"]) + "".join(f"# {line}\n" for line in block(BUDGET).splitlines()))
    parts += [_section(key, getattr(site, key).model_dump()) for key in WHOLE]
    parts += [
        comment(SECTIONS[key]) + block({key: named})
        for key in ("personas", "playbook")
        if (named := getattr(site, key))
    ]
    return "\n".join(parts)


def _entry(sentence: str) -> str:
    """A sentence of a list, on a line of its own."""
    return f"  - {block({'entry': sentence}).removeprefix('entry: ')}"


def _section(key: str, content: object) -> str:
    return comment(SECTIONS[key]) + block({key: content})


def _written(settings: BaseModel, *always: str) -> dict[str, Any]:
    """What differs from the default, and what should stand there in any case."""
    return {
        key: value
        for key, value in settings.model_dump().items()
        if key in always or (key in settings.model_fields_set and value != type(settings).model_fields[key].default)
    }


def _table(proposal: Proposal) -> str:
    """What the table holds: transactions, or customers with their columns."""
    site = proposal.site
    guesses = "".join(comment(sentence) for sentence in proposal.first)
    if site.transactions:
        return guesses + _section("transactions", site.transactions.model_dump(exclude_defaults=True))
    entries = []
    for header, column in site.columns.items():
        about = proposal.about.get(header)
        entries.append((comment(about, 1) if about else "") + block({header: _column(column)}, 1))
    left = "".join(comment(told, 1) for header, told in proposal.about.items() if header not in site.columns)
    return comment(SECTIONS["columns"]) + guesses + "columns:\n" + "\n".join(entries) + (f"\n{left}" if left else "")


def _column(column: Column) -> dict[str, Any]:
    return {"role": column.role} | column.model_dump(exclude_defaults=True)


def _worth(site: Site) -> str:
    if site.transactions:
        return "If left empty: the expected value of the next twelve months, where it can be estimated."
    return value_sentence(site)
