"""The customers of some segments, with whatever columns the analyst's own table has of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.configuration.column import Column
from analysis.configuration.origin import Origin
from analysis.configuration.site import Site, SiteSettings
from analysis.customers.customers import Customers
from analysis.errors import ConfigurationError, DataError, MissingColumnsError, nearest
from analysis.headers.headers import loose, match_headers
from analysis.preparation.validate import examine
from analysis.reading.sources.opened import Opened
from analysis.reading.table import Table, opened_table, table_of
from analysis.scoring.document import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    Cells = NDArray[Any]

IDENTIFIER, ROW = "id", "row"
"""What may be asked for where the table has no column of that name: its identifier, and the row's number."""


@dataclass(frozen=True)
class Assigned:
    """Who is in which segment, in the table's order: what `build/assignments.csv` says."""

    customers: Sequence[str]
    """Identifiers, or row numbers, as they stand there."""
    segments: Sequence[str]
    slugs: Sequence[str]


def members(
    origin: Origin, model: Model, assigned: Assigned, slugs: Collection[str], names: Sequence[str]
) -> DataFrame:
    """The customers of the segments `slugs`, with the columns `names`, in the table's order and as their cells stand.

    Beside the table's own columns (or, of transactions, those derived of each customer) there are `id`, `row`,
    `segment` and `slug`. Raises DataError where the table is not the one that the model was made of, and
    ConfigurationError where there is no such column.
    """
    origin = replace(origin, settings=origin.settings.model_copy(update=_settings(model)))
    counted = SiteSettings(currency=model.counts_in)
    site = Site(site=counted, data=origin.settings, columns=model.columns, transactions=model.transactions)
    opened = opened_table(origin, site)
    table = table_of(opened, site)
    customers = examine(table, site, model.known).customers
    _same(table, customers, model, assigned)
    cells = _beside(customers, site, assigned)
    # The build puts an apostrophe before what a spreadsheet would run.
    if any(
        other not in (str(own), f"'{own}") for own, other in zip(cells[IDENTIFIER], assigned.customers, strict=True)
    ):
        raise DataError(f"{table.name}: the build's assignments.csv lists other customers; build the site again.")
    own = _derived(customers, site) if site.transactions else _stored(opened, customers, site, names)
    cells |= own
    unknown = next((name for name in names if name not in cells), None)
    if unknown is not None:
        hint = nearest(unknown, [*cells, *(() if site.transactions else opened.header)])
        raise ConfigurationError(f"--columns: {table.name} has no column “{unknown}”.{hint}")
    import pandas as pd  # noqa: PLC0415 (loaded by whoever read the table)

    wanted = np.isin(np.array(assigned.slugs, dtype=object), np.array(sorted(slugs), dtype=object))
    found = pd.DataFrame({name: pd.Series(cells[name], dtype=object)[wanted] for name in names})
    return found.rename(columns={IDENTIFIER: site.identifier or ROW} if IDENTIFIER not in own else {})


def _settings(model: Model) -> dict[str, object]:
    """What the table was read by when the model was made."""
    return {**model.written.model_dump(), "reference_date": model.known.reference_date}


def _same(table: Table, customers: Customers, model: Model, assigned: Assigned) -> None:
    if table.sha256 != model.provenance.data_sha256:
        raise DataError(
            f"{table.name}: this is not the table of the last build, or it has changed since; build the site again."
        )
    if len(customers.frame) != len(assigned.slugs):
        raise DataError(
            f"{table.name}: {len(customers.frame):,} customers were expected in the build's assignments.csv, which "
            f"has {len(assigned.slugs):,}; build the site again."
        )


def _beside(customers: Customers, site: Site, assigned: Assigned) -> dict[str, Cells]:
    """What is known of customers beside the table's own columns."""
    identifier = site.identifier
    rows = customers.row_numbers
    return {
        IDENTIFIER: customers.frame[identifier].to_numpy(dtype=object) if identifier else rows,
        ROW: rows,
        "segment": np.array(assigned.segments, dtype=object),
        "slug": np.array(assigned.slugs, dtype=object),
    }


def _derived(customers: Customers, site: Site) -> dict[str, Cells]:
    """The columns made of each customer's transactions; whole numbers without a decimal point."""
    cells: dict[str, Cells] = {}
    for name in site.columns:
        values = customers.frame[name].to_numpy()
        whole = values.dtype.kind == "f" and bool(np.all(values == np.round(values)))
        cells[name] = values.astype(np.int64) if whole else values
    return cells


def _stored(opened: Opened, customers: Customers, site: Site, names: Sequence[str]) -> dict[str, Cells]:
    """The table's own cells of each customer, of those columns asked for that it has."""
    places = {name: place for name in names if (place := _place(name, opened, site)) is not None}
    records = opened.rows(list(places.values()))
    at = np.searchsorted(records.row_numbers, customers.row_numbers)
    return {name: records.cells[place][at] for name, place in places.items()}


def _place(name: str, opened: Opened, site: Site) -> int | None:
    """Where a column stands in the table; None where it does not."""
    column = site.columns.get(name, Column(role="category"))
    try:
        return match_headers(opened.name, opened.header, {name: column})[0][name]
    except MissingColumnsError as error:
        if sum(loose(title) == loose(name) for title in opened.header) > 1:
            raise ConfigurationError(*error.problems) from None
        return None
