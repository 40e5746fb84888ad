"""A configuration for a bare table: what its columns most likely are, and sentences that say so.

Names come first (in several languages), then what the cells look like. Every guess is said, so that a wrong one is
seen and put right in a `site.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from analysis.configuration.column import Column, Role
from analysis.configuration.model import FixedK, Model
from analysis.configuration.site import Site
from analysis.configuration.table import Table as TableSettings
from analysis.configuration.value import Value
from analysis.dates import day
from analysis.errors import ConfigurationError, DataError, nearest
from analysis.headers import LISTED, looks_like_data, loose
from analysis.labels import label_of, unit_in
from analysis.looks import LOOKED_AT, Look, every_column, look_at
from analysis.proposal.columns import described, told_apart
from analysis.proposal.proposal import Proposal
from analysis.proposal.purchases import Purchases, purchases
from analysis.proposal.shortlist import describing
from analysis.proposal.told import sentence
from analysis.roles import Part, find_identifier, find_parts
from analysis.sources.door import open_table
from analysis.sources.opened import Opened
from analysis.sources.origin import Origin

SMALLEST_K, LARGEST_K = 2, 20
DEFAULT_CURRENCY = "USD"
ADULT = 18
"""Years from which people are customers of their own."""
ADDRESS = re.compile(r"[a-z][a-z0-9+]+:/", re.IGNORECASE)
"""`postgresql://…`, of which a path leaves one stroke; a drive has one letter."""


def guess_site(
    path: Path,
    *,
    features: Sequence[str] | None,
    k: int | Literal["auto"],
    id_column: str | None,
    sheet: str | None = None,
) -> tuple[Site, tuple[str, ...]]:
    """A site for the table alone, and a sentence for each thing that was guessed.

    `features` restricts which columns cluster, `id_column` names the identifier; both as headers, with the tolerance
    of `analysis.headers`. `sheet` is a workbook's. Raises DataError where they are not in the table, or where it has no
    numbers to cluster by; ConfigurationError where `k` is out of bounds.
    """
    proposal = propose(path, features=features, k=k, id_column=id_column, sheet=sheet)
    return proposal.site, proposal.said


def propose(
    path: Path,
    *,
    features: Sequence[str] | None = None,
    k: int | Literal["auto"] = "auto",
    id_column: str | None = None,
    sheet: str | None = None,
) -> Proposal:
    """As `guess_site`, with the sentences by column."""
    _check_k(k)
    _refuse_address(path)
    opened = open_table(Origin.of(path, TableSettings(path=str(path), sheet=sheet)))
    columns, said = _columns(opened)
    wanted = [_find(opened.name, each, columns, "--features") for each in features or ()]
    identifier = _find(opened.name, id_column, columns, "--id") if id_column else None
    if identifier in wanted:
        raise ConfigurationError(f"“{identifier}” is named by --id and by --features; it can only be one of them.")
    data = TableSettings.model_validate({"path": str(path), "delimiter": opened.delimiter or None, "sheet": sheet})
    table, every = every_column(opened, data, columns)
    looks = look_at(table, every)
    said = [*_sampled(len(table.frame)), *said]
    bought = None if wanted or identifier else purchases(looks)
    if bought:
        return _of_transactions(data, looks, bought, k, said)
    return _of_customers(opened.name, data, _Guess(looks, tuple(wanted), identifier, k), said)


def _columns(opened: Opened) -> tuple[list[str], list[str]]:
    """The headers that name one column each, and sentences on the others."""
    header = opened.header
    if looks_like_data(header):
        raise DataError(f"{opened.name}: the first line holds figures; add a line with the columns' names above it.")
    if len(header) == 1 and len(header[0].split()) > 1:
        raise DataError(
            f"{opened.name}: no comma, semicolon or tab parts the first line into columns; if blanks do, replace them "
            "by one of these."
        )
    doubled = sorted({title for title in header if title and header.count(title) > 1})
    columns = [title for title in header if title and title not in doubled]
    if not columns:
        raise DataError(f"{opened.name}: no column has a name of its own; give each column a different name.")
    nameless = sum(not title for title in header)
    said = [f"“{title}” is left out: several columns have that name." for title in doubled]
    if nameless:
        said.append(f"{nameless} {'column has' if nameless == 1 else 'columns have'} no name, and stay out.")
    return columns, said


class _Guess:
    """What was asked for, and the part of each column that follows."""

    def __init__(
        self, looks: Sequence[Look], wanted: tuple[str, ...], identifier: str | None, k: int | Literal["auto"]
    ) -> None:
        self.wanted, self.k, self.looks = wanted, k, looks
        self.stated = identifier is not None
        found = find_identifier(looks, wanted)
        self.identifier = identifier or (found.header if found else None)
        self.parts = find_parts([look for look in looks if look.header != self.identifier], wanted)
        self.describing = {} if wanted else describing(self.parts)

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


def _of_customers(name: str, data: TableSettings, guess: _Guess, said: list[str]) -> Proposal:
    _refuse_no_numbers(name, guess)
    columns = {part.look.header: described(part, guess.use(part)) for part in guess.parts if part.role}
    if guess.identifier:
        columns[guess.identifier] = Column(role="id")
    ordered = told_apart({look.header: columns[look.header] for look in guess.looks if look.header in columns})
    stated = next((found for part in guess.parts if part.role and (found := _currency(part.look))), None)
    reference, assumed = _reference(guess.parts)
    site = Site.model_validate(
        {
            "site": {"currency": stated or DEFAULT_CURRENCY},
            "data": data.model_copy(update={"reference_date": reference}),
            "columns": ordered,
            "model": _model(guess.k),
            "value": _value(ordered),
        }
    )
    first = [_identified(guess), *assumed]
    about = {part.look.header: sentence(part, site, guess.describing.get(part.look.header)) for part in guess.parts}
    ambiguous = _ambiguous([part.look for part in guess.parts if part.kind == "date" and part.role])
    return Proposal(site, (*said, *first), about, stated is not None, ambiguous)


def _of_transactions(
    data: TableSettings, looks: Sequence[Look], bought: Purchases, k: int | Literal["auto"], said: list[str]
) -> Proposal:
    stated = next((found for look in looks if (found := _currency(look))), None)
    content = {
        "site": {"currency": stated or DEFAULT_CURRENCY},
        "data": data,
        "transactions": bought.settings,
        "model": _model(k),
    }
    site = Site.model_validate(content | {"personas": "rfm"})
    ambiguous = _ambiguous([look for look in looks if look.header == bought.settings["date"]])
    return Proposal(site, (*said, *bought.said), {}, stated is not None, ambiguous)


def _ambiguous(looks: Sequence[Look]) -> tuple[str, ...]:
    return tuple(look.header for look in looks if look.dates and look.dates.ambiguous)


def _model(k: int | Literal["auto"]) -> Model:
    return Model(selection="auto" if k == "auto" else FixedK(k=k))


def _reference(parts: Sequence[Part]) -> tuple[date | None, list[str]]:
    """The day on which ages count, where nothing but births dates the table: that of the youngest's coming of age."""
    dated = [part for part in parts if part.kind == "date" and part.role is not None]
    if not dated or any(part.role != "age" for part in dated):
        return None, []
    reference = date(_youngest(dated[0].look) + ADULT + 1, 1, 1)
    told = f"Nothing says when the table was made: ages are counted up to {reference}, when the youngest were of age"
    return reference, [f"{told}; put the day of the export there."]


def _youngest(births: Look) -> int:
    """The year in which the youngest were born, but for one in a hundred, which may be slips."""
    import numpy as np  # noqa: PLC0415 (loaded by whoever read the table)

    latest = float(np.nanquantile(births.figures, 0.99, method="inverted_cdf"))
    return day(latest).year if births.dates else int(latest)


def _identified(guess: _Guess) -> str:
    if not guess.identifier:
        return "No column identifies the customers; they go by their row numbers."
    why = "as --id says" if guess.stated else "because hardly a value of it repeats, and by its name or place"
    return f"“{guess.identifier}” is taken to identify the customers, {why}."


def _sampled(rows: int) -> list[str]:
    """What was looked at, where it is not everything."""
    if rows <= LOOKED_AT:
        return []
    first = f"the first {LOOKED_AT // 2:,}, and as many spread over the others"
    return [f"Of the table's {rows:,} rows {LOOKED_AT:,} were looked at: {first}."]


def _refuse_address(path: Path) -> None:
    """Raises ConfigurationError for the address of a database, which may hold a password and is not repeated."""
    if ADDRESS.match(str(path)):
        raise ConfigurationError(
            "This is an address and no file: put an extract into a file and name that, or write a site.yml with "
            "data.database and data.query."
        )


def _check_k(k: int | Literal["auto"]) -> None:
    if k != "auto" and not SMALLEST_K <= k <= LARGEST_K:
        raise ConfigurationError(f"--k: {k} is not from {SMALLEST_K} to {LARGEST_K}; take one of these, or auto.")


def _find(table: str, name: str, columns: Sequence[str], option: str) -> str:
    if name in columns:
        return name
    alike = [title for title in columns if loose(name) in {loose(title), loose(label_of(title))}]
    if len(alike) == 1:
        return alike[0]
    listed = ", ".join(f"“{title}”" for title in columns[:LISTED]) + (", …" if len(columns) > LISTED else "")
    raise DataError(
        f"{table}: {option}: there is no column “{name}”.{nearest(name, columns)} "
        f"The file has {listed or 'no column with a name of its own'}."
    )


def _refuse_no_numbers(table: str, guess: _Guess) -> None:
    for part in guess.parts:
        if part.look.header in guess.wanted and not part.look.numeric:
            raise DataError(
                f"{table}: --features: the column “{part.look.header}” was expected to hold numbers, and most of "
                "its rows do not; name columns of numbers."
            )
    if not any(guess.clusters(part) for part in guess.parts):
        raise DataError(
            f"{table}: no column of numbers was found to tell segments apart; name some with --features, "
            "or describe the columns in a site.yml."
        )


def _currency(look: Look) -> str | None:
    if look.currency:
        return {"$": "USD", "€": "EUR", "£": "GBP"}[look.currency]
    return unit_in(look.header).currency


def _value(columns: dict[str, Column]) -> Value:
    figures = {name: column for name, column in columns.items() if column.holds == "numeric"}
    by_role: dict[Role, str] = {column.role: name for name, column in figures.items() if column.role != "feature"}
    if name := by_role.get("monetary"):
        return Value(product_of=(name,), label=str(columns[name].label))
    income, spending = by_role.get("income"), by_role.get("spending")
    if income and spending:
        label = f"Estimated spend ({columns[income].label} × {columns[spending].label})"
        return Value(product_of=(income, spending), label=label)
    return Value(product_of=(spending,), label=str(columns[spending].label)) if spending else Value()
