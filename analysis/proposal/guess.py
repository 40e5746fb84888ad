"""A configuration for a bare table: what its columns most likely are, and sentences that say so.

Names come first (in several languages), then what the cells look like. Every guess is said, so that a wrong one is
seen and put right in a `site.yml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from analysis.columns.appearance import LOOKED_AT, every_column, look_at, sampled
from analysis.configuration.origin import Origin
from analysis.configuration.site import Site
from analysis.configuration.table import TableSettings
from analysis.customers.repeats import repeated, told, worth_telling
from analysis.errors import ConfigurationError, DataError
from analysis.headers.headers import looks_like_data, names_given
from analysis.proposal.customers import Guess, of_customers, of_layout
from analysis.proposal.day_month import settled
from analysis.proposal.either import either
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.layout import layout_of
from analysis.proposal.proposal import Proposal
from analysis.proposal.purchases import known_purchases, of_transactions, purchases
from analysis.proposal.questions import check_k, header_named, refuse_address
from analysis.proposal.spelled import since_1904, written_twice
from analysis.proposal.total_rows import with_total_rows
from analysis.reading.sources.door import open_table
from analysis.reading.sources.opened import Opened

if TYPE_CHECKING:
    from pandas import DataFrame


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
    of `analysis.headers.headers`. `sheet` is a workbook's. Raises DataError where they are not in the table, or
    where it has no numbers to cluster by; ConfigurationError where `k` is out of bounds.
    """
    proposal = sure(path, propose(path, features=features, k=k, id_column=id_column, sheet=sheet))
    return proposal.site, proposal.said


def sure(path: Path, proposal: Proposal) -> Proposal:
    """The proposal, if the table leaves no question open that stops a build; else raises DataError."""
    if proposal.questions:
        raise DataError(f"{path}: {proposal.questions[0]} Make a configuration with segment-atlas init to do so.")
    return proposal


def propose(
    path: Path,
    *,
    features: Sequence[str] | None = None,
    k: int | Literal["auto"] = "auto",
    id_column: str | None = None,
    sheet: str | None = None,
) -> Proposal:
    """As `guess_site`, with the sentences by column."""
    check_k(k)
    refuse_address(path)
    opened = open_table(Origin.of(path, TableSettings(path=str(path), sheet=sheet)))
    found = _proposed(path, opened, Wanted(features or (), k, id_column, sheet))
    return replace(found, read=opened.read())


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line; headers as they were typed."""

    features: Sequence[str]
    k: int | Literal["auto"]
    identifier: str | None
    sheet: str | None


def _proposed(path: Path, opened: Opened, asked_for: Wanted) -> Proposal:
    k, sheet, id_column = asked_for.k, asked_for.sheet, asked_for.identifier
    columns, said = _columns(opened)
    wanted = [header_named(opened.name, each, columns, "--features") for each in asked_for.features]
    identifier = header_named(opened.name, id_column, columns, "--id") if id_column else None
    if identifier in wanted:
        raise ConfigurationError(f"“{identifier}” is named by --id and by --features; name it only once.")
    data = TableSettings.model_validate({"path": str(path), "delimiter": opened.delimiter or None, "sheet": sheet})
    table, every = every_column(opened, data, columns)
    rows = sampled(table.frame)
    looks, ordered = settled(ColumnEvidence(rows, look_at(table, every)))
    looks, counted = since_1904(looks, workbook=opened.from_1904)
    evidence = ColumnEvidence(rows, looks)
    noted = [each.exactly() for each in (*opened.notes, *table.apart)]
    said = [*_sampled(len(table.frame)), *noted, *said, *ordered, *counted]
    asked: list[str] = []
    if not wanted and not identifier:
        layout = layout_of(columns)
        bought = known_purchases(opened.name, layout, evidence) or purchases(opened.name, evidence)
        if bought:
            return of_transactions(data, looks, with_total_rows(bought, opened, table), k, said)
        if layout and layout.holds == "customers":
            return of_layout(data, looks, layout, k, said)
        asked = either(evidence)
    guess = Guess(looks, tuple(wanted), identifier, k)
    if guess.identifier:
        asked += written_twice(evidence, guess.identifier)
    found = of_customers(opened.name, data, guess, said, asked)
    return replace(found, first=(*found.first, *_repeating(table.frame, found.site)))


def _repeating(frame: DataFrame, site: Site) -> list[str]:
    """That some rows repeat others, if they are too many to be chance."""
    values = frame[[name for name, column in site.columns.items() if column.role != "id"]]
    again = repeated(values)
    return [told(int(again.sum()), len(values)).exactly()] if worth_telling(values, again) else []


def _columns(opened: Opened) -> tuple[list[str], list[str]]:
    """The headers that name one column each, and sentences on the others."""
    header = opened.header
    if looks_like_data(header):
        named = names_given(len(header)) if opened.delimiter else ""
        raise DataError(
            f"{opened.name}: the first line holds figures; add a line with the columns' names above it{named}."
        )
    if len(header) == 1 and len(header[0].split()) > 1:
        raise DataError(
            f"{opened.name}: no comma, semicolon or tab separates the first line into columns; if blanks do, put "
            "cells that contain a blank between quotation marks, or replace the blanks between columns with one of "
            "these."
        )
    doubled = sorted({title for title in header if title and header.count(title) > 1})
    columns = [title for title in header if title and title not in doubled]
    if not columns:
        raise DataError(f"{opened.name}: no column has a name of its own; give each column a different name.")
    nameless = sum(not title for title in header)
    said = [f"“{title}” is left out, because several columns have that name." for title in doubled]
    if nameless:
        said.append(f"{nameless} {'column has' if nameless == 1 else 'columns have'} no name and are left out.")
    return columns, said


def _sampled(rows: int) -> list[str]:
    """What was looked at, where it is not everything."""
    if rows <= LOOKED_AT:
        return []
    first = f"the first {LOOKED_AT // 2:,}, and as many spread over the others"
    return [f"Of the table's {rows:,} rows {LOOKED_AT:,} were looked at: {first}."]
