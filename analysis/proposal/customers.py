"""A configuration for a table of customers, one a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from analysis.basics.locales import NO_CURRENCY
from analysis.cells.dates import day
from analysis.columns.appearance import Look
from analysis.columns.identifier import find_identifier
from analysis.columns.roles import Part, find_parts
from analysis.configuration.column import Column
from analysis.configuration.site import Site, SiteSettings
from analysis.configuration.table import TableSettings
from analysis.configuration.value import Value
from analysis.customers.counted import is_money
from analysis.errors import DataError
from analysis.proposal.columns import described, told_apart
from analysis.proposal.day_month import order_questions
from analysis.proposal.layout import Layout
from analysis.proposal.proposal import Proposal
from analysis.proposal.settings import (
    UNNAMED,
    ambiguous,
    counting_in,
    currency,
    kept_apart,
    model,
    named_by,
    question,
    spoken,
)
from analysis.proposal.shortlist import describing, gappy
from analysis.proposal.told import sentence
from analysis.proposal.worth import worth

COLUMN_FORMAT = "columns.•.date_format"
ADULT = 18
"""Years from which people are customers of their own."""


class Guess:
    """What was asked for, and the part of each column that follows."""

    def __init__(
        self, looks: Sequence[Look], wanted: tuple[str, ...], identifier: str | None, k: int | Literal["auto"]
    ) -> None:
        self.wanted, self.k, self.looks = wanted, k, looks
        self.stated = identifier is not None
        found = find_identifier(looks, wanted)
        self.identifier = identifier or (found.header if found else None)
        self.parts = find_parts([look for look in looks if look.header != self.identifier], wanted)
        self.describing = {} if wanted else gappy(self.parts, describing(self.parts))

    def clusters(self, part: Part) -> bool:
        """Whether segments are to be found by the column."""
        if self.wanted:
            return part.measures and part.look.header in self.wanted
        return part.measures and part.look.header not in self.describing

    def use(self, part: Part) -> Literal["cluster", "describe"] | None:
        """What the column is for; None where that follows from what it is."""
        if not self.clusters(part):
            return "describe"
        return "cluster" if self.wanted else None


def of_customers(name: str, data: TableSettings, guess: Guess, said: list[str], asked: Sequence[str] = ()) -> Proposal:
    """The site by the part of each column; `said` comes first, `asked` among the questions.

    Raises DataError where no column can cluster.
    """
    _refuse_no_numbers(name, guess)
    columns = {part.look.header: described(part, guess.use(part)) for part in guess.parts if part.role}
    if guess.identifier:
        columns[guess.identifier] = Column(role="id")
    ordered = told_apart({look.header: columns[look.header] for look in guess.looks if look.header in columns})
    signed = {look.header for look in guess.looks if look.currencies}
    money = spoken(guess.looks, [name for name, each in ordered.items() if name in signed or is_money(name, each)])
    stated = currency(money)
    ordered = kept_apart(ordered, guess.looks, SiteSettings.model_validate(counting_in(money)).currency)
    reference, assumed = _reference(guess.parts)
    valued = worth(guess.parts, ordered)
    dated = [part.look for part in guess.parts if part.kind == "date" and part.role]
    undecided = (*asked, *valued.undecided, *order_questions(dated, COLUMN_FORMAT))
    site = Site.model_validate(
        {
            "site": counting_in(money),
            "data": named_by(money, data).model_copy(update={"reference_date": reference}),
            "columns": ordered,
            "model": model(guess.k),
            "value": valued.value,
            "undecided": undecided,
        }
    )
    first = [*question(money, name), *_unnamed(site), _identified(guess), *assumed, *valued.said]
    about = {part.look.header: sentence(part, site, guess.describing.get(part.look.header)) for part in guess.parts}
    return Proposal(site, (*said, *first), about, stated is not None, ambiguous(dated), undecided)


def of_layout(
    data: TableSettings, looks: Sequence[Look], layout: Layout, k: int | Literal["auto"], said: list[str]
) -> Proposal:
    """The site of a table of customers whose layout is known by name; others than it describes are left out."""
    known = {look.header: look for look in looks}
    columns = {header: Column.model_validate(settings) for header, settings in layout.columns.items()}
    usable = {header: column for header, column in columns.items() if column.role == "id" or known[header].present}
    dated = [known[header] for header, column in usable.items() if column.holds == "date" and known[header].dates]
    written = {look.header: look.dates.pattern for look in dated if look.dates and not look.dates.serial}
    usable |= {name: usable[name].model_copy(update={"date_format": each}) for name, each in written.items()}
    undecided = order_questions(dated, COLUMN_FORMAT)
    money = spoken(looks, [name for name, each in usable.items() if is_money(name, each)])
    site = Site.model_validate(
        {
            "site": counting_in(money),
            "data": named_by(money, data),
            "columns": usable,
            "model": model(k),
            "value": _value_of(usable),
            "undecided": undecided,
        }
    )
    asked = question(money, str(data.path))
    first = (*said, *asked, *_unnamed(site), *layout.said)
    return Proposal(site, first, {}, currency(money) is not None, ambiguous(dated), undecided)


def _unnamed(site: Site) -> list[str]:
    """That amounts bear no currency, where there are some."""
    amounts = any(is_money(name, column) for name, column in site.columns.items())
    return [UNNAMED] if amounts and site.site.currency == NO_CURRENCY else []


def _value_of(columns: Mapping[str, Column]) -> Value:
    """What the layout says that customers have spent; nothing else is worth anything."""
    name = next((name for name, column in columns.items() if column.role == "monetary"), None)
    return Value(product_of=(name,), label=str(columns[name].label)) if name else Value()


def _reference(parts: Sequence[Part]) -> tuple[date | None, list[str]]:
    """The day on which ages count, where nothing but births dates the table: that of the youngest's coming of age."""
    dated = [part for part in parts if part.kind == "date" and part.role is not None]
    if not dated or any(part.role != "age" for part in dated):
        return None, []
    reference = date(_youngest(dated[0].look) + ADULT + 1, 1, 1)
    told = f"ages are counted up to {reference}, when the youngest were of age; write the day of the export there."
    return reference, [f"The table does not show when it was made: {told}"]


def _youngest(births: Look) -> int:
    """The year in which the youngest were born, but for one in a hundred, which may be slips."""
    import numpy as np  # noqa: PLC0415 (already loaded with the table)

    latest = float(np.nanquantile(births.figures, 0.99, method="inverted_cdf"))
    return day(latest).year if births.dates else int(latest)


def _identified(guess: Guess) -> str:
    if not guess.identifier:
        return "No column identifies the customers; row numbers are used instead."
    told = "because its values almost never repeat, and because of its name or position"
    why = "as --id says" if guess.stated else told
    return f"“{guess.identifier}” is taken as the identifier of the customers, {why}."


def _refuse_no_numbers(table: str, guess: Guess) -> None:
    for part in guess.parts:
        if part.look.header in guess.wanted and not (part.look.numeric or part.look.dates or part.kind == "ordinal"):
            raise DataError(
                f"{table}: --features: the column “{part.look.header}” was expected to hold numbers, but most of "
                "its rows do not; name columns of "
                "numbers."
            )
    if not any(guess.clusters(part) for part in guess.parts):
        raise DataError(
            f"{table}: no numeric column was found that can form segments; name some with --features, "
            "or describe the columns in a site.yml."
        )
