"""What the product makes of a bare table, in the way of `build --data`: figures a customer, or sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analysis.configuration import Site, without_files
from analysis.customers.customers import Customers
from analysis.errors import AtlasError
from analysis.preparation.validate import examine
from analysis.proposal.guess import propose
from analysis.reading.table import read_table
from tests.notes import exact


@dataclass(frozen=True, eq=False)
class Published:
    """One row a customer with `orders`, `revenue` and `last`, each as far as it is told."""

    site: Site
    figures: pd.DataFrame
    said: tuple[str, ...]
    """What is told beside them."""

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns of the money of a purchase."""
        return self.site.transactions.amounts if self.site.transactions else ()


def published(file: Path) -> Published | tuple[str, ...]:
    """What would be published of the table; or why nothing is, in sentences."""
    try:
        proposal = propose(file)
        configuration = without_files(proposal.site, file)
        found = examine(read_table(configuration.origin, configuration.site), configuration.site)
    except AtlasError as error:
        return error.problems
    if found.problems:
        return tuple(problem.sentence for problem in found.problems)
    site = found.customers.as_analysed(configuration.site)
    return Published(site, _figures(found.customers, site), (*proposal.said, *exact(found.customers.notes)))


def _figures(customers: Customers, site: Site) -> pd.DataFrame:
    frame = customers.frame
    names = frame[site.identifier] if site.identifier else pd.Series(customers.row_numbers, index=frame.index)
    by_role = {column.role: name for name, column in site.columns.items()}
    told = {}
    if "frequency" in by_role:
        told["orders"] = frame[by_role["frequency"]]
    if "monetary" in by_role:
        told["revenue"] = frame[by_role["monetary"]]
    if customers.purchases:
        told["last"] = _days_before(customers.purchases.reference, frame[by_role["recency"]])
    return pd.DataFrame(told, index=frame.index).set_axis(names.astype(str))


def _days_before(reference: date, days: pd.Series) -> pd.Series:
    return days.map(lambda number: pd.Timestamp(reference - timedelta(days=round(number))))
