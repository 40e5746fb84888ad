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
    "Everything about the table and the site that an analyst sets, as it was found in the table. Correct what is "
    "wrong: paths are relative to this file, unknown keys are refused with the nearest known one named."
)
SECTIONS = {
    "undecided": "Questions that the table does not answer. Answer each in the line that it names and take it out "
    "here; until then nothing is built.",
    "site": "The site's own particulars: `locale` is how it writes figures, whatever the table does (de_DE: 1.234,5), "
    "its prose is English. With `url`, the public address, the build writes a sitemap.",
    "data": "Where the table is; encoding, decimal sign and the like are found in it unless stated here.",
    "transactions": "What the columns of the transactions are. Recency, frequency, money, tenure and the average "
    "basket of each customer are made of them.",
    "columns": "What each column is. `use: describe` keeps a column out of the distances by which segments are found; "
    "`weight` makes it count more or less; `missing` says what becomes of gaps.",
    "model": "How segments are found: `selection: auto` asks the data for their number, {k: 6} sets it.",
    "value": "What a customer is worth.",
    "budget": "A sum to be split over the segments; take the marks away to have it split.",
    "segments": "What a segment must reach to count as measurable, substantial and differentiable.",
    "evaluation": "The axes of the evaluation plot: what the team looks for in a segment, and what lets it serve one.",
    "privacy": "`public` publishes aggregates only, and nothing about fewer customers than `min_cell`; `open` is for "
    "tables that are public themselves.",
    "theme": "The accent on light and on dark paper.",
    "personas": "The customers the team has in mind; a segment that resembles none is named by its traits.",
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
        return "Left empty: expected value of the coming twelve months, where it can be estimated."
    return value_sentence(site)
