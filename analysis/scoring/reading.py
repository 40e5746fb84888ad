"""A new table read as the training table was: the same columns, the same conventions, the same stand-ins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.configuration.origin import Origin
from analysis.configuration.site import Site, SiteSettings
from analysis.configuration.table import TableSettings
from analysis.customers.customers import Customers
from analysis.customers.expectations import of_rows
from analysis.errors import DataError, MissingColumnsError
from analysis.preparation.validate import examine
from analysis.reading.table import Table, opened_table, table_of, traced
from analysis.scoring.document import Model

if TYPE_CHECKING:
    from pandas import DataFrame

OF_THE_FILE = {"sheet", "format", "encoding", "delimiter", "columns", "decimal"}
"""What is known to hold for files of the same kind alone."""


@dataclass(frozen=True, eq=False)
class Arrived:
    """Customers who want a segment, and the columns of the model that their table lacks."""

    customers: Customers
    rejected: DataFrame
    """Rows set aside; where the table is several files, with the file of each and its number there."""
    lacking: tuple[str, ...]
    site: Site


def origin_of(path: Path) -> Origin:
    """A file, or the files of a pattern, of whatever kind."""
    return Origin.of(path, TableSettings(path=str(path)))


def arrived(path: Path, model: Model, reference: date | None = None) -> Arrived:
    """Read the customers (or, where the model was made of transactions, the transactions) of a file.

    The file may lack the identifier and columns that only describe. `reference` is the day up to which spans of time
    are counted; left out, that of the training table. Raises DataError where the file cannot be read, lacks a column
    that segments were found by, or has no row that can be used.
    """
    site = _site(path, model, reference)
    table, site, lacking = _read(path, site, {axis.feature for axis in model.axes})
    known = model.known
    if not table.delimiter:  # figures and dates that are no text are written alike everywhere
        known = known.model_copy(update={"decimals": {}, "dates": {}})
    found = examine(table, site, known)
    customers = found.customers
    problems = tuple(of_rows(table, customers.rows_used, customers.rejections))
    if problems or not len(customers.frame):
        raise DataError(*(problem.sentence for problem in problems or found.problems))
    return Arrived(customers, traced(customers.rejected, table.parts), lacking, site)


def _site(path: Path, model: Model, reference: date | None) -> Site:
    """The settings that a table is read by."""
    same_kind = path.suffix.lower() == Path(model.provenance.source).suffix.lower()
    writing = model.written.model_dump(exclude=None if same_kind else OF_THE_FILE)
    day = reference or model.known.reference_date
    data = TableSettings(path=str(path), reference_date=day, **writing)
    own = SiteSettings(currency=model.counts_in)
    return Site(site=own, data=data, columns=model.columns, transactions=model.transactions)


def _read(path: Path, site: Site, needed: Collection[str]) -> tuple[Table, Site, tuple[str, ...]]:
    opened = opened_table(path, site)
    try:
        return table_of(opened, site), site, ()
    except MissingColumnsError as error:
        lacking = sorted(name for name in error.columns if name in site.columns and name not in needed)
        if site.transactions or not lacking:
            raise
        kept = {name: column for name, column in site.columns.items() if name not in lacking}
        site = site.model_copy(update={"columns": kept})
        return table_of(opened, site), site, tuple(lacking)
