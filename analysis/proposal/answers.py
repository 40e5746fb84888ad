"""What a table cannot tell, and the proposal with what somebody answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from analysis.basics.locales import NO_CURRENCY
from analysis.configuration.model import FixedK
from analysis.configuration.settings import Settings
from analysis.configuration.site import Site
from analysis.proposal.day_month import about_order
from analysis.proposal.proposal import Proposal
from analysis.proposal.settings import UNNAMED
from analysis.proposal.title import title_of
from analysis.proposal.told import swapped

PERSONAS, PLAYBOOK = "personas.yml", "playbook.yml"


@dataclass(frozen=True)
class Answers:
    """One answer to each question; the defaults are those of nobody asked."""

    title: str
    currency: str
    public: bool = False
    k: int | Literal["auto"] = "auto"
    month_first: tuple[str, ...] = ()
    """Columns whose dates could be read both ways, and are to be read with the month first."""
    day_first: tuple[str, ...] = ()
    """Those that are to be read as they were proposed, because somebody said so."""


def unanswered(proposal: Proposal, table: Path) -> Answers:
    """What is taken where nobody is asked."""
    selection = proposal.site.model.selection
    return Answers(
        title=title_of(table),
        currency=proposal.site.site.currency,
        k=selection.k if isinstance(selection, FixedK) else "auto",
    )


def answered(proposal: Proposal, answers: Answers, path: str) -> Proposal:
    """The proposal with the answers in it, and its table at `path` from the configuration's folder."""
    site, bought = proposal.site, proposal.site.transactions
    claimed = "currency" in site.site.model_fields_set or answers.currency != site.site.currency
    content: dict[str, object] = {
        "site": site.site.model_copy(
            update={"title": answers.title, **({"currency": answers.currency} if claimed else {})}
        ),
        "data": site.data.model_copy(update={"path": path, "delimiter": None}),
        "model": site.model.model_copy(update={"selection": answers.k if answers.k == "auto" else FixedK(k=answers.k)}),
        "privacy": {"mode": "open" if answers.public else "public"},
        "undecided": _left(site, {*answers.month_first, *answers.day_first}),
    }
    if bought:
        dated = _dated(bought, bought.date_format, asked=bought.date in answers.month_first)
        content |= {"transactions": dated, "personas": site.personas}
    else:
        columns = {
            name: _dated(column, column.date_format, asked=name in answers.month_first)
            for name, column in site.columns.items()
        }
        content |= {"columns": columns, "value": site.value, "personas": PERSONAS, "playbook": PLAYBOOK}
    said = {header: told.replace(site.site.currency, answers.currency) for header, told in proposal.about.items()}
    found = Site.model_validate(content)
    open_ones = tuple(each for each in proposal.questions if each not in site.undecided or each in found.undecided)
    # Somebody who names the currency need not be told that the table names none.
    first = tuple(each for each in proposal.first if each != UNNAMED or found.site.currency == NO_CURRENCY)
    return replace(proposal, site=found, first=first, about=said, questions=open_ones)


def _left(site: Site, known: set[str]) -> tuple[str, ...]:
    """The questions but for those on the dates of the columns that somebody answered."""
    answered = tuple(about_order(header) for header in known)
    return tuple(each for each in site.undecided if not answered or not each.startswith(answered))


def _dated(settings: Settings, pattern: str | None, *, asked: bool) -> Settings:
    """The settings with day and month of their dates changed over, where somebody asked for that."""
    if not asked or not pattern:
        return settings
    return settings.model_copy(update={"date_format": swapped(pattern)})
