"""A configured table, read and cleaned: the customers who can be used, and the features made of them.

The one way from a configuration to customers, which both the pipeline and the notebook take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.basics.steps import Step, quiet
from analysis.configuration import Configuration
from analysis.customers.customers import Customers
from analysis.preparation.design import Design
from analysis.preparation.features import LARGEST_FITTED, Features, features
from analysis.preparation.references import check_references
from analysis.preparation.validate import validate
from analysis.reading.sources.kept import Kept
from analysis.reading.table import Table, read_table


@dataclass(frozen=True, eq=False)
class Cleaned:
    """What a configured table came to."""

    configuration: Configuration
    """As it was set, with the columns that the analysis works on."""
    customers: Customers
    """The usable rows, one a customer, and the rows set aside."""
    table: Table
    """All rows, as text."""

    def features(self, most: int = LARGEST_FITTED, settled: Design | None = None) -> Features:
        """The columns and the matrix to cluster by; of more than `most` complete customers a sample is looked at.

        `settled`: the design of an earlier build, where its division is kept.
        """
        return features(self.customers.frame, self.configuration.site, self.customers.known.imputed, most, settled)


def cleaned(configuration: Configuration, step: Step = quiet, kept: Kept | None = None) -> Cleaned:
    """Read the table and set aside the rows that cannot be used; `step` is told in words what begins.

    `kept`: what earlier builds have read of several files.

    Raises ConfigurationError or DataError, each with one sentence for the user.
    """
    check_references(configuration)
    step("Reading the table")
    table = read_table(configuration.origin, configuration.site, kept)
    step("Preparing the columns", table.rows_read)
    customers = validate(table, configuration.site)
    return Cleaned(replace(configuration, site=customers.as_analysed(configuration.site)), customers, table)
